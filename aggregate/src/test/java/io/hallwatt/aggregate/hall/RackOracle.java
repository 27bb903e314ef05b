package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.InletTemperatures;
import io.hallwatt.contract.PhaseReading;
import io.hallwatt.contract.RackFrame.Column;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Feed;
import io.hallwatt.contract.site.Rack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** One rack in one window, from all that it ever said. NaN where something is not known. */
final class RackOracle {
    private static final double CONTINUOUS = 0.8;

    private final Rack rack;
    private final List<RackReading> all;
    private final long start;
    private final long end;
    /** What it said in the window; where it said nothing, all that it said in the last second in which it spoke, if three intervals have not passed since. */
    private final List<RackReading> said;

    /** @param all the rack's readings in order of time, each once */
    RackOracle(Rack rack, List<RackReading> all, long start, long end) {
        this.rack = rack;
        this.all = all;
        this.start = start;
        this.end = end;
        this.said = said();
    }

    private List<RackReading> said() {
        List<RackReading> within = within(start, end);
        List<RackReading> holding = within(end - hold(), end);
        if (!within.isEmpty() || holding.isEmpty()) {
            return within;
        }
        long second = holding.getLast().at().toEpochMilli() / 1_000 * 1_000;
        return within(second, second + 1_000);
    }

    private List<RackReading> within(long from, long to) {
        return all.stream()
                .filter(r -> r.at().toEpochMilli() >= from && r.at().toEpochMilli() < to)
                .toList();
    }

    private long hold() {
        return 3 * rack.reportInterval().toMillis();
    }

    String id() {
        return rack.id().text();
    }

    boolean reporting() {
        return !said.isEmpty();
    }

    /** Never heard up to the window's end, and three intervals have not passed since anybody of the hall was. */
    boolean awaited(long begun) {
        return within(0, end).isEmpty() && begun + hold() >= end;
    }

    @Nullable
    Feed model(int feed) {
        return feed == 0 ? rack.feedA() : rack.feedB();
    }

    private static @Nullable FeedReading reading(RackReading reading, int feed) {
        return feed == 0 ? reading.feedA() : reading.feedB();
    }

    /** Whole thousandths, as all numbers of a reading are taken. */
    static @Nullable Long thousandths(@Nullable Double value) {
        return value == null ? null : (Long) Math.round(value * 1_000);
    }

    private static @Nullable Long milliwatts(RackReading reading, int feed) {
        FeedReading of = reading(reading, feed);
        return of == null ? null : thousandths(of.powerWatts());
    }

    /** Of both feeds; not known where one that the site model has is silent. */
    private @Nullable Long milliwatts(RackReading reading) {
        Long a = milliwatts(reading, 0);
        Long b = milliwatts(reading, 1);
        if ((a == null && rack.feedA() != null) || (b == null && rack.feedB() != null) || (a == null && b == null)) {
            return null;
        }
        return (a == null ? 0 : a) + (b == null ? 0 : b);
    }

    Covered power() {
        return Covered.of(all, hold(), start, end, this::milliwatts);
    }

    Covered power(int feed) {
        return Covered.of(all, hold(), start, end, reading -> milliwatts(reading, feed));
    }

    /** For 95 % of a window that is longer than a second: by power, or where it tells none by its readings, each of which stands for an interval. */
    boolean heard() {
        long readings = within(start, end).size() * rack.reportInterval().toMillis();
        return enough(Math.max(readings, power().millis())) || enough(power(0).millis()) || enough(power(1).millis());
    }

    boolean heard(int feed) {
        return enough(power(feed).millis());
    }

    /** Of the feeds that it has. */
    boolean heardOfFeeds() {
        return (rack.feedA() == null || heard(0)) && (rack.feedB() == null || heard(1));
    }

    private boolean enough(long millis) {
        return end - start == 1_000 || 100 * millis >= 95 * (end - start);
    }

    /** Samples in the window itself, mW. */
    List<Long> samples() {
        List<Long> samples = new ArrayList<>();
        for (RackReading reading : within(start, end)) {
            Long milliwatts = milliwatts(reading);
            if (milliwatts != null) {
                samples.add(milliwatts);
            }
        }
        return samples;
    }

    private static @Nullable Long milliamps(RackReading reading, int feed, int phase) {
        PhaseReading of = phase(reading, feed, phase);
        return of == null ? null : thousandths(of.amps());
    }

