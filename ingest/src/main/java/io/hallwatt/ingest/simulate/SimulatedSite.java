package io.hallwatt.ingest.simulate;

import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplySource;
import java.time.Duration;

/** The site as its simulated devices behave: this is what must be published, since who counts their readings goes by it. */
public final class SimulatedSite {
    private SimulatedSite() {}

    /** The site with the interval of the configuration's rate at every device: the simulator goes by its rate, whatever the site's file says. */
    public static Site of(Site site, SimulationConfig config) {
        Duration interval = Timetable.interval(config.rateHz());
        return new Site(
                site.id(),
                site.name(),
                site.zone(),
                site.latitude(),
                site.longitude(),
                site.halls().stream().map(hall -> every(interval, hall)).toList(),
                site.sources().stream().map(source -> every(interval, source)).toList());
    }

    private static Hall every(Duration interval, Hall hall) {
        return new Hall(
                hall.id(),
                hall.designItWatts(),
                hall.ashrae(),
                hall.racks().stream().map(rack -> every(interval, rack)).toList(),
                hall.coolingUnits().stream().map(unit -> every(interval, unit)).toList(),
                hall.powerCapacityWatts());
    }

    private static Rack every(Duration interval, Rack rack) {
        return new Rack(
                rack.id(),
                rack.row(),
                rack.position(),
                rack.feedA(),
                rack.feedB(),
                rack.registerModulusMilliwattHours(),
                rack.registerResolutionMilliwattHours(),
                interval);
    }

    private static CoolingUnit every(Duration interval, CoolingUnit unit) {
        return new CoolingUnit(
                unit.id(),
                unit.kind(),
                unit.ratedCoolingWatts(),
                unit.ratedElectricalWatts(),
                unit.registerModulusMilliwattHours(),
                unit.registerResolutionMilliwattHours(),
                interval,
                unit.fluid(),
                unit.ratedFlowLitresPerSecond(),
                unit.waterMeter());
    }

    private static SupplySource every(Duration interval, SupplySource source) {
        return new SupplySource(
                source.id(),
                source.kind(),
                source.physical(),
                source.renewable(),
                source.ratedWatts(),
                source.carbonGramsPerKilowattHour(),
                source.registerModulusMilliwattHours(),
                source.registerResolutionMilliwattHours(),
                interval);
    }
}
