package io.hallwatt.benchmarks.load;

import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SourceId;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.site.SupplyKind;
import io.hallwatt.contract.site.SupplySource;
import java.time.Instant;

/** A source whose power stands still: the grid carries the site, plants give a third of their rating, the battery rests. */
final class GeneratedSupply extends GeneratedDevice {
    private final SiteId site;
    private final SourceId id;
    private final double watts;
    private final boolean draws;
    private double wattHours = 9_000_000;

    GeneratedSupply(SiteId site, SupplySource source) {
        this.site = site;
        this.id = source.id();
        this.draws = source.kind() == SupplyKind.GRID || source.kind() == SupplyKind.BATTERY;
        this.watts = switch (source.kind()) {
            case GRID -> 0.8 * source.ratedWatts();
            case BATTERY -> 0;
            case SOLAR, WIND, HYDRO -> source.ratedWatts() / 3;
        };
    }

    @Override
    SupplyReading reading(long at, long sequence, double hours) {
        wattHours += watts * hours;
        return new SupplyReading(
                site,
                id,
                Instant.ofEpochMilli(at),
                sequence,
                Math.rint(watts),
                register(wattHours),
                draws ? Long.valueOf(1_000_000) : null,
                1.0,
                null,
                null,
                null);
    }
}