    private static @Nullable PhaseReading phase(RackReading reading, int feed, int phase) {
        FeedReading of = reading(reading, feed);
        return of == null || of.phases().size() <= phase ? null : of.phases().get(phase);
    }

    /** Largest phase current of a feed, A. */
    double amps(int feed) {
        double largest = Double.NaN;
        for (RackReading reading : said) {
            for (int phase = 0; phase < 3; phase++) {
                largest = larger(largest, milliamps(reading, feed, phase));
            }
        }
        return largest / 1_000;
    }

    /** 1 if it is without a feed in all readings that tell, 0 if it has it in one of them. */
    double feedLost(int feed) {
        List<Boolean> told = new ArrayList<>();
        for (RackReading reading : said) {
            Boolean without = without(milliwatts(reading, feed), milliwatts(reading, 1 - feed));
            if (without != null && model(feed) != null) {
                told.add(without);
            }
        }
        return told.isEmpty() ? Double.NaN : told.contains(false) ? 0 : 1;
    }

    /** Null where the rack draws too little to say. */
    private static @Nullable Boolean without(@Nullable Long own, @Nullable Long other) {
        if (own == null && other == null) {
            return Boolean.TRUE; // it is dark, but for what reports
        }
        double of = own == null ? 0 : own / 1_000.0;
        double beside = other == null ? 0 : other / 1_000.0;
        if (of < 50 && beside < 50) {
            return null;
        }
        return own == null || of < 0.01 * beside;
    }

    /** Largest current that one feed would carry for both, A. */
    private double ampsOfBoth() {
        double largest = Double.NaN;
        for (RackReading reading : said) {
            for (int phase = 0; phase < 3; phase++) {
                Long a = milliamps(reading, 0, phase);
                Long b = milliamps(reading, 1, phase);
                largest = larger(largest, a == null || b == null ? null : (Long) (a + b));
            }
        }
        return largest / 1_000;
    }

    private static double larger(double one, @Nullable Long other) {
        return other == null || one >= other ? one : (double) other;
    }

    double feedLoad(int feed) {
        Feed of = model(feed);
        return of == null ? Double.NaN : amps(feed) / of.breakerAmps();
    }

    double feedLossLoad() {
        Feed a = rack.feedA();
        Feed b = rack.feedB();
        return a == null || b == null ? Double.NaN : ampsOfBoth() / Math.min(a.breakerAmps(), b.breakerAmps());
    }

    double breakerHeadroom(int feed) {
        Feed of = model(feed);
        return of == null ? Double.NaN : CONTINUOUS * of.breakerAmps() - amps(feed);
    }

    double feedLossHeadroom() {
        Feed a = rack.feedA();
        Feed b = rack.feedB();
        if (a == null && b == null) {
            return Double.NaN;
        }
        if (a == null || b == null) {
            Feed only = Objects.requireNonNull(a == null ? b : a);
            return breakerHeadroom(a == null ? 1 : 0) * only.phases() * only.volts();
        }
        return (CONTINUOUS * Math.min(a.breakerAmps(), b.breakerAmps()) - ampsOfBoth())
                * Math.min(a.phases(), b.phases())
                * Math.min(a.volts(), b.volts());
    }

    /** Mean current of a phase, A. */
    double meanAmps(int feed, int phase) {
        return mean(reading -> milliamps(reading, feed, phase));
    }

    /** Sum of what a phase drew in the readings, W. */
    double phaseWatts(int feed, int phase) {
        double sum = 0;
        for (RackReading reading : said) {
            PhaseReading of = phase(reading, feed, phase);
            sum += of == null ? 0 : Math.round(of.watts() * 1_000);
        }
        return sum;
    }

    boolean tellsPhases(int feed) {
        return said.stream().anyMatch(reading -> phase(reading, feed, 0) != null);
    }

    double imbalance(int feed) {
        return imbalance(meanAmps(feed, 0), meanAmps(feed, 1), meanAmps(feed, 2));
    }

    /** max|I − mean| / mean; NaN where no current flows. */
    static double imbalance(double... amps) {
        double mean = (amps[0] + amps[1] + amps[2]) / 3;
        double furthest = 0;
        for (double phase : amps) {
            furthest = Math.max(furthest, Math.abs(phase - mean));
        }
        return mean > 0 ? furthest / mean : Double.NaN;
    }

