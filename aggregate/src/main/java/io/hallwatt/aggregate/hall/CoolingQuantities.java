package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.rack.RackSummary;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.CoolingKind;
import io.hallwatt.contract.site.CoolingUnit;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a hall's cooling units did in one closed window. */
final class CoolingQuantities {
    /** Domain rule: below this part of the rated flow a difference of temperatures says nothing. */
    private static final double LEAST_FLOW = 0.02;

    private final UnitLayout units;
    private final CoolingSums sums;
    private final long end;
    private final long windowMillis;
    private final IntPredicate awaited;

    /** @param awaited whether a unit that is not heard may yet speak for the first time */
    CoolingQuantities(UnitLayout units, CoolingSums sums, long start, long end, IntPredicate awaited) {
        this.units = units;
        this.sums = sums;
        this.end = end;
        this.windowMillis = end - start;
        this.awaited = awaited;
        sums.grow(units.rows());
    }

    void put(Quantities.Builder quantities) {
        int silent = 0;
        int running = 0;
        int failed = 0;
        for (int u = 0; u < units.rows(); u++) {
            CoolingUnit unit = units.unit(u);
            if (unit == null) {
                continue;
            }
            silent += sums.reporting(u, end) || awaited.test(u) ? 0 : 1;
            CoolingState state = sums.lastState(u);
            running += state == CoolingState.RUNNING ? 1 : 0;
            failed += state == CoolingState.FAILED ? 1 : 0;
            quantities.put(
                    Metric.HALL_COOLING_UNIT_FAILED,
                    unit.id().text(),
                    state == null
                            ? Quantity.unknown(Reason.NO_READINGS)
                            : Quantity.measured(state == CoolingState.FAILED ? 1 : 0));
            quantities.put(Metric.HALL_COOLING_DELTA, unit.id().text(), delta(u));
        }
        quantities.put(Metric.HALL_COOLING_POWER, power(CoolingSample.ELECTRICAL, unit -> true));
        quantities.put(
                Metric.HALL_COOLING_COMPLETENESS,
                units.expected() == 0
                        ? Quantity.unknown(Reason.NOT_MEASURED)
                        : Quantity.measured(completeness(CoolingSample.ELECTRICAL, unit -> true)));
        quantities.put(Metric.HALL_THERMAL_POWER, thermalPower());
        quantities.put(Metric.HALL_COOLING_UNITS_EXPECTED, units.expected());
        quantities.put(Metric.HALL_COOLING_UNITS_RUNNING, running);
        quantities.put(Metric.HALL_COOLING_UNITS_FAILED, failed);
        quantities.put(Metric.HALL_COOLING_UNITS_SILENT, silent);
    }

    private boolean known(int unit, int channel) {
        long covered = sums.coveredMillis(unit, channel);
        return covered > 0 && covered >= RackSummary.LEAST_COMPLETENESS * windowMillis;
    }

    /** While there is flow, which may be for any part of the window. */
    private Quantity delta(int unit) {
        if (sums.coveredMillis(unit, CoolingSample.DELTA) > 0) {
            return Quantity.measured(sums.mean(unit, CoolingSample.DELTA) / 1000.0);
        }
        if (sums.coveredMillis(unit, CoolingSample.FLOW) > 0 && sums.mean(unit, CoolingSample.FLOW) == 0) {
            return Quantity.unknown(Reason.FLOW_TOO_LOW);
        }
        return Quantity.unknown(sums.reporting(unit, end) ? Reason.NOT_MEASURED : Reason.NO_READINGS);
    }

    /** Sum over units of the mean, W: estimated where some of it is not known, unknown where half of the units are not. */
    private Quantity power(int channel, Predicate<CoolingUnit> which) {
        int expected = 0;
        int known = 0;
        int backwards = 0;
        boolean reporting = false;
        boolean partly = false;
        long sum = 0;
        for (int u = 0; u < units.rows(); u++) {
            CoolingUnit unit = units.unit(u);
            if (unit == null || !which.test(unit)) {
                continue;
            }
            expected++;
            reporting |= sums.reporting(u, end);
            if (known(u, channel)) {
                known++;
                partly |= sums.coveredMillis(u, channel) < windowMillis;
                sum += sums.mean(u, channel);
            } else if (channel == CoolingSample.HEAT && backwards(u)) {
                backwards++;
            }
        }
        if (expected == 0) {
            return Quantity.unknown(Reason.NOT_MEASURED);
        }
        if (2 * known < expected || known == 0) {
            return Quantity.unknown(
                    backwards > 0
                            ? Reason.IMPLAUSIBLE
                            : known > 0
                                    ? Reason.INCOMPLETE
                                    : reporting && channel == CoolingSample.HEAT
                                            ? Reason.NOT_MEASURED
                                            : Reason.NO_READINGS);
        }
        return partly || known < expected ? Quantity.estimated(sum / 1000.0) : Quantity.measured(sum / 1000.0);
    }

