package io.hallwatt.aggregate.rack;

import io.hallwatt.contract.HallId;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackFrame.Column;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Feed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/** What a closed window says of each rack, in the site model's order. A value that is not known is NaN here and null on the wire. */
public final class RackSummary {
    private static final String[] FEEDS = {"A", "B"};

    /** Below this part of the window a mean says nothing. */
    public static final double LEAST_COMPLETENESS = 0.5;

    private final RackLayout layout;
    private final RackSums sums;
    private final long windowMillis;
    private final IntPredicate awaited;
    /** Each is computed once, for the frame as for whoever asks before or after. */
    private final Map<Column, double[]> computed = new HashMap<>();

    /** @param awaited of a row: whether a rack that is not heard may yet speak for the first time */
    public RackSummary(RackLayout layout, RackSums sums, long windowMillis, IntPredicate awaited) {
        this.layout = layout;
        this.sums = sums;
        this.windowMillis = windowMillis;
        this.awaited = awaited;
        sums.grow(layout.rows());
    }

    /** Racks that the site model has; all below go from 0 to this, in its order. */
    public int racks() {
        return layout.expected();
    }

    /** Length of the window, ms. */
    public long windowMillis() {
        return windowMillis;
    }

    public RackId id(int rack) {
        return layout.idsInOrder().get(rack);
    }

    /** Whether it has a reading in the window, or its last one still holds at the window's end. */
    public boolean reporting(int rack) {
        return get(RackSums.READINGS, rack) > 0 || get(RackSums.HELD, rack) > 0;
    }

    /** Whether it is not heard, and was not to be yet: its first report is not due. */
    public boolean awaited(int rack) {
        return !reporting(rack) && awaited.test(layout.rowInOrder(rack));
    }

    /** Part of the window for which the rack's power is known; NaN of one that is awaited and of which nothing is. */
    private double completeness(int rack) {
        long covered = coveredMillis(rack);
        return covered == 0 && awaited(rack) ? Double.NaN : covered / (double) windowMillis;
    }

    /** Ms of the window for which the rack's power is known. */
    public long coveredMillis(int rack) {
        return get(RackSums.COVERED, rack);
    }

    /** Likewise of one feed, 0 for A. */
    public long feedCoveredMillis(int rack, int feed) {
        return get(RackSums.FEED_COVERED + 2 * feed, rack);
    }

    /**
     * Ms of the window for which the rack is heard: its power holds between its readings; a reading without power stands for one report interval. May be longer than
     * the window.
     */
    public long heardMillis(int rack) {
        long powered = Math.max(coveredMillis(rack), Math.max(feedCoveredMillis(rack, 0), feedCoveredMillis(rack, 1)));
        return Math.max(powered, get(RackSums.READINGS, rack) * layout.intervalMillis(layout.rowInOrder(rack)));
    }

    /** Ms of the window for which all feeds are heard that the site model gives the rack. */
    public long fedMillis(int rack) {
        long least = windowMillis;
        for (int feed = 0; feed < 2; feed++) {
            least = hasFeed(rack, feed) ? Math.min(least, feedCoveredMillis(rack, feed)) : least;
        }
        return least;
    }

    /** Whether the site model gives the rack that feed. */
    public boolean hasFeed(int rack, int feed) {
        return layout.feed(layout.rowInOrder(rack), feed) != null;
    }

    /** 1 where the rack is without a feed that the site model gives it, 0 where it has it; NaN where it has none in the model, or does not tell. */
    private double feedLost(int rack, int feed) {
        if (!hasFeed(rack, feed)) {
            return Double.NaN;
        }
        if (get(RackSums.FED + feed, rack) > 0) {
            return 0;
        }
        return get(RackSums.LOST + feed, rack) > 0 ? 1 : Double.NaN;
    }

    /** Whether the site model gives the rack that feed, with three phases. */
    public boolean hasThreePhases(int rack, int feed) {
        Feed of = layout.feed(layout.rowInOrder(rack), feed);
        return of != null && of.phases() == 3;
    }

    /** Mean over the covered time, mW; {@link RackReport#ABSENT} where less than half the window is covered. */
    public long milliwatts(int rack) {
        return mean(RackSums.COVERED, rack);
    }

    /** Likewise of one feed, 0 for A. */
    public long feedMilliwatts(int rack, int feed) {
        return mean(RackSums.FEED_COVERED + 2 * feed, rack);
    }

    /** Least sample in the window, mW, or the mean where none was. */
    public long leastMilliwatts(int rack) {
        long least = get(RackSums.LEAST, rack);
        return least == RackSums.none(RackSums.LEAST) ? milliwatts(rack) : least;
    }

    /** Largest sample in the window, mW, or the mean where none was. */
    public long largestMilliwatts(int rack) {
        long largest = get(RackSums.LARGEST, rack);
        return largest == RackSums.none(RackSums.LARGEST) ? milliwatts(rack) : largest;
    }