    private double mean(Function<RackReading, @Nullable Long> thousandths) {
        long sum = 0;
        int count = 0;
        for (RackReading reading : said) {
            Long value = thousandths.apply(reading);
            if (value != null) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / 1_000.0 / count;
    }

    /** Means of the sensors that said something, top, middle, bottom. */
    private List<Double> inlets() {
        List<Double> means = new ArrayList<>();
        List<Function<InletTemperatures, @Nullable Double>> sensors = List.of(
                InletTemperatures::topCelsius, InletTemperatures::middleCelsius, InletTemperatures::bottomCelsius);
        for (Function<InletTemperatures, @Nullable Double> sensor : sensors) {
            double mean = mean(reading -> {
                InletTemperatures inlet = reading.inlet();
                return inlet == null ? null : thousandths(sensor.apply(inlet));
            });
            if (!Double.isNaN(mean)) {
                means.add(mean);
            }
        }
        return means;
    }

    /** Whether it told of its intake in any reading up to the window's end; then likewise of the air behind it. */
    boolean sensesIntake() {
        return within(0, end).stream().map(RackReading::inlet).anyMatch(RackOracle::tells);
    }

    boolean sensesOutlet() {
        return within(0, end).stream().anyMatch(reading -> reading.outletCelsius() != null);
    }

    private static boolean tells(@Nullable InletTemperatures inlet) {
        return inlet != null
                && (inlet.topCelsius() != null || inlet.middleCelsius() != null || inlet.bottomCelsius() != null);
    }

    double inletMax() {
        return inlets().stream().mapToDouble(t -> t).max().orElse(Double.NaN);
    }

    double inletMin() {
        return inlets().stream().mapToDouble(t -> t).min().orElse(Double.NaN);
    }

    double inletMean() {
        return inlets().stream().mapToDouble(t -> t).average().orElse(Double.NaN);
    }

    double outlet() {
        return mean(reading -> thousandths(reading.outletCelsius()));
    }

    /** Its value in every column of the frame. */
    Map<Column, Double> columns(long begun) {
        Map<Column, Double> columns = new TreeMap<>();
        columns.put(new Column(Metric.RACK_POWER, ""), watts(power()));
        columns.put(new Column(Metric.RACK_FEED_LOSS_LOAD, ""), feedLossLoad());
        columns.put(new Column(Metric.RACK_INLET, ""), inletMax());
        columns.put(new Column(Metric.RACK_INLET_MIN, ""), inletMin());
        columns.put(new Column(Metric.RACK_OUTLET, ""), outlet());
        columns.put(
                new Column(Metric.RACK_HUMIDITY, ""), mean(reading -> thousandths(reading.humidityPercent())) / 100);
        columns.put(
                new Column(Metric.RACK_COMPLETENESS, ""),
                awaited(begun) ? Double.NaN : power().millis() / (double) (end - start));
        columns.put(new Column(Metric.RACK_FEED_LOSS_HEADROOM, ""), feedLossHeadroom());
        columns.put(new Column(Metric.RACK_REPORTING, ""), reporting() ? 1.0 : awaited(begun) ? Double.NaN : 0.0);
        byFeed(columns, Metric.RACK_FEED_POWER, feed -> watts(power(feed)));
        byFeed(columns, Metric.RACK_FEED_CURRENT, feed -> amps(feed));
        byFeed(columns, Metric.RACK_FEED_LOAD, feed -> feedLoad(feed));
        byFeed(columns, Metric.RACK_PHASE_IMBALANCE, feed -> imbalance(feed));
        byFeed(columns, Metric.RACK_BREAKER_HEADROOM, feed -> breakerHeadroom(feed));
        byFeed(columns, Metric.RACK_FEED_LOST, feed -> feedLost(feed));
        return columns;
    }

    private static void byFeed(Map<Column, Double> columns, Metric metric, IntToDoubleFunction value) {
        columns.put(new Column(metric, "A"), value.applyAsDouble(0));
        columns.put(new Column(metric, "B"), value.applyAsDouble(1));
    }

    private static double watts(Covered power) {
        return power.known() ? power.mean() / 1_000.0 : Double.NaN;
    }
}
