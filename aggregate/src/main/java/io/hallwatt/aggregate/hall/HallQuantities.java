package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.rack.RackReport.ABSENT;

import io.hallwatt.aggregate.energy.Energy;
import io.hallwatt.aggregate.rack.RackSummary;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.AshraeClass;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Hall;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A hall's quantities in one closed window: every metric of the catalogue's scope, or the reason why it is not known. */
final class HallQuantities {
    private static final String[] FEEDS = {"A", "B"};
    private static final double FEED_LOSS_LIMIT = 0.8;

    private final RackSummary racks;
    private final UnitLayout units;
    private final CoolingSums cooling;
    private final Hall hall;
    private final long end;
    private final long windowMillis;
    private final Quantities.Builder quantities = Quantities.builder();

    HallQuantities(RackSummary racks, UnitLayout units, CoolingSums cooling, Hall hall, long start, long end) {
        this.racks = racks;
        this.units = units;
        this.cooling = cooling;
        this.hall = hall;
        this.end = end;
        this.windowMillis = end - start;
        cooling.grow(units.rows());
    }

    /** Part of the window, over all expected racks, for which power is known. */
    double completeness() {
        long covered = 0;
        for (int r = 0; r < racks.racks(); r++) {
            covered += Math.min(windowMillis, racks.coveredMillis(r));
        }
        return racks.racks() == 0 ? 0 : covered / ((double) racks.racks() * windowMillis);
    }

    /** Sum over racks of the mean, mW; {@code ABSENT} where less than half of the window is known. */
    long milliwatts() {
        long sum = 0;
        boolean any = false;
        for (int r = 0; r < racks.racks(); r++) {
            if (racks.milliwatts(r) != ABSENT) {
                sum += racks.milliwatts(r);
                any = true;
            }
        }
        return any && completeness() >= RackSummary.LEAST_COMPLETENESS ? sum : ABSENT;
    }

    /** Of one second: least and largest are sums over racks of their least and largest samples. */
    Quantities second() {
        long least = 0;
        long largest = 0;
        for (int r = 0; r < racks.racks(); r++) {
            if (racks.milliwatts(r) != ABSENT) {
                least += racks.leastMilliwatts(r);
                largest += racks.largestMilliwatts(r);
            }
        }
        boolean known = milliwatts() != ABSENT;
        powers(known ? least : ABSENT, known ? largest : ABSENT);
        partialPue(Metric.HALL_IT_POWER, Metric.HALL_COOLING_POWER);
        return quantities.build();
    }

    /** Of a minute or longer: with energies, and the least and largest of the seconds' means. */
    Quantities span(HallSpan span, @Nullable Energy it, @Nullable Energy coolingEnergy) {
        powers(
                span.least == HallSpan.NO_LEAST ? ABSENT : span.least,
                span.largest == HallSpan.NO_LARGEST ? ABSENT : span.largest);
        put(Metric.HALL_IT_ENERGY, energy(it));
        put(
                Metric.HALL_COOLING_ENERGY,
                units.expected() == 0 ? Quantity.unknown(Reason.NOT_MEASURED) : energy(coolingEnergy));
        partialPue(Metric.HALL_IT_ENERGY, Metric.HALL_COOLING_ENERGY);
        return quantities.build();
    }

    private void powers(long least, long largest) {
        Reason why = anyPower() ? Reason.INCOMPLETE : Reason.NO_READINGS;
        boolean partly = partly();
        put(Metric.HALL_IT_POWER, watts(milliwatts(), partly, why));
        put(Metric.HALL_IT_POWER_MIN, watts(least, partly, why));
        put(Metric.HALL_IT_POWER_MAX, watts(largest, partly, why));
        feeds();
        counts();
        inlets();
        coolingUnits();
    }

