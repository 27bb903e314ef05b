package io.hallwatt.contract;

/**
 * One site in one window.
 *
 * @param revision     0 when the window is first closed, one more for each time it is published again
 * @param completeness part of the window, over all expected racks of all halls, for which power is known, 0 to 1
 */
public record SiteMetrics(SiteId site, Window window, int revision, double completeness, Quantities quantities) {
    public SiteMetrics {
        HallMetrics.requireRatio(completeness);
    }
}
