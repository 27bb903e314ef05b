package io.hallwatt.aggregate.hall;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** What a hall's windows must say, computed from a sorted list without repetitions, plainly: every window looks at all readings. */
final class HallOracle {
    private static final long HOLD = 3_000;
    private static final double BREAKER_AMPS = 100;
    private static final List<String> COOLING = List.of("h01/crah-1", "h01/chiller-1");

    private final Hall hall;
    private final List<Reading> sorted;

    HallOracle(Hall hall, List<Reading> sorted) {
        this.hall = hall;
        this.sorted = sorted;
    }

    /** Mean, in W mostly, and part of the window covered. */
    private record Mean(double watts, double covered) {}

    void check(HallMetrics metrics) {
        long start = metrics.window().start().toEpochMilli();
        long end = metrics.window().end().toEpochMilli();
        double power = 0;
        double covered = 0;
        double reporting = 0;
        boolean known = false;
        boolean partly = false;
        for (Rack rack : hall.racks()) {
            String device = "h01/" + rack.id();
            Mean mean = mean(device, hold(rack), start, end, r -> 6 * 240 * amps((RackReading) r));
            if (mean.covered >= 0.5) {
                power += mean.watts;
                known = true;
            }
            covered += mean.covered;
            partly |= mean.covered < 1;
            reporting += said(rack, start, end).isEmpty() ? 0 : 1;
        }
        double completeness = covered / hall.racks().size();
        assertThat(metrics.completeness()).isCloseTo(completeness, Assertions.within(1e-9));
        value(metrics, Metric.HALL_RACKS_REPORTING, OptionalDouble.of(reporting));
        value(
                metrics,
                Metric.HALL_IT_POWER,
                known && completeness >= 0.5 ? OptionalDouble.of(power) : OptionalDouble.empty());
        certainty(metrics, metrics.quantities().get(Metric.HALL_IT_POWER), partly);
        certainty(metrics, metrics.quantities().get(Metric.HALL_IT_POWER_MIN), partly);
        certainty(metrics, metrics.quantities().get(Metric.HALL_FEED_POWER, "A"), partly);
        certainty(metrics, metrics.quantities().get(Metric.HALL_FEED_POWER, "B"), partly);
        value(
                metrics,
                Metric.HALL_FEED_LOSS_LOAD_MAX,
                hall.racks().stream()
                        .flatMap(rack -> said(rack, start, end).stream())
                        .mapToDouble(r -> 2 * amps(r) / BREAKER_AMPS)
                        .max());
        value(
                metrics,
                Metric.HALL_INLET_MAX,
                hall.racks().stream()
                        .map(rack -> said(rack, start, end))
                        .filter(readings -> !readings.isEmpty())
                        .mapToDouble(readings -> readings.stream()
                                .mapToDouble(HallOracle::inlet)
                                .average()
                                .orElseThrow())
                        .max());
        boolean cooledPartly = cooling(metrics, start, end);
        racks(metrics, start, end);
        heat(metrics, start, end);
        if (metrics.window().resolution() == Resolution.SECOND) {
            certainty(metrics, metrics.quantities().get(Metric.HALL_PARTIAL_PUE), partly || cooledPartly);
        }
    }