    /** Part of a sum over units that is in it: 1 where there are none. */
    private double completeness(int channel, Predicate<CoolingUnit> which) {
        int expected = 0;
        long covered = 0;
        for (int u = 0; u < units.rows(); u++) {
            CoolingUnit unit = units.unit(u);
            if (unit != null && which.test(unit)) {
                expected++;
                covered += known(u, channel) ? Math.min(windowMillis, sums.coveredMillis(u, channel)) : 0;
            }
        }
        return expected == 0 ? 1 : covered / ((double) expected * windowMillis);
    }

    /** Electrical power of all units, as one side of a ratio. */
    Side electrical() {
        Predicate<CoolingUnit> all = unit -> true;
        return new Side(power(CoolingSample.ELECTRICAL, all), completeness(CoolingSample.ELECTRICAL, all));
    }

    private boolean backwards(int unit) {
        return sums.coveredMillis(unit, CoolingSample.BACKWARDS) > 0 && sums.sum(unit, CoolingSample.BACKWARDS) > 0;
    }

    private Quantity thermalPower() {
        return power(CoolingSample.HEAT, takesHeat());
    }

    private static boolean ofTheRoom(CoolingUnit unit) {
        return unit.kind() != CoolingKind.CHILLER;
    }

    /** Whose heat is the hall's: chillers carry on what the room's units took up, and count only where there are none of those. */
    private Predicate<CoolingUnit> takesHeat() {
        for (int u = 0; u < units.rows(); u++) {
            CoolingUnit unit = units.unit(u);
            if (unit != null && ofTheRoom(unit)) {
                return CoolingQuantities::ofTheRoom;
            }
        }
        return unit -> true;
    }

    /**
     * Heat over electricity, of powers: over the units that know both, and those whose electricity carries on the heat of others.
     *
     * @param heat       as published
     * @param electrical as published
     */
    Quantity efficiency(Quantity heat, Quantity electrical) {
        Quantity unknown = noEfficiency(heat, electrical);
        if (unknown != null) {
            return unknown;
        }
        Predicate<CoolingUnit> takesHeat = takesHeat();
        Channel taken = new Channel(CoolingSample.HEAT);
        Channel used = new Channel(CoolingSample.ELECTRICAL);
        for (int u = 0; u < units.rows(); u++) {
            CoolingUnit unit = units.unit(u);
            if (unit != null && takesHeat.test(unit)) {
                boolean both = known(u, CoolingSample.HEAT) && known(u, CoolingSample.ELECTRICAL);
                taken.add(u, both);
                used.add(u, both);
            } else if (unit != null) {
                used.add(u, known(u, CoolingSample.ELECTRICAL));
            }
        }
        return Side.ratio(taken.side(), used.side(), (all, watts) -> all / watts);
    }

    /** Likewise of energies: the heat that the window's mean power comes to, mWh, over what the registers say of electricity. */
    Quantity efficiency(Quantity heat, Side electrical) {
        Quantity unknown = noEfficiency(heat, electrical.quantity());
        if (unknown != null) {
            return unknown;
        }
        Quantity taken = Quantity.of(heat, heat, (watts, same) -> watts * windowMillis / 3_600);
        return Side.ratio(
                new Side(taken, completeness(CoolingSample.HEAT, takesHeat())),
                electrical,
                (all, energy) -> all / energy);
    }

    private @Nullable Quantity noEfficiency(Quantity heat, Quantity electrical) {
        if (flowTooLow()) {
            return Quantity.unknown(Reason.FLOW_TOO_LOW);
        }
        if (heat instanceof Quantity.Unknown) {
            return heat;
        }
        return electrical instanceof Quantity.Unknown ? electrical : null;
    }