    /** Largest phase current of a feed, A. */
    private double feedAmps(int rack, int feed) {
        return largest(RackSums.AMPS + 3 * feed, rack);
    }

    /** Largest phase current of a feed over its breaker's rating. */
    private double feedLoad(int rack, int feed) {
        Feed rated = layout.feed(layout.rowInOrder(rack), feed);
        return rated == null ? Double.NaN : feedAmps(rack, feed) / rated.breakerAmps();
    }

    /** max over the phases of (I_A + I_B) / min(rated_A, rated_B). */
    private double feedLossLoad(int rack) {
        Feed a = layout.feed(layout.rowInOrder(rack), 0);
        Feed b = layout.feed(layout.rowInOrder(rack), 1);
        if (a == null || b == null) {
            return Double.NaN;
        }
        return largest(RackSums.BOTH_FEEDS, rack) / Math.min(a.breakerAmps(), b.breakerAmps());
    }

    /** Mean current of a phase of a feed, A; NaN where the feed does not tell its phases. */
    double phaseAmps(int rack, int feed, int phase) {
        return tellsPhase(rack, feed, phase)
                ? get(RackSums.CURRENT + 3 * feed + phase, rack) / (1000.0 * get(RackSums.PHASE_READINGS + feed, rack))
                : Double.NaN;
    }

    private boolean tellsPhase(int rack, int feed, int phase) {
        int column = RackSums.AMPS + 3 * feed + phase;
        return get(column, rack) != RackSums.none(column);
    }

    /**
     * Adds a feed's mean power, shared out by what its phases drew.
     *
     * @param milliwatts by phase
     * @return whether it is known, by phase
     */
    public boolean addPhasePower(int rack, int feed, double[] milliwatts) {
        long power = feedMilliwatts(rack, feed);
        if (power == RackReport.ABSENT || get(RackSums.PHASE_READINGS + feed, rack) == 0) {
            return false;
        }
        int first = RackSums.PHASE_POWER + 3 * feed;
        double all = get(first, rack) + get(first + 1, rack) + get(first + 2, rack);
        for (int phase = 0; phase < 3 && all != 0; phase++) {
            milliwatts[phase] += power * (get(first + phase, rack) / all);
        }
        return true;
    }

    /**
     * Adds the mean currents of a feed with three phases.
     *
     * @param amps by phase
     * @return whether it tells three
     */
    public boolean addPhaseAmps(int rack, int feed, double[] amps) {
        if (!tellsPhase(rack, feed, 2)) {
            return false;
        }
        for (int phase = 0; phase < 3; phase++) {
            amps[phase] += phaseAmps(rack, feed, phase);
        }
        return true;
    }

    /** max|I − mean| / mean over a feed's three phases. */
    private double phaseImbalance(int rack, int feed) {
        return FeedLimits.imbalance(phaseAmps(rack, feed, 0), phaseAmps(rack, feed, 1), phaseAmps(rack, feed, 2));
    }

    /** What a feed's breaker has left within 80 %, A. */
    private double breakerHeadroom(int rack, int feed) {
        Feed rated = layout.feed(layout.rowInOrder(rack), feed);
        return rated == null ? Double.NaN : FeedLimits.headroomAmps(rated.breakerAmps(), feedAmps(rack, feed));
    }

    /** What the rack could draw more and still hold on one feed, W; of a rack with one feed, what that has left. */
    private double feedLossHeadroom(int rack) {
        Feed a = layout.feed(layout.rowInOrder(rack), 0);
        Feed b = layout.feed(layout.rowInOrder(rack), 1);
        if (a != null && b != null) {
            return FeedLimits.feedLossWatts(a, b, largest(RackSums.BOTH_FEEDS, rack));
        }
        if (a != null) {
            return FeedLimits.singleFeedWatts(a, feedAmps(rack, 0));
        }
        return b == null ? Double.NaN : FeedLimits.singleFeedWatts(b, feedAmps(rack, 1));
    }

    /** Whether the rack has sensors at its intake as far as is known: the site model does not say it, the rack's readings did. */
    public boolean sensesIntake(int rack) {
        return get(RackSums.SENSES_INTAKE, rack) > 0;
    }

    /** Likewise of the air behind it. */
    public boolean sensesOutlet(int rack) {
        return get(RackSums.SENSES_OUTLET, rack) > 0;
    }

    /** Mean over the intake sensors, °C. */
    public double inletMean(int rack) {
        double sum = 0;
        int known = 0;
        for (int sensor = 0; sensor < 3; sensor++) {
            double celsius = meanOf(RackSums.INLET + 2 * sensor, rack);
            sum += Double.isNaN(celsius) ? 0 : celsius;
            known += Double.isNaN(celsius) ? 0 : 1;
        }
        return known == 0 ? Double.NaN : sum / known;
    }

