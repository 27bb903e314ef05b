package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.rack.RackReport.ABSENT;

import io.hallwatt.aggregate.energy.Energy;
import io.hallwatt.aggregate.rack.FeedLimits;
import io.hallwatt.aggregate.rack.RackSummary;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.AshraeClass;
import io.hallwatt.contract.site.Hall;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** A hall's quantities in one closed window: every metric of the catalogue's scope, or the reason why it is not known. */
final class HallQuantities {
    private static final String[] FEEDS = {"A", "B"};
    private static final String[] PHASES = {"L1", "L2", "L3"};
    private static final double FEED_LOSS_LIMIT = 0.8;

    private final RackSummary racks;
    private final UnitLayout units;
    private final CoolingQuantities cooled;
    private final Hall hall;
    private final long windowMillis;
    private final Quantities.Builder quantities = Quantities.builder();

    HallQuantities(RackSummary racks, UnitLayout units, CoolingQuantities cooled, Hall hall, long start, long end) {
        this.racks = racks;
        this.units = units;
        this.hall = hall;
        this.windowMillis = end - start;
        this.cooled = cooled;
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
        partialPue(new Side(get(Metric.HALL_IT_POWER), completeness()), cooled.electrical());
        put(Metric.HALL_CER, cooled.efficiency(get(Metric.HALL_THERMAL_POWER), get(Metric.HALL_COOLING_POWER)));
        return quantities.build();
    }

    /** Of a minute or longer: with energies, and the least and largest of the seconds' means. */
    Quantities span(
            HallSpan span,
            @Nullable Energy it,
            @Nullable CoolingEnergy coolingEnergy,
            boolean watered,
            @Nullable Energy water) {
        powers(
                span.least == HallSpan.NO_LEAST ? ABSENT : span.least,
                span.largest == HallSpan.NO_LARGEST ? ABSENT : span.largest);
        boolean cools = units.expected() > 0;
        energy(Metric.HALL_IT_ENERGY, Metric.HALL_IT_ENERGY_COMPLETENESS, true, it);
        Energy used = coolingEnergy == null ? null : coolingEnergy.all();
        energy(Metric.HALL_COOLING_ENERGY, Metric.HALL_COOLING_ENERGY_COMPLETENESS, cools, used);
        energy(Metric.HALL_WATER, Metric.HALL_WATER_COMPLETENESS, watered, water);
        Quantity electrical = get(Metric.HALL_COOLING_ENERGY);
        partialPue(side(get(Metric.HALL_IT_ENERGY), it), side(electrical, used));
        put(Metric.HALL_CER, cooled.efficiency(get(Metric.HALL_THERMAL_POWER), electrical, coolingEnergy));
        return quantities.build();
    }

