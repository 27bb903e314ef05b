package io.hallwatt.ingest.validate;

import io.hallwatt.contract.HallId;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.SourceId;
import io.hallwatt.contract.UnitId;
import io.hallwatt.contract.config.Nearest;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplySource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The site model's devices by id: a look-up costs two hashes and makes no garbage. */
final class DeviceIndex {
    private final Site site;
    private final Map<HallId, HallDevices> halls = new HashMap<>();
    private final Map<SourceId, SupplySource> sources = new HashMap<>();

    private record HallDevices(Map<RackId, Rack> racks, Map<UnitId, CoolingUnit> units) {
        static HallDevices of(Hall hall) {
            Map<RackId, Rack> racks = new HashMap<>();
            hall.racks().forEach(rack -> racks.put(rack.id(), rack));
            Map<UnitId, CoolingUnit> units = new HashMap<>();
            hall.coolingUnits().forEach(unit -> units.put(unit.id(), unit));
            return new HallDevices(racks, units);
        }
    }

    DeviceIndex(Site site) {
        this.site = site;
        site.halls().forEach(hall -> halls.put(hall.id(), HallDevices.of(hall)));
        site.sources().forEach(source -> sources.put(source.id(), source));
    }

    Site site() {
        return site;
    }

    @Nullable
    Rack rack(HallId hall, RackId rack) {
        HallDevices devices = halls.get(hall);
        return devices == null ? null : devices.racks.get(rack);
    }

    @Nullable
    CoolingUnit unit(HallId hall, UnitId unit) {
        HallDevices devices = halls.get(hall);
        return devices == null ? null : devices.units.get(unit);
    }

    @Nullable
    SupplySource source(SourceId source) {
        return sources.get(source);
    }

    /** Why {@link #rack} found nothing. */
    String unknownRack(HallId hall, RackId rack) {
        HallDevices devices = halls.get(hall);
        return devices == null ? unknownHall(hall) : unknown("rack", rack, "hall " + hall, devices.racks.keySet());
    }

    /** Why {@link #unit} found nothing. */
    String unknownUnit(HallId hall, UnitId unit) {
        HallDevices devices = halls.get(hall);
        return devices == null
                ? unknownHall(hall)
                : unknown("cooling unit", unit, "hall " + hall, devices.units.keySet());
    }

    String unknownSource(SourceId source) {
        return unknown("supply source", source, "site " + site.id(), sources.keySet());
    }

    private String unknownHall(HallId hall) {
        return unknown("hall", hall, "site " + site.id(), halls.keySet());
    }

    private static String unknown(String what, Object id, String where, Collection<?> known) {
        String hint =
                Nearest.hint(id.toString(), known.stream().map(Object::toString).toList());
        return "%s %s is not in the model of %s%s; mend the name or add it to the site file"
                .formatted(what, id, where, hint);
    }
}
