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
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/** What a closed window says of each rack, in the site model's order. A value that is not known is NaN here and null on the wire. */
public final class RackSummary {
    private static final String[] FEEDS = {"A", "B"};

    /** Below this part of the window a mean says nothing. */
    public static final double LEAST_COMPLETENESS = 0.5;

    private final RackLayout layout;
    private final RackSums sums;
    private final long windowMillis;

    public RackSummary(RackLayout layout, RackSums sums, long windowMillis) {
        this.layout = layout;
        this.sums = sums;
        this.windowMillis = windowMillis;
        sums.grow(layout.rows());
    }

    /** Racks that the site model has; all below go from 0 to this, in its order. */
    public int racks() {
        return layout.expected();
    }

    public RackId id(int rack) {
        return layout.idsInOrder().get(rack);
    }

    /** Whether it has a reading in the window, or its last one still holds at the window's end. */
    public boolean reporting(int rack) {
        return get(RackSums.READINGS, rack) > 0 || get(RackSums.HELD, rack) > 0;
    }

    /** Ms of the window for which the rack's power is known. */
    public long coveredMillis(int rack) {
        return get(RackSums.COVERED, rack);
    }

    /** Likewise of one feed, 0 for A. */
    public long feedCoveredMillis(int rack, int feed) {
        return get(RackSums.FEED_COVERED + 2 * feed, rack);
    }

    /** Whether the site model gives the rack that feed. */
    public boolean hasFeed(int rack, int feed) {
        return layout.feed(layout.rowInOrder(rack), feed) != null;
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
    public double feedAmps(int rack, int feed) {
        return largest(RackSums.AMPS + 3 * feed, rack);
    }

    /** Largest phase current of a feed over its breaker's rating. */
    public double feedLoad(int rack, int feed) {
        Feed rated = layout.feed(layout.rowInOrder(rack), feed);
        return rated == null ? Double.NaN : feedAmps(rack, feed) / rated.breakerAmps();
    }

    /** max over the phases of (I_A + I_B) / min(rated_A, rated_B). */
    public double feedLossLoad(int rack) {
        Feed a = layout.feed(layout.rowInOrder(rack), 0);
        Feed b = layout.feed(layout.rowInOrder(rack), 1);
        if (a == null || b == null) {
            return Double.NaN;
        }
        return largest(RackSums.BOTH_FEEDS, rack) / Math.min(a.breakerAmps(), b.breakerAmps());
    }

    /** Mean of the hottest intake sensor, °C. */
    public double inletMax(int rack) {
        double hottest = Double.NaN;
        for (int sensor = 0; sensor < 3; sensor++) {
            double celsius = meanOf(RackSums.INLET + 2 * sensor, rack);
            hottest = Double.isNaN(hottest) || celsius > hottest ? celsius : hottest;
        }
        return hottest;
    }

    /** Mean of the coldest intake sensor, °C. */
    public double inletMin(int rack) {
        double coldest = Double.NaN;
        for (int sensor = 0; sensor < 3; sensor++) {
            double celsius = meanOf(RackSums.INLET + 2 * sensor, rack);
            coldest = Double.isNaN(coldest) || celsius < coldest ? celsius : coldest;
        }
        return coldest;
    }

    /** All of it as one record. */
    public RackFrame frame(SiteId site, HallId hall, Window window) {
        Map<Column, double[]> columns = new TreeMap<>();
        column(columns, Metric.RACK_POWER, "", rack -> watts(milliwatts(rack)));
        for (int f = 0; f < 2; f++) {
            int feed = f;
            column(columns, Metric.RACK_FEED_POWER, FEEDS[f], rack -> watts(feedMilliwatts(rack, feed)));
            column(columns, Metric.RACK_FEED_CURRENT, FEEDS[f], rack -> feedAmps(rack, feed));
            column(columns, Metric.RACK_FEED_LOAD, FEEDS[f], rack -> feedLoad(rack, feed));
        }
        column(columns, Metric.RACK_FEED_LOSS_LOAD, "", this::feedLossLoad);
        column(columns, Metric.RACK_INLET, "", this::inletMax);
        column(columns, Metric.RACK_INLET_MIN, "", this::inletMin);
        column(columns, Metric.RACK_OUTLET, "", rack -> meanOf(RackSums.OUTLET, rack));
        column(columns, Metric.RACK_HUMIDITY, "", rack -> meanOf(RackSums.HUMIDITY, rack) / 100);
        column(columns, Metric.RACK_COMPLETENESS, "", rack -> coveredMillis(rack) / (double) windowMillis);
        return new RackFrame(site, hall, window, 0, layout.idsInOrder(), columns);
    }

    private void column(Map<Column, double[]> columns, Metric metric, String key, IntToDoubleFunction value) {
        double[] values = new double[racks()];
        Arrays.setAll(values, value);
        if (Arrays.stream(values).anyMatch(v -> !Double.isNaN(v))) {
            columns.put(new Column(metric, key), values);
        }
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