    private void energy(Metric metric, Metric completeness, boolean metered, @Nullable Energy energy) {
        if (!metered) {
            quantities.unknown(metric, Reason.NOT_MEASURED);
            quantities.unknown(completeness, Reason.NOT_MEASURED);
            return;
        }
        put(metric, energy(energy));
        put(
                completeness,
                energy == null || energy.metersExpected() == 0
                        ? Quantity.unknown(Reason.BOUNDARY_UNKNOWN)
                        : Quantity.measured(known(energy)));
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
        headroom();
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
            Quantity power = feedPower(f);
            quantities.put(Metric.HALL_FEED_POWER, FEEDS[f], power);
            phases(f, power);
            double[] loads = values(r -> racks.feedLoad(r, feed));
            double[] headroom = values(r -> racks.breakerHeadroom(r, feed));
            quantities.put(
                    Metric.HALL_FEED_LOAD_MAX,
                    FEEDS[f],
                    worst(loads, 1, toldOfFeed(loads, feed), load -> load > FEED_LOSS_LIMIT));
            quantities.put(
                    Metric.HALL_BREAKER_HEADROOM,
                    FEEDS[f],
                    worst(headroom, -1, toldOfFeed(headroom, feed), amps -> amps < 0));
            lost(f);
        }
        IntPredicate both = r -> racks.hasFeed(r, 0) && racks.hasFeed(r, 1);
        double[] loads = values(racks::feedLossLoad);
        Told told = told(loads, both, both, racks::fedMillis);
        DoublePredicate atRisk = load -> load > FEED_LOSS_LIMIT;
        put(Metric.HALL_FEED_LOSS_LOAD_MAX, worst(loads, 1, told, atRisk));
        put(
                Metric.HALL_FEED_LOSS_RISK,
                risks((int) Arrays.stream(loads).filter(atRisk).count(), told));
    }

    /** A count of risks: none is said where more than a few racks are mute, and those that are seen are told however few speak. */
    private static Quantity risks(int seen, Told told) {
        if (told.part() < Side.LEAST && seen == 0) {
            return Quantity.unknown(told.known() == 0 ? Reason.NO_READINGS : Reason.INCOMPLETE);
        }
        return Quantity.known(seen, !told.whole());
    }

    private double[] values(IntToDoubleFunction byRack) {
        double[] values = new double[racks.racks()];
        Arrays.setAll(values, byRack);
        return values;
    }

    /**
     * How many racks tell a value.
     *
     * @param values by row; NaN where the rack does not tell
     * @param stands of a row: whether the figure stands for it
     * @param should whether the rack should tell it: where it does not, it is mute
     * @param millis for how long it was heard
     */
    private Told told(double[] values, IntPredicate stands, IntPredicate should, IntToLongFunction millis) {
        int expected = 0;
        int mute = 0;
        int known = 0;
        int heard = 0;
        for (int r = 0; r < values.length; r++) {
            boolean tells = !Double.isNaN(values[r]);
            expected += tells || stands.test(r) ? 1 : 0;
            mute += !tells && should.test(r) ? 1 : 0;
            known += tells ? 1 : 0;
            heard += tells && heard(millis.applyAsLong(r)) ? 1 : 0;
        }
        return new Told(expected, mute, known, heard);
    }

    /** Whether so long is nearly the whole window. In a second a reading is all that there is to hear. */
    private boolean heard(long millis) {
        return windowMillis <= Resolution.SECOND.millis() || millis >= Side.LEAST * windowMillis;
    }

    private Told toldOfFeed(double[] values, int feed) {
        IntPredicate has = r -> racks.hasFeed(r, feed);
        return told(values, has, has, r -> racks.feedCoveredMillis(r, feed));
    }

    /**
     * The site model does not say which racks have sensors of air: one that reports and never told of any has none. One that did, and does not, is missing, but not
     * mute: sensors may speak less often than the rack.
     *
     * @param senses of a row that reports: whether it has the sensors
     */
    private Told toldOfAir(double[] values, IntPredicate senses) {
        return told(values, r -> !racks.reporting(r) || senses.test(r), r -> !racks.reporting(r), racks::heardMillis);
    }

    /** How many racks are without a feed, of those that tell. */
    private void lost(int feed) {
        int lost = 0;
        int tell = 0;
        boolean modelled = false;
        for (int r = 0; r < racks.racks(); r++) {
            double without = racks.feedLost(r, feed);
            modelled |= racks.hasFeed(r, feed);
            tell += Double.isNaN(without) ? 0 : 1;
            lost += without == 1 ? 1 : 0;
        }
        Reason none = modelled ? Reason.NO_READINGS : Reason.NOT_MEASURED;
        quantities.put(Metric.HALL_FEED_LOST_RACKS, FEEDS[feed], known(tell == 0 ? Double.NaN : lost, none));
        quantities.put(Metric.HALL_FEED_LOST, FEEDS[feed], known(lost / (double) tell, none));
    }

    /** A feed's power by phase: shared out as the racks that tell their phases draw. */
    private void phases(int feed, Quantity power) {
        double[] milliwatts = new double[PHASES.length];
        double[] amps = new double[PHASES.length];
        boolean partly = false;
        int three = 0;
        int heard = 0;
        int expected = 0;
        for (int r = 0; r < racks.racks(); r++) {
            boolean tells = racks.addPhasePower(r, feed, milliwatts);
            partly |= !tells && racks.feedCoveredMillis(r, feed) > 0;
            boolean tellsThree = racks.addPhaseAmps(r, feed, amps);
            three += tellsThree ? 1 : 0;
            heard += tellsThree && heard(racks.feedCoveredMillis(r, feed)) ? 1 : 0;
            expected += tellsThree || racks.hasThreePhases(r, feed) ? 1 : 0;
        }
        double all = Arrays.stream(milliwatts).sum();
        Quantity told = all > 0 ? Quantity.known(all, partly) : Quantity.unknown(Reason.NO_READINGS);
        for (int phase = 0; phase < PHASES.length; phase++) {
            double part = milliwatts[phase];
            quantities.put(
                    Metric.HALL_PHASE_POWER,
                    FEEDS[feed] + "/" + PHASES[phase],
                    Quantity.of(power, told, (watts, sum) -> watts * part / sum));
        }
        double imbalance = FeedLimits.imbalance(amps[0], amps[1], amps[2]);
        quantities.put(
                Metric.HALL_PHASE_IMBALANCE,
                FEEDS[feed],
                Double.isNaN(imbalance)
                        ? Quantity.unknown(three > 0 ? Reason.DIVISOR_ZERO : Reason.NO_READINGS)
                        : new Told(expected, expected - three, three, heard).quantity(imbalance));
    }

    private static Quantity known(double value, Reason none) {
        return Double.isNaN(value) ? Quantity.unknown(none) : Quantity.measured(value);
    }

    /** What the hall could take more, and which constraint is in the way. */
    private void headroom() {
        cooled.put(quantities);
        Quantity it = get(Metric.HALL_IT_POWER);
        Quantity capacity = cooled.capacityWithoutLargest();
        Quantity rack = rackHeadroom();
        Quantity power = Quantity.of(it, it, (watts, same) -> hall.powerCapacityWatts() - watts);
        Quantity cooling = Quantity.of(capacity, it, (watts, load) -> watts - load);
        put(Metric.HALL_COOLING_REDUNDANCY, cooled.redundancy(new Side(it, completeness())));
        put(Metric.HALL_RACK_HEADROOM, rack);
        put(Metric.HALL_POWER_HEADROOM, power);
        put(Metric.HALL_COOLING_HEADROOM, cooling);
        Quantity all = Quantity.of(rack, Quantity.of(power, cooling, Math::min), Math::min);
        Headroom headroom = new Headroom(number(rack), number(power), number(cooling));
        put(Metric.HALL_USABLE_HEADROOM, Quantity.of(all, all, (least, same) -> headroom.usable()));
        for (Headroom.Constraint constraint : Headroom.Constraint.values()) {
            String key = constraint.name().toLowerCase(Locale.ROOT);
            quantities.put(
                    Metric.HALL_STRANDED, key, Quantity.of(all, all, (least, same) -> headroom.stranded(constraint)));
            quantities.put(
                    Metric.HALL_BINDING,
                    key,
                    Quantity.of(all, all, (least, same) -> headroom.binding() == constraint ? 1 : 0));
        }
    }

    /** NaN where it is not known. */
    private static double number(Quantity quantity) {
        return switch (quantity) {
            case Quantity.Measured measured -> measured.value();
            case Quantity.Estimated estimated -> estimated.value();
            case Quantity.Unknown unknown -> Double.NaN;
        };
    }

    private Quantity rackHeadroom() {
        double sum = 0;
        int known = 0;
        int heard = 0;
        boolean feeds = false;
        for (int r = 0; r < racks.racks(); r++) {
            feeds |= racks.hasFeed(r, 0) || racks.hasFeed(r, 1);
            double watts = racks.feedLossHeadroom(r);
            known += Double.isNaN(watts) ? 0 : 1;
            heard += !Double.isNaN(watts) && heard(racks.fedMillis(r)) ? 1 : 0;
            sum += Double.isNaN(watts) ? 0 : Math.max(0, watts);
        }
        if (known == 0) {
            return Quantity.unknown(feeds ? Reason.NO_READINGS : Reason.NOT_MEASURED);
        }
        return 2 * known < racks.racks()
                ? Quantity.unknown(Reason.INCOMPLETE)
                : Quantity.known(sum, heard < racks.racks());
    }

    private void counts() {
        int reporting = 0;
        int awaited = 0;
        for (int r = 0; r < racks.racks(); r++) {
            reporting += racks.reporting(r) ? 1 : 0;
            awaited += racks.awaited(r) ? 1 : 0;
        }
        quantities.put(Metric.HALL_RACKS_EXPECTED, racks.racks());
        put(
                Metric.HALL_RACKS_REPORTING,
                reporting == 0 && awaited > 0 ? Quantity.unknown(Reason.NO_READINGS) : Quantity.measured(reporting));
        quantities.put(Metric.HALL_RACKS_SILENT, racks.racks() - reporting - awaited);
        quantities.put(Metric.HALL_COMPLETENESS, completeness());
    }

    private void inlets() {
        double[] hottest = values(racks::inletMax);
        double[] known =
                Arrays.stream(hottest).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (known.length == 0) {
            for (Metric metric : new Metric[] {
                Metric.HALL_INLET_MEAN,
                Metric.HALL_INLET_P95,
                Metric.HALL_INLET_MAX,
                Metric.HALL_INLET_MIN,
                Metric.HALL_INLET_RECOMMENDED_EXCESS,
                Metric.HALL_INLET_ALLOWABLE_EXCESS,
                Metric.HALL_RCI_HIGH,
                Metric.HALL_RCI_LOW,
                Metric.HALL_RTI
            }) {
                quantities.unknown(metric, Reason.NO_READINGS);
            }
            return;
        }
        Told told = toldOfAir(hottest, racks::sensesIntake);
        AshraeClass ashrae = hall.ashrae();
        put(Metric.HALL_INLET_MEAN, told.quantity(Arrays.stream(known).sum() / known.length));
        put(Metric.HALL_INLET_P95, told.quantity(known[(95 * known.length + 99) / 100 - 1]));
        DoublePredicate hot = celsius -> celsius > ashrae.recommendedMaxCelsius();
        DoublePredicate cold = celsius -> celsius < ashrae.recommendedMinCelsius();
        Quantity max = worst(hottest, 1, told, hot);
        put(Metric.HALL_INLET_MAX, max);
        double[] coldest = values(racks::inletMin);
        put(Metric.HALL_INLET_MIN, worst(coldest, -1, told, cold));
        put(Metric.HALL_INLET_RECOMMENDED_EXCESS, above(max, ashrae.recommendedMaxCelsius()));
        put(Metric.HALL_INLET_ALLOWABLE_EXCESS, above(max, ashrae.allowableMaxCelsius()));
        double[] intakes = Arrays.stream(coldest).filter(v -> !Double.isNaN(v)).toArray();
        put(
                Metric.HALL_RCI_HIGH,
                told.quantity(
                        CoolingFigures.rciHigh(known, ashrae.recommendedMaxCelsius(), ashrae.allowableMaxCelsius())));
        put(
                Metric.HALL_RCI_LOW,
                told.quantity(
                        CoolingFigures.rciLow(intakes, ashrae.recommendedMinCelsius(), ashrae.allowableMinCelsius())));
        double[] watts = values(r -> racks.milliwatts(r) == ABSENT ? Double.NaN : racks.milliwatts(r) / 1000.0);
        double[] kelvin = values(r -> racks.outlet(r) - racks.inletMean(r));
        Told warms = toldOfAir(
                values(r -> Double.isNaN(watts[r]) ? Double.NaN : kelvin[r]),
                r -> racks.sensesIntake(r) && racks.sensesOutlet(r));
        put(Metric.HALL_RTI, cooled.returnTemperatureIndex(CoolingFigures.equipmentKelvin(watts, kelvin), warms));
    }

    private static Quantity above(Quantity max, double limit) {
        return switch (max) {
            case Quantity.Measured measured -> Quantity.measured(measured.value() - limit, measured.where());
            case Quantity.Estimated estimated -> Quantity.estimated(estimated.value() - limit, estimated.where());
            case Quantity.Unknown unknown -> unknown;
        };
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
        return Quantity.known(
                total, energy.metersComplete() < energy.metersExpected() || energy.estimatedMilliwattHours() != 0);
    }

    private static double known(@Nullable Energy energy) {
        return energy == null || energy.metersExpected() == 0
                ? 0
                : energy.metersComplete() / (double) energy.metersExpected();
    }

    private static Side side(Quantity quantity, @Nullable Energy energy) {
        return new Side(quantity, known(energy));
    }

    private void partialPue(Side it, Side used) {
        Quantity pue;
        if (it.quantity() instanceof Quantity.Unknown) {
            pue = it.quantity();
        } else if (used.quantity() instanceof Quantity.Unknown) {
            pue = used.quantity();
        } else if (Quantity.number(used.quantity()) < 0) {
            pue = Quantity.unknown(Reason.IMPLAUSIBLE);
        } else {
            pue = Side.ratio(it.plus(used), it, (all, own) -> all / own);
        }
        put(Metric.HALL_PARTIAL_PUE, pue);
    }

    private Quantity get(Metric metric) {
        return Objects.requireNonNull(quantities.get(metric), metric::name);
    }

    /** @param shows of the worst: whether it is a fault by itself */
    private Quantity worst(double[] values, int sign, Told told, DoublePredicate shows) {
        int worst = -1;
        for (int r = 0; r < values.length; r++) {
            if (!Double.isNaN(values[r]) && (worst < 0 || sign * values[r] > sign * values[worst])) {
                worst = r;
            }
        }
        return worst < 0
                ? Quantity.unknown(Reason.NO_READINGS)
                : told.quantity(values[worst], racks.id(worst).text(), shows.test(values[worst]));
    }

    private static Quantity watts(long milliwatts, boolean partly, Reason why) {
        if (milliwatts == ABSENT) {
            return Quantity.unknown(why);
        }
        return Quantity.known(milliwatts / 1000.0, partly);
    }

    private void put(Metric metric, Quantity quantity) {
        quantities.put(metric, quantity);
    }
}
