package io.hallwatt.benchmarks.load;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.site.CoolingUnit;
import java.time.Instant;

/** A cooling unit at about a third of its power. */
final class GeneratedUnit extends GeneratedDevice {
    private static final double LOAD = 0.3;

    private final SiteId site;
    private final HallId hall;
    private final CoolingUnit unit;
    private double wattHours = 500_000;

    GeneratedUnit(SiteId site, HallId hall, CoolingUnit unit) {
        this.site = site;
        this.hall = hall;
        this.unit = unit;
    }

    @Override
    CoolingReading reading(long at, long sequence, double hours) {
        double watts = Math.rint(unit.ratedElectricalWatts() * (LOAD + 0.01 * (sequence % 7)));
        wattHours += watts * hours;
        boolean water = unit.ratedElectricalWatts() > unit.ratedCoolingWatts() / 10;
        return new CoolingReading(
                site,
                hall,
                unit.id(),
                Instant.ofEpochMilli(at),
                sequence,
                watts,
                register(wattHours),
                18.3 + 0.1 * (sequence % 5),
                28.7 + 0.1 * (sequence % 3),
                151.5,
                0.62,
                water ? Long.valueOf(3_000_000 + sequence * 300) : null,
                CoolingState.RUNNING,
                null);
    }
}
