package io.hallwatt.aggregate;

import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackFrame.Column;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/** Holds what was published against what an oracle says, value, kind and reason, and keeps the list of what it compared. */
public final class Comparison {
    /** Enough to tell that a quantity is not the same in all that was made up. */
    private static final int SOME = 3;

    /** How far from the expected value of a metric the actual one may be. */
    private final ToDoubleBiFunction<Metric, Double> bound;

    private final Map<Metric, Set<Resolution>> compared = new EnumMap<>(Metric.class);
    private final Map<Metric, Set<Double>> values = new EnumMap<>(Metric.class);

    public Comparison(ToDoubleBiFunction<Metric, Double> bound) {
        this.bound = bound;
    }

    /** Whole numbers exactly; all else as far as doubles go, for both sides take means in whole thousandths. */
    public static Comparison exact() {
        return new Comparison((metric, expected) -> switch (metric.unit()) {
            case COUNT, MILLIWATT_HOURS, MILLILITRES -> 0;
            default -> 1e-9 * Math.max(1, Math.abs(expected));
        });
    }

    /** Every entry that is expected, and no other. */
    public void quantities(Window window, Quantities expected, Quantities actual) {
        Map<String, Quantity> published = new TreeMap<>();
        actual.entries().forEach(entry -> published.put(entry.metric() + " " + entry.key(), entry.quantity()));
        for (Quantities.Entry entry : expected.entries()) {
            String name = entry.metric() + " " + entry.key();
            Quantity found = published.remove(name);
            if (found == null || !same(entry.metric(), entry.quantity(), found)) {
                throw new AssertionError(
                        "%s in %s: expected %s, but was %s".formatted(name, window, entry.quantity(), found));
            }
            note(entry.metric(), window, value(entry.quantity()));
        }
        if (!published.isEmpty()) {
            throw new AssertionError("%s: no oracle knows %s".formatted(window, published));
        }
    }

    private boolean same(Metric metric, Quantity expected, Quantity actual) {
        return switch (expected) {
            case Quantity.Unknown unknown -> unknown.equals(actual);
            case Quantity.Measured one ->
                actual instanceof Quantity.Measured other
                        && near(metric, one.value(), other.value())
                        && Objects.equals(one.where(), other.where());
            case Quantity.Estimated one ->
                actual instanceof Quantity.Estimated other
                        && near(metric, one.value(), other.value())
                        && Objects.equals(one.where(), other.where());
        };
    }

    private boolean near(Metric metric, double expected, double actual) {
        return Math.abs(expected - actual) <= bound.applyAsDouble(metric, expected);
    }

    private static @Nullable Double value(Quantity quantity) {
        return switch (quantity) {
            case Quantity.Measured measured -> measured.value();
            case Quantity.Estimated estimated -> estimated.value();
            case Quantity.Unknown unknown -> null;
        };
    }

    /** Every column that is expected, and no other; NaN where a rack does not know its value. */
    public void frame(RackFrame frame, Map<Column, double[]> expected) {
        if (!frame.columns().keySet().equals(expected.keySet())) {
            throw new AssertionError("%s: expected the columns %s, but were %s"
                    .formatted(
                            frame.window(), expected.keySet(), frame.columns().keySet()));
        }
        expected.forEach((column, values) -> {
            double[] actual = Objects.requireNonNull(frame.columns().get(column));
            for (int rack = 0; rack < values.length; rack++) {
                boolean same = Double.isNaN(values[rack])
                        ? Double.isNaN(actual[rack])
                        : near(column.metric(), values[rack], actual[rack]);
                if (!same) {
                    throw new AssertionError("%s in %s: expected %s, but was %s"
                            .formatted(column, frame.window(), Arrays.toString(values), Arrays.toString(actual)));
                }
                note(column.metric(), frame.window(), Double.isNaN(values[rack]) ? null : (Double) values[rack]);
            }
        });
    }

    private void note(Metric metric, Window window, @Nullable Double value) {
        compared.computeIfAbsent(metric, m -> EnumSet.noneOf(Resolution.class)).add(window.resolution());
        Set<Double> seen = values.computeIfAbsent(metric, m -> new TreeSet<>());
        if (value != null && seen.size() < SOME) {
            seen.add(value);
        }
    }

    /** What was compared, by metric: in which windows. */
    public Map<Metric, Set<Resolution>> compared() {
        return compared;
    }

    /** What must be: every metric of the scopes, in every window that it exists for. */
    public static Map<Metric, Set<Resolution>> catalogue(Scope... scopes) {
        Map<Metric, Set<Resolution>> all = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            if (Arrays.asList(scopes).contains(metric.scope())) {
                all.put(metric, metric.resolutions());
            }
        }
        return all;
    }

    /** Metrics of which too few different values were compared for a mistake to show. */
    public List<Metric> constant() {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().size() < Math.min(SOME, possible(entry.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Flags have two values; so few units meter water that all of them know it, or none. */
    private static int possible(Metric metric) {
        return switch (metric) {
            case RACK_REPORTING, RACK_FEED_LOST, HALL_BINDING, HALL_COOLING_UNIT_FAILED, HALL_WATER_COMPLETENESS -> 2;
            default -> SOME;
        };
    }
}