    /** Phases and feeds are alike: so a phase has a third of its feed, nothing is out of balance, and losing a feed doubles the other's current. */
    private void racks(HallMetrics metrics, long start, long end) {
        List<List<RackReading>> told =
                hall.racks().stream().map(rack -> said(rack, start, end)).toList();
        double[] largest = told.stream()
                .filter(readings -> !readings.isEmpty())
                .mapToDouble(readings ->
                        readings.stream().mapToDouble(HallOracle::amps).max().orElseThrow())
                .toArray();
        value(
                metrics,
                Metric.HALL_BREAKER_HEADROOM,
                "A",
                Arrays.stream(largest).map(a -> 80 - a).min());
        value(
                metrics,
                Metric.HALL_PHASE_IMBALANCE,
                "B",
                largest.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(0));
        value(metrics, Metric.HALL_PHASE_POWER, "A/L2", largest.length == 0 ? OptionalDouble.empty() : third(metrics));
        OptionalDouble inRacks = 2 * largest.length < told.size() || largest.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Arrays.stream(largest)
                        .map(a -> Math.max(0, 80 - 2 * a) * 3 * 240)
                        .sum());
        value(metrics, Metric.HALL_RACK_HEADROOM, inRacks);
        double[] hottest = told.stream()
                .filter(readings -> !readings.isEmpty())
                .mapToDouble(readings -> readings.stream()
                        .mapToDouble(HallOracle::inlet)
                        .average()
                        .orElseThrow())
                .toArray();
        value(
                metrics,
                Metric.HALL_RCI_HIGH,
                Arrays.stream(hottest).map(t -> Math.max(0, t - 27) / 8).average().stream()
                        .boxed()
                        .map(over -> Math.max(0, 1 - over))
                        .findFirst());
        value(
                metrics,
                Metric.HALL_RCI_LOW,
                Arrays.stream(hottest).map(t -> Math.max(0, 18 - (t - 2)) / 8).average().stream()
                        .boxed()
                        .map(under -> Math.max(0, 1 - under))
                        .findFirst());
        OptionalDouble it = metrics.quantities().value(Metric.HALL_IT_POWER);
        OptionalDouble able = capacity(start, end);
        value(metrics, Metric.HALL_COOLING_REDUNDANCY, both(able, it, (a, b) -> a / b));
        OptionalDouble power = both(it, it, (a, b) -> 100_000 - a);
        OptionalDouble cooling = both(able, it, (a, b) -> a - b);
        OptionalDouble least = both(both(inRacks, power, Math::min), cooling, Math::min);
        OptionalDouble usable = both(least, least, (a, b) -> Math.max(0, a));
        value(metrics, Metric.HALL_USABLE_HEADROOM, usable);
        value(metrics, Metric.HALL_STRANDED, "power", both(power, usable, (a, b) -> Math.max(0, a) - b));
        value(metrics, Metric.HALL_BINDING, "rack", both(inRacks, least, (a, b) -> a <= b ? 1 : 0));
    }

    private static OptionalDouble third(HallMetrics metrics) {
        OptionalDouble feed = metrics.quantities().value(Metric.HALL_FEED_POWER, "A");
        return both(feed, feed, (a, b) -> a / 3);
    }

    private static OptionalDouble both(OptionalDouble a, OptionalDouble b, DoubleBinaryOperator of) {
        return a.isPresent() && b.isPresent()
                ? OptionalDouble.of(of.applyAsDouble(a.getAsDouble(), b.getAsDouble()))
                : OptionalDouble.empty();
    }

    /** One unit of each kind, and one of each may be lost: what is left of either is nothing; not known where all of a kind are silent. */
    private OptionalDouble capacity(long start, long end) {
        return COOLING.stream()
                        .anyMatch(unit ->
                                within(unit, Math.min(start, end - HOLD), end).isEmpty())
                ? OptionalDouble.empty()
                : OptionalDouble.of(0);
    }

    /** The CRAH's alone: the chiller carries the same heat on. */
    private void heat(HallMetrics metrics, long start, long end) {
        Mean mean = mean("h01/crah-1", HOLD, start, end, HallOracle::heat);
        value(
                metrics,
                Metric.HALL_THERMAL_POWER,
                mean.covered >= 0.5 ? OptionalDouble.of(mean.watts) : OptionalDouble.empty());
        if (metrics.window().resolution() == Resolution.SECOND) {
            OptionalDouble electrical = metrics.quantities().value(Metric.HALL_COOLING_POWER);
            value(
                    metrics,
                    Metric.HALL_CER,
                    both(metrics.quantities().value(Metric.HALL_THERMAL_POWER), electrical, (a, b) -> a / b));
        }
        Mean delta = mean("h01/crah-1", HOLD, start, end, HallOracle::delta);
        value(
                metrics,
                Metric.HALL_COOLING_DELTA,
                "crah-1",
                delta.covered > 0 ? OptionalDouble.of(delta.watts) : OptionalDouble.empty());
    }

    private static double heat(Reading reading) {
        double delta = delta(reading);
        double flow = Objects.requireNonNullElse(((CoolingReading) reading).flowLitresPerSecond(), Double.NaN);
        if (flow == 0) {
            return 0;
        }
        return delta < 0 ? Double.NaN : 1.184 * 1.006 * flow * delta;
    }

    private static double delta(Reading reading) {
        CoolingReading unit = (CoolingReading) reading;
        Double flow = unit.flowLitresPerSecond();
        return flow == null || flow == 0
                ? Double.NaN
                : Objects.requireNonNull(unit.returnCelsius()) - Objects.requireNonNull(unit.supplyCelsius());
    }

    /** What is known in part only is estimated, never measured; unknown where it is less than half. */
    private static void certainty(HallMetrics metrics, @Nullable Quantity quantity, boolean partly) {
        assertThat(quantity).as("%s", metrics.window()).isNotNull();
        if (!(quantity instanceof Quantity.Unknown)) {
            assertThat(quantity instanceof Quantity.Estimated)
                    .as("%s in %s", quantity, metrics.window())
                    .isEqualTo(partly);
        }
    }

    /** @return whether some unit's power is not known for the whole window */
    private boolean cooling(HallMetrics metrics, long start, long end) {
        double power = 0;
        int known = 0;
        int failed = 0;
        int silent = 0;
        boolean partly = false;
        for (String unit : COOLING) {
            Mean mean =
                    mean(unit, HOLD, start, end, r -> Objects.requireNonNull(((CoolingReading) r).electricalWatts()));
            if (mean.covered >= 0.5) {
                power += mean.watts;
                known++;
            }
            partly |= mean.covered < 1;
            List<Reading> heard = within(unit, Math.min(start, end - HOLD), end);
            silent += heard.isEmpty() ? 1 : 0;
            if (!heard.isEmpty() && ((CoolingReading) heard.getLast()).state() == CoolingState.FAILED) {
                failed++;
            }
        }
        value(metrics, Metric.HALL_COOLING_POWER, known == 0 ? OptionalDouble.empty() : OptionalDouble.of(power));
        value(metrics, Metric.HALL_COOLING_UNITS_FAILED, OptionalDouble.of(failed));
        value(metrics, Metric.HALL_COOLING_UNITS_SILENT, OptionalDouble.of(silent));
        certainty(metrics, metrics.quantities().get(Metric.HALL_COOLING_POWER), partly);
        return partly;
    }

    private Mean mean(String device, long hold, long start, long end, ToDoubleFunction<Reading> watts) {
        List<Reading> all =
                sorted.stream().filter(r -> r.device().equals(device)).toList();
        double energy = 0;
        long covered = 0;
        for (int i = 0; i < all.size(); i++) {
            long at = all.get(i).at().toEpochMilli();
            long next = i + 1 < all.size() ? all.get(i + 1).at().toEpochMilli() : Long.MAX_VALUE;
            long millis = Math.min(Math.min(next, at + hold), end) - Math.max(at, start);
            if (millis > 0 && !Double.isNaN(watts.applyAsDouble(all.get(i)))) {
                energy += watts.applyAsDouble(all.get(i)) * millis;
                covered += millis;
            }
        }
        return new Mean(covered == 0 ? 0 : energy / covered, covered / (double) (end - start));
    }

    private List<Reading> within(String device, long start, long end) {
        return sorted.stream()
                .filter(r -> r.device().equals(device))
                .filter(r -> r.at().toEpochMilli() >= start && r.at().toEpochMilli() < end)
                .toList();
    }

    /** All phases of both feeds are alike. */
    private static double amps(RackReading reading) {
        return Objects.requireNonNull(reading.feedA()).phases().getFirst().amps();
    }

    private static double inlet(RackReading reading) {
        return Objects.requireNonNull(Objects.requireNonNull(reading.inlet()).topCelsius());
    }

    private static long hold(Rack rack) {
        return 3 * rack.reportInterval().toMillis();
    }

    /** What a rack said in a window; where it said nothing, all that it said in the last second in which it spoke, if three intervals have not passed since. */
    private List<RackReading> said(Rack rack, long start, long end) {
        String device = "h01/" + rack.id();
        List<Reading> said = within(device, start, end);
        if (said.isEmpty()) {
            List<Reading> before = within(device, end - hold(rack), end);
            if (!before.isEmpty()) {
                long second = before.getLast().at().toEpochMilli() / 1_000 * 1_000;
                said = within(device, second, second + 1_000);
            }
        }
        return said.stream().map(RackReading.class::cast).toList();
    }

    /** Means are of whole milliwatts a rack: within half a milliwatt for each of them. */
    private static void value(HallMetrics metrics, Metric metric, OptionalDouble expected) {
        value(metrics, metric, "", expected);
    }

    private static void value(HallMetrics metrics, Metric metric, Optional<Double> expected) {
        value(metrics, metric, expected.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
    }

    private static void value(HallMetrics metrics, Metric metric, String key, OptionalDouble expected) {
        OptionalDouble actual = metrics.quantities().value(metric, key);
        assertThat(actual.isPresent()).as("%s in %s", metric, metrics.window()).isEqualTo(expected.isPresent());
        if (expected.isPresent()) {
            assertThat(actual.getAsDouble())
                    .as("%s in %s", metric, metrics.window())
                    .isCloseTo(expected.getAsDouble(), Assertions.within(0.002));
        }
    }
}
