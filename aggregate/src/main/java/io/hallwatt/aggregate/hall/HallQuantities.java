package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.rack.RackReport.ABSENT;

import io.hallwatt.aggregate.energy.Energy;
import io.hallwatt.aggregate.rack.RackSummary;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Hall;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A hall's quantities in one closed window: every metric of the catalogue's scope, or the reason why it is not known. */
final class HallQuantities {
    private final RackSummary racks;
    private final double completeness;
    private final long milliwatts;
    private final RackFigures figures;
    private final UnitLayout units;
    private final CoolingQuantities cooled;
    private final Hall hall;
    private final Quantities.Builder quantities = Quantities.builder();

    HallQuantities(RackSummary racks, UnitLayout units, CoolingQuantities cooled, Hall hall) {
        this.racks = racks;
        this.completeness = completeness(racks);
        this.milliwatts = completeness < RackSummary.LEAST_COMPLETENESS ? ABSENT : milliwatts(racks);
        this.figures = new RackFigures(racks);
        this.units = units;
        this.hall = hall;
        this.cooled = cooled;
    }

    RackSummary racks() {
        return racks;
    }

    /** Part of the window, over all expected racks, for which power is known. */
    double completeness() {
        return completeness;
    }

    private static double completeness(RackSummary racks) {
        long covered = 0;
        for (int r = 0; r < racks.racks(); r++) {
            covered += Math.min(racks.windowMillis(), racks.coveredMillis(r));
        }
        return racks.racks() == 0 ? 0 : covered / ((double) racks.racks() * racks.windowMillis());
    }

    /** Sum over racks of the mean, mW; {@code ABSENT} where less than half of the window is known. */
    long milliwatts() {
        return milliwatts;
    }

    private static long milliwatts(RackSummary racks) {
        long sum = 0;
        boolean any = false;
        for (int r = 0; r < racks.racks(); r++) {
            long milliwatts = racks.milliwatts(r);
            if (milliwatts != ABSENT) {
                sum += milliwatts;
                any = true;
            }
        }
        return any ? sum : ABSENT;
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
        new FeedQuantities(racks, figures, quantities).put();
        counts();
        new InletQuantities(racks, figures, quantities).put(hall.ashrae(), cooled);
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
            if (racks.coveredMillis(r) < racks.windowMillis()) {
                return true;
            }
        }
        return false;
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
        double[] headroom = racks.feedLossHeadrooms();
        for (int r = 0; r < racks.racks(); r++) {
            feeds |= racks.hasFeed(r, 0) || racks.hasFeed(r, 1);
            double watts = headroom[r];
            known += Double.isNaN(watts) ? 0 : 1;
            heard += !Double.isNaN(watts) && figures.heard(racks.fedMillis(r)) ? 1 : 0;
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

    static Quantity watts(long milliwatts, boolean partly, Reason why) {
        if (milliwatts == ABSENT) {
            return Quantity.unknown(why);
        }
        return Quantity.known(milliwatts / 1000.0, partly);
    }

    private void put(Metric metric, Quantity quantity) {
        quantities.put(metric, quantity);
    }
}
