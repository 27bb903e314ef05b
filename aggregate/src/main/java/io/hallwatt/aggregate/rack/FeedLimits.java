package io.hallwatt.aggregate.rack;

import io.hallwatt.contract.site.Feed;

/**
 * What a rack's feeds have left. The limit is per phase and in amps: 80 % of the breaker's rating for continuous load. NaN where something is not known.
 */
public final class FeedLimits {
    private static final double CONTINUOUS = 0.8;

    private FeedLimits() {}

    /** max|I − mean| / mean; NaN where no current flows. */
    public static double imbalance(double l1, double l2, double l3) {
        double mean = (l1 + l2 + l3) / 3;
        double furthest = Math.max(Math.abs(l1 - mean), Math.max(Math.abs(l2 - mean), Math.abs(l3 - mean)));
        return mean > 0 ? furthest / mean : Double.NaN;
    }

    /** A, of the phase that has least; negative beyond the limit. */
    static double headroomAmps(double ratedAmps, double largestAmps) {
        return CONTINUOUS * ratedAmps - largestAmps;
    }

    /**
     * W that the rack could draw more, on all phases, and still hold on one of its feeds.
     *
     * @param bothFeedsAmps largest by phase of I_A + I_B
     */
    static double feedLossWatts(Feed a, Feed b, double bothFeedsAmps) {
        double rated = Math.min(a.breakerAmps(), b.breakerAmps());
        return headroomAmps(rated, bothFeedsAmps) * Math.min(a.phases(), b.phases()) * Math.min(a.volts(), b.volts());
    }

    /** Likewise of a rack that has only this feed. */
    static double singleFeedWatts(Feed feed, double largestAmps) {
        return headroomAmps(feed.breakerAmps(), largestAmps) * feed.phases() * feed.volts();
    }
}