    private boolean anyPower() {
        for (int r = 0; r < racks.racks(); r++) {
            if (racks.coveredMillis(r) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the power of some expected rack is not known for the whole window. */
    private boolean partly() {
        for (int r = 0; r < racks.racks(); r++) {
            if (racks.coveredMillis(r) < windowMillis) {
                return true;
            }
        }
        return false;
    }

    /** Sum over racks of a feed's mean; estimated where some rack that has the feed does not tell it for the whole window. */
    private Quantity feedPower(int feed) {
        long sum = 0;
        boolean any = false;
        boolean partly = false;
        for (int r = 0; r < racks.racks(); r++) {
            long covered = racks.feedCoveredMillis(r, feed);
            partly |= covered < windowMillis && (covered > 0 || racks.hasFeed(r, feed));
            if (racks.feedMilliwatts(r, feed) != ABSENT) {
                sum += racks.feedMilliwatts(r, feed);
                any = true;
            }
        }
        return watts(any ? sum : ABSENT, partly, Reason.NO_READINGS);
    }

    private void feeds() {
        for (int f = 0; f < 2; f++) {
            int feed = f;
            quantities.put(Metric.HALL_FEED_POWER, FEEDS[f], feedPower(f));
            quantities.put(Metric.HALL_FEED_LOAD_MAX, FEEDS[f], worst(r -> racks.feedLoad(r, feed), 1));
        }
        put(Metric.HALL_FEED_LOSS_LOAD_MAX, worst(racks::feedLossLoad, 1));
        int atRisk = 0;
        boolean any = false;
        for (int r = 0; r < racks.racks(); r++) {
            double load = racks.feedLossLoad(r);
            any |= !Double.isNaN(load);
            atRisk += load > FEED_LOSS_LIMIT ? 1 : 0;
        }
        put(Metric.HALL_FEED_LOSS_RISK, any ? Quantity.measured(atRisk) : Quantity.unknown(Reason.NO_READINGS));
    }

    private void counts() {
        int reporting = 0;
        for (int r = 0; r < racks.racks(); r++) {
            reporting += racks.reporting(r) ? 1 : 0;
        }
        quantities.put(Metric.HALL_RACKS_EXPECTED, racks.racks());
        quantities.put(Metric.HALL_RACKS_REPORTING, reporting);
        quantities.put(Metric.HALL_RACKS_SILENT, racks.racks() - reporting);
        quantities.put(Metric.HALL_COMPLETENESS, completeness());
    }

    private void inlets() {
        double[] hottest = new double[racks.racks()];
        Arrays.setAll(hottest, racks::inletMax);
        double[] known =
                Arrays.stream(hottest).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (known.length == 0) {
            for (Metric metric : new Metric[] {
                Metric.HALL_INLET_MEAN,
                Metric.HALL_INLET_P95,
                Metric.HALL_INLET_MAX,
                Metric.HALL_INLET_MIN,
                Metric.HALL_INLET_RECOMMENDED_EXCESS,
                Metric.HALL_INLET_ALLOWABLE_EXCESS
            }) {
                quantities.unknown(metric, Reason.NO_READINGS);
            }
            return;
        }
        quantities.put(Metric.HALL_INLET_MEAN, Arrays.stream(known).sum() / known.length);
        quantities.put(Metric.HALL_INLET_P95, known[(95 * known.length + 99) / 100 - 1]);
        Quantity.Measured max = (Quantity.Measured) worst(racks::inletMax, 1);
        put(Metric.HALL_INLET_MAX, max);
        put(Metric.HALL_INLET_MIN, worst(racks::inletMin, -1));
        AshraeClass ashrae = hall.ashrae();
        put(
                Metric.HALL_INLET_RECOMMENDED_EXCESS,
                Quantity.measured(max.value() - ashrae.recommendedMaxCelsius(), max.where()));
        put(
                Metric.HALL_INLET_ALLOWABLE_EXCESS,
                Quantity.measured(max.value() - ashrae.allowableMaxCelsius(), max.where()));
    }

    private void coolingUnits() {
        int silent = 0;
        int running = 0;
        int failed = 0;
        int known = 0;
        boolean partly = false;
        long sum = 0;
        for (int u = 0; u < units.rows(); u++) {
            CoolingUnit unit = units.unit(u);
            if (unit == null) {
                continue;
            }
            silent += cooling.reporting(u, end) ? 0 : 1;
            CoolingState state = cooling.lastState(u);
            running += state == CoolingState.RUNNING ? 1 : 0;
            failed += state == CoolingState.FAILED ? 1 : 0;
            quantities.put(
                    Metric.HALL_COOLING_UNIT_FAILED,
                    unit.id().text(),
                    state == null
                            ? Quantity.unknown(Reason.NO_READINGS)
                            : Quantity.measured(state == CoolingState.FAILED ? 1 : 0));
            long covered = cooling.coveredMillis(u);
            if (covered > 0 && covered >= RackSummary.LEAST_COMPLETENESS * windowMillis) {
                known++;
                partly |= covered < windowMillis;
                sum += Math.floorDiv(cooling.microjoules(u) + covered / 2, covered);
            }
        }
        put(Metric.HALL_COOLING_POWER, coolingPower(known, partly, sum));
        quantities.put(Metric.HALL_COOLING_UNITS_EXPECTED, units.expected());
        quantities.put(Metric.HALL_COOLING_UNITS_RUNNING, running);
        quantities.put(Metric.HALL_COOLING_UNITS_FAILED, failed);
        quantities.put(Metric.HALL_COOLING_UNITS_SILENT, silent);
    }

    private Quantity coolingPower(int known, boolean partly, long milliwatts) {
        if (units.expected() == 0) {
            return Quantity.unknown(Reason.NOT_MEASURED);
        }
        if (known == 0) {
            return Quantity.unknown(Reason.NO_READINGS);
        }
        return watts(
                2 * known < units.expected() ? ABSENT : milliwatts,
                partly || known < units.expected(),
                Reason.INCOMPLETE);
    }

    /** Measured where every meter's energy is known; estimated where nearly all (95 %, domain rule for PUE); else unknown. */
    static Quantity energy(@Nullable Energy energy) {
        if (energy == null || energy.metersComplete() == 0) {
            return Quantity.unknown(Reason.BOUNDARY_UNKNOWN);
        }
        if (energy.metersComplete() < 0.95 * energy.metersExpected()) {
            return Quantity.unknown(Reason.INCOMPLETE);
        }
        double total = energy.totalMilliwattHours();
        return energy.metersComplete() < energy.metersExpected() || energy.estimatedMilliwattHours() != 0
                ? Quantity.estimated(total)
                : Quantity.measured(total);
    }

    private void partialPue(Metric itMetric, Metric coolingMetric) {
        double it = number(itMetric);
        double cooling = number(coolingMetric);
        if (Double.isNaN(it)) {
            quantities.unknown(Metric.HALL_PARTIAL_PUE, reason(itMetric));
        } else if (Double.isNaN(cooling)) {
            quantities.unknown(Metric.HALL_PARTIAL_PUE, reason(coolingMetric));
        } else if (it <= 0) {
            quantities.unknown(Metric.HALL_PARTIAL_PUE, Reason.DIVISOR_ZERO);
        } else if (cooling < 0) {
            quantities.unknown(Metric.HALL_PARTIAL_PUE, Reason.IMPLAUSIBLE);
        } else {
            double ratio = (it + cooling) / it;
            put(
                    Metric.HALL_PARTIAL_PUE,
                    estimated(itMetric) || estimated(coolingMetric)
                            ? Quantity.estimated(ratio)
                            : Quantity.measured(ratio));
        }
    }

    private boolean estimated(Metric metric) {
        return quantities.build().get(metric) instanceof Quantity.Estimated;
    }

    private double number(Metric metric) {
        return quantities.build().value(metric).orElse(Double.NaN);
    }

    private Reason reason(Metric metric) {
        return quantities.build().get(metric) instanceof Quantity.Unknown unknown ? unknown.reason() : Reason.OTHER;
    }

    private Quantity worst(IntToDoubleFunction value, int sign) {
        int worst = -1;
        for (int r = 0; r < racks.racks(); r++) {
            double v = value.applyAsDouble(r);
            if (!Double.isNaN(v) && (worst < 0 || sign * v > sign * value.applyAsDouble(worst))) {
                worst = r;
            }
        }
        return worst < 0
                ? Quantity.unknown(Reason.NO_READINGS)
                : Quantity.measured(value.applyAsDouble(worst), racks.id(worst).text());
    }

    private static Quantity watts(long milliwatts, boolean partly, Reason why) {
        if (milliwatts == ABSENT) {
            return Quantity.unknown(why);
        }
        return partly ? Quantity.estimated(milliwatts / 1000.0) : Quantity.measured(milliwatts / 1000.0);
    }

    private void put(Metric metric, Quantity quantity) {
        quantities.put(metric, quantity);
    }
}