    /** A sum over units of one channel's means, mW. */
    private final class Channel {
        private final int channel;
        private long sum;
        private long covered;
        private int expected;

        Channel(int channel) {
            this.channel = channel;
        }

        void add(int unit, boolean counts) {
            expected++;
            sum += counts ? sums.mean(unit, channel) : 0;
            covered += counts ? Math.min(windowMillis, sums.coveredMillis(unit, channel)) : 0;
        }

        Side side() {
            double known = expected == 0 ? 1 : covered / ((double) expected * windowMillis);
            return new Side(Quantity.measured((double) sum), known);
        }
    }

    private boolean flowTooLow() {
        Predicate<CoolingUnit> which = takesHeat();
        double rated = 0;
        double flow = 0;
        for (int u = 0; u < units.rows(); u++) {
            CoolingUnit unit = units.unit(u);
            Double most = unit == null || !which.test(unit) ? null : unit.ratedFlowLitresPerSecond();
            if (most != null && known(u, CoolingSample.FLOW)) {
                rated += most;
                flow += sums.mean(u, CoolingSample.FLOW) / 1000.0;
            }
        }
        return flow < LEAST_FLOW * rated;
    }

    /** Air's way through the hall: what the CRAHs' air is warmed by over what the racks warm theirs by. */
    Quantity returnTemperatureIndex(double equipmentKelvin) {
        double flowDelta = 0;
        double flow = 0;
        boolean handlers = false;
        boolean backwards = false;
        for (int u = 0; u < units.rows(); u++) {
            CoolingUnit unit = units.unit(u);
            if (unit == null || unit.kind() != CoolingKind.CRAH) {
                continue;
            }
            handlers = true;
            backwards |= backwards(u);
            if (known(u, CoolingSample.FLOW_DELTA)) {
                flowDelta += sums.mean(u, CoolingSample.FLOW_DELTA) / 1000.0;
                flow += sums.mean(u, CoolingSample.FLOW) / 1000.0;
            }
        }
        if (!handlers) {
            return Quantity.unknown(Reason.NOT_MEASURED);
        }
        if (backwards) {
            return Quantity.unknown(Reason.IMPLAUSIBLE);
        }
        if (flow == 0 || Double.isNaN(equipmentKelvin)) {
            return Quantity.unknown(Reason.NO_READINGS);
        }
        double index = CoolingFigures.returnTemperatureIndex(flowDelta / flow, equipmentKelvin);
        return Double.isNaN(index) ? Quantity.unknown(Reason.DIVISOR_ZERO) : Quantity.measured(index);
    }

    /** Heat that the hall's cooling could carry with its largest unit away, W: the less of what the room's units and what the chillers could. */
    Quantity capacityWithoutLargest() {
        Quantity room = capacityWithoutLargest(CoolingQuantities::ofTheRoom);
        Quantity chillers = capacityWithoutLargest(unit -> !ofTheRoom(unit));
        if (room == null || chillers == null) {
            Quantity only = room == null ? chillers : room;
            return only == null ? Quantity.unknown(Reason.NOT_MEASURED) : only;
        }
        return Quantity.of(room, chillers, Math::min);
    }

    private @Nullable Quantity capacityWithoutLargest(Predicate<CoolingUnit> which) {
        int expected = 0;
        int heard = 0;
        double all = 0;
        double largest = 0;
        for (int u = 0; u < units.rows(); u++) {
            CoolingUnit unit = units.unit(u);
            if (unit == null || !which.test(unit)) {
                continue;
            }
            expected++;
            heard += sums.reporting(u, end) || sums.lastState(u) != null ? 1 : 0;
            if (able(u)) {
                all += unit.ratedCoolingWatts();
                largest = Math.max(largest, unit.ratedCoolingWatts());
            }
        }
        if (expected == 0) {
            return null;
        }
        return heard == 0 ? Quantity.unknown(Reason.NO_READINGS) : Quantity.measured(all - largest);
    }

    /** Running, or ready to; a unit that says nothing of its state does what it was bought for while it reports. */
    private boolean able(int unit) {
        CoolingState state = sums.lastState(unit);
        return switch (state) {
            case null -> sums.reporting(unit, end);
            case RUNNING, STANDBY -> true;
            case OFF, FAILED -> false;
        };
    }
}
