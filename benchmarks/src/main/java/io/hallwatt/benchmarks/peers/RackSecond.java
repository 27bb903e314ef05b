package io.hallwatt.benchmarks.peers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hallwatt.contract.site.Rack;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rack in one open second: its samples of power in order of time, and what it said besides. */
final class RackSecond {
    public List<Sample> samples = new ArrayList<>();
    public RackTotals totals = new RackTotals();

    /** Power of the rack, of feed A, of feed B, W; NaN where it does not say. */
    static final class Sample {
        public long at;
        public long sequence;
        public double[] watts = {};

        static Sample of(long at, FullReport report, Rack rack) {
            Sample sample = new Sample();
            sample.at = at;
            sample.sequence = report.sequence;
            double a = watts(report.feedA);
            double b = watts(report.feedB);
            sample.watts = new double[] {both(a, rack.feedA() != null, b, rack.feedB() != null), a, b};
            return sample;
        }

        /** A feed that the rack has and does not tell leaves its power unknown. */
        private static double both(double a, boolean hasA, double b, boolean hasB) {
            if (Double.isNaN(a)) {
                return hasA ? Double.NaN : b;
            }
            return Double.isNaN(b) ? (hasB ? Double.NaN : a) : a + b;
        }

        private static double watts(FullReport.@Nullable Feed feed) {
            if (feed == null || feed.watts.length == 0) {
                return Double.NaN;
            }
            double sum = 0;
            for (double phase : feed.watts) {
                sum += phase;
            }
            return sum;
        }
    }

    /** @return false where the very report was there already */
    @CanIgnoreReturnValue
    boolean add(long at, FullReport report, Rack rack) {
        int place = samples.size();
        while (place > 0 && after(samples.get(place - 1), at, report.sequence)) {
            place--;
        }
        if (place > 0 && samples.get(place - 1).at == at && samples.get(place - 1).sequence == report.sequence) {
            return false;
        }
        Sample sample = Sample.of(at, report, rack);
        samples.add(place, sample);
        totals.add(report, sample.watts[0]);
        return true;
    }

    private static boolean after(Sample sample, long at, long sequence) {
        return sample.at > at || (sample.at == at && sample.sequence > sequence);
    }

    /**
     * Ends the second: each sample holds until the next, and no longer than {@code holdMillis}.
     *
     * @param before the rack's last sample before the second
     * @return the last sample now
     */
    @Nullable
    Sample close(@Nullable Sample before, long start, long end, long holdMillis) {
        Sample holding = before;
        for (Sample sample : samples) {
            cover(holding, start, sample.at, holdMillis);
            holding = sample;
        }
        cover(holding, start, end, holdMillis);
        return holding;
    }

    private void cover(@Nullable Sample holding, long start, long until, long holdMillis) {
        if (holding != null) {
            totals.cover(holding.watts, Math.max(start, holding.at), Math.min(until, holding.at + holdMillis));
        }
    }
}
