package io.hallwatt.contract;

import io.hallwatt.contract.catalogue.Metric;
import java.util.Set;

/**
 * One hall in one window.
 *
 * @param revision     0 when the window is first closed, one more for each time it is published again
 * @param completeness part of the window, over all expected racks, for which power is known, 0 to 1
 */
public record HallMetrics(
        SiteId site, HallId hall, Window window, int revision, double completeness, Quantities quantities) {
    public HallMetrics {
        requireRatio(completeness);
    }

    public HallKey key() {
        return new HallKey(site, hall);
    }

    /** The same, of these metrics alone. */
    public HallMetrics only(Set<Metric> metrics) {
        return new HallMetrics(site, hall, window, revision, completeness, quantities.only(metrics));
    }

    static void requireRatio(double completeness) {
        if (!(completeness >= 0 && completeness <= 1)) {
            throw new IllegalArgumentException("completeness is between 0 and 1, not " + completeness);
        }
    }
}
