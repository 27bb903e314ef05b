package io.hallwatt.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the meter of a supply source said at one instant. Positive is towards the site's bus: generation, battery discharge, grid import.
 *
 * @param watts                           power, + to the site, − from it
 * @param deliveredRegisterMilliwattHours energy given to the site's bus, a register that only grows (grid: import)
 * @param drawnRegisterMilliwattHours     energy taken from the site's bus, likewise (battery: charge; grid: export); absent where it cannot
 * @param availabilityRatio               part of the plant able to run, 0 to 1
 * @param stateOfChargeRatio              battery only, 0 to 1
 * @param carbonGramsPerKilowattHour      carbon intensity where it is metered, g CO2-eq/kWh
 * @param interval                        energy given to the site over an interval, from a meter that has no register
 */
public record SupplyReading(
        SiteId site,
        SourceId source,
        Instant at,
        long sequence,
        @Nullable Double watts,
        @Nullable Long deliveredRegisterMilliwattHours,
        @Nullable Long drawnRegisterMilliwattHours,
        @Nullable Double availabilityRatio,
        @Nullable Double stateOfChargeRatio,
        @Nullable Double carbonGramsPerKilowattHour,
        @Nullable IntervalEnergy interval)
        implements Reading {

    @Override
    public String device() {
        return source.text();
    }

    @Override
    public String key() {
        return site.text();
    }
}