    /** Air behind the rack, °C. */
    private double outlet(int rack) {
        return meanOf(RackSums.OUTLET, rack);
    }

    /** Mean of the hottest intake sensor, °C. */
    private double inletMax(int rack) {
        double hottest = Double.NaN;
        for (int sensor = 0; sensor < 3; sensor++) {
            double celsius = meanOf(RackSums.INLET + 2 * sensor, rack);
            hottest = Double.isNaN(hottest) || celsius > hottest ? celsius : hottest;
        }
        return hottest;
    }

    /** Mean of the coldest intake sensor, °C. */
    private double inletMin(int rack) {
        double coldest = Double.NaN;
        for (int sensor = 0; sensor < 3; sensor++) {
            double celsius = meanOf(RackSums.INLET + 2 * sensor, rack);
            coldest = Double.isNaN(coldest) || celsius < coldest ? celsius : coldest;
        }
        return coldest;
    }

    /** {@link #feedLoad} of all racks, not to be changed; and so each of those that follow. */
    public double[] feedLoads(int feed) {
        return computed(Metric.RACK_FEED_LOAD, FEEDS[feed], rack -> feedLoad(rack, feed));
    }

    public double[] breakerHeadrooms(int feed) {
        return computed(Metric.RACK_BREAKER_HEADROOM, FEEDS[feed], rack -> breakerHeadroom(rack, feed));
    }

    public double[] feedsLost(int feed) {
        return computed(Metric.RACK_FEED_LOST, FEEDS[feed], rack -> feedLost(rack, feed));
    }

    public double[] feedLossLoads() {
        return computed(Metric.RACK_FEED_LOSS_LOAD, "", this::feedLossLoad);
    }

    public double[] feedLossHeadrooms() {
        return computed(Metric.RACK_FEED_LOSS_HEADROOM, "", this::feedLossHeadroom);
    }

    /** Mean power, W; NaN where less than half the window is covered. */
    public double[] watts() {
        return computed(Metric.RACK_POWER, "", rack -> watts(milliwatts(rack)));
    }

    public double[] inletMaxima() {
        return computed(Metric.RACK_INLET, "", this::inletMax);
    }

    public double[] inletMinima() {
        return computed(Metric.RACK_INLET_MIN, "", this::inletMin);
    }

    public double[] outlets() {
        return computed(Metric.RACK_OUTLET, "", this::outlet);
    }

    private double[] computed(Metric metric, String key, IntToDoubleFunction value) {
        return computed.computeIfAbsent(new Column(metric, key), column -> {
            double[] values = new double[racks()];
            Arrays.setAll(values, value);
            return values;
        });
    }

    /** All of it as one record. */
    public RackFrame frame(SiteId site, HallId hall, Window window) {
        watts();
        feedLossLoads();
        inletMaxima();
        inletMinima();
        outlets();
        feedLossHeadrooms();
        computed(Metric.RACK_HUMIDITY, "", rack -> meanOf(RackSums.HUMIDITY, rack) / 100);
        computed(Metric.RACK_COMPLETENESS, "", this::completeness);
        computed(Metric.RACK_REPORTING, "", rack -> reporting(rack) ? 1 : awaited(rack) ? Double.NaN : 0);
        for (int f = 0; f < 2; f++) {
            int feed = f;
            feedLoads(feed);
            breakerHeadrooms(feed);
            feedsLost(feed);
            computed(Metric.RACK_FEED_POWER, FEEDS[feed], rack -> watts(feedMilliwatts(rack, feed)));
            computed(Metric.RACK_FEED_CURRENT, FEEDS[feed], rack -> feedAmps(rack, feed));
            computed(Metric.RACK_PHASE_IMBALANCE, FEEDS[feed], rack -> phaseImbalance(rack, feed));
        }
        Map<Column, double[]> known = new HashMap<>(computed);
        known.values().removeIf(values -> Arrays.stream(values).allMatch(Double::isNaN));
        return new RackFrame(site, hall, window, 0, layout.idsInOrder(), known);
    }

    private long get(int column, int rack) {
        return sums.get(column, layout.rowInOrder(rack));
    }

    private long mean(int covered, int rack) {
        long millis = get(covered, rack);
        return millis == 0 || millis < LEAST_COMPLETENESS * windowMillis
                ? RackReport.ABSENT
                : Math.floorDiv(get(covered + 1, rack) + millis / 2, millis);
    }

    private double meanOf(int sum, int rack) {
        long count = get(sum + 1, rack);
        return count == 0 ? Double.NaN : get(sum, rack) / (1000.0 * count);
    }

    private double largest(int column, int rack) {
        long largest = Math.max(get(column, rack), Math.max(get(column + 1, rack), get(column + 2, rack)));
        return largest == RackSums.none(column) ? Double.NaN : largest / 1000.0;
    }

    private static double watts(long milliwatts) {
        return milliwatts == RackReport.ABSENT ? Double.NaN : milliwatts / 1000.0;
    }
}
