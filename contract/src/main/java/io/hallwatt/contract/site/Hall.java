package io.hallwatt.contract.site;

import io.hallwatt.contract.HallId;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.UnitId;
import java.util.List;
import java.util.Optional;

/**
 * A hall.
 *
 * @param designItWatts      IT power that it is built for
 * @param racks              in the order of the site file
 * @param powerCapacityWatts IT power that its distribution (busway, UPS, transformer, with one of each away) can give
 */
public record Hall(
        HallId id,
        double designItWatts,
        AshraeClass ashrae,
        List<Rack> racks,
        List<CoolingUnit> coolingUnits,
        double powerCapacityWatts) {
    public Hall {
        racks = List.copyOf(racks);
        coolingUnits = List.copyOf(coolingUnits);
    }

    /** A hall whose distribution gives what the hall is built for. */
    public Hall(HallId id, double designItWatts, AshraeClass ashrae, List<Rack> racks, List<CoolingUnit> coolingUnits) {
        this(id, designItWatts, ashrae, racks, coolingUnits, designItWatts);
    }

    /** Walks the list: for look-ups per reading build an index. */
    public Optional<Rack> rack(RackId rack) {
        return racks.stream().filter(r -> r.id().equals(rack)).findFirst();
    }

    /** Walks the list: for look-ups per reading build an index. */
    public Optional<CoolingUnit> coolingUnit(UnitId unit) {
        return coolingUnits.stream().filter(u -> u.id().equals(unit)).findFirst();
    }
}
