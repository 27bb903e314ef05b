package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.energy.Energy;
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

    private static final double MILLIS_IN_HOUR = 3_600_000;

    private final UnitLayout units;
    private final CoolingSums sums;
    private final long end;
    private final long windowMillis;
    private final IntPredicate awaited;
    private final @Nullable Capacity capacity;

    /** @param awaited whether a unit that is not heard may yet speak for the first time */
    CoolingQuantities(UnitLayout units, CoolingSums sums, long start, long end, IntPredicate awaited) {
        this.units = units;
        this.sums = sums;
        this.end = end;
        this.windowMillis = end - start;
        this.awaited = awaited;
        sums.grow(units.rows());
        this.capacity = ofGroups();
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
                units.expected() == 0 ? Quantity.unknown(Reason.NOT_MEASURED) : Quantity.measured(completeness()));
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
        return Quantity.known(sum / 1000.0, partly || known < expected);
    }

    /** Part of the units' electrical power that is known: 1 where there are none. */
    private double completeness() {
        Channel electrical = new Channel(CoolingSample.ELECTRICAL);
        for (int u = 0; u < units.rows(); u++) {
            if (units.unit(u) != null) {
                electrical.add(u, known(u, CoolingSample.ELECTRICAL));
            }
        }
        return electrical.known();
    }

    /** Electrical power of all units, as one side of a ratio. */
    Side electrical() {
        return new Side(power(CoolingSample.ELECTRICAL, unit -> true), completeness());
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

    /**
     * Likewise of energies: the heat that the window's mean power comes to over what the registers say of electricity.
     *
     * @param energy null where nothing is known of it, as the published one says
     */
    Quantity efficiency(Quantity heat, Quantity electrical, @Nullable CoolingEnergy energy) {
        Quantity unknown = noEfficiency(heat, electrical);
        if (unknown != null) {
            return unknown;
        }
        if (energy == null) {
            return Quantity.unknown(Reason.BOUNDARY_UNKNOWN);
        }
        Predicate<CoolingUnit> takesHeat = takesHeat();
        Channel taken = new Channel(CoolingSample.HEAT);
        Energy used = Energy.NONE;
        int meters = 0;
        for (int u = 0; u < units.rows(); u++) {
            CoolingUnit unit = units.unit(u);
            Energy own = unit == null ? Energy.NONE : energy.of(u);
            if (unit == null || own.metersExpected() == 0) {
                continue; // it came in the middle of the window
            }
            meters++;
            boolean takes = takesHeat.test(unit);
            boolean both = own.metersComplete() > 0 && (!takes || known(u, CoolingSample.HEAT));
            used = both ? used.plus(own) : used;
            if (takes) {
                taken.add(u, both);
            }
        }
        double milliwattHours = used.totalMilliwattHours();
        Quantity electricity = Quantity.known(milliwattHours, used.estimatedMilliwattHours() != 0);
        Side registers = new Side(electricity, used.metersComplete() / (double) meters);
        return Side.ratio(
                taken.side(), registers, (milliwatts, all) -> milliwatts * windowMillis / MILLIS_IN_HOUR / all);
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

        /** Part of the units' time that is in it: 1 where there are none. */
        double known() {
            return expected == 0 ? 1 : covered / ((double) expected * windowMillis);
        }

        Side side() {
            return new Side(Quantity.measured((double) sum), known());
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
    Quantity returnTemperatureIndex(double equipmentKelvin, Told racks) {
        double flowDelta = 0;
        double flow = 0;
        int handlers = 0;
        int telling = 0;
        boolean partly = !racks.whole();
        boolean backwards = false;
        for (int u = 0; u < units.rows(); u++) {
            CoolingUnit unit = units.unit(u);
            if (unit == null || unit.kind() != CoolingKind.CRAH) {
                continue;
            }
            handlers++;
            backwards |= backwards(u);
            partly |= sums.coveredMillis(u, CoolingSample.FLOW_DELTA) < windowMillis;
            if (known(u, CoolingSample.FLOW_DELTA)) {
                telling++;
                flowDelta += sums.mean(u, CoolingSample.FLOW_DELTA) / 1000.0;
                flow += sums.mean(u, CoolingSample.FLOW) / 1000.0;
            }
        }
        if (handlers == 0) {
            return Quantity.unknown(Reason.NOT_MEASURED);
        }
        if (backwards) {
            return Quantity.unknown(Reason.IMPLAUSIBLE);
        }
        if (flow == 0 || Double.isNaN(equipmentKelvin)) {
            return Quantity.unknown(Reason.NO_READINGS);
        }
        if (!racks.enough() || 2 * telling < handlers) {
            return Quantity.unknown(Reason.INCOMPLETE);
        }
        double index = CoolingFigures.returnTemperatureIndex(flowDelta / flow, equipmentKelvin);
        if (Double.isNaN(index)) {
            return Quantity.unknown(Reason.DIVISOR_ZERO);
        }
        return Quantity.known(index, partly);
    }

    /**
     * Heat that cooling could carry with its largest unit away, W.
     *
     * @param least where no unit could that is not heard
     * @param most  where each of those could
     * @param heard part of the units that are heard
     */
    private record Capacity(double least, double most, double heard) {
        /** Of two groups that carry the same heat on. */
        Capacity and(Capacity other) {
            return new Capacity(Math.min(least, other.least), Math.min(most, other.most), Math.min(heard, other.heard));
        }
    }

    /** The less of what the room's units and what the chillers could; null where there are no units. */
    private @Nullable Capacity ofGroups() {
        Capacity room = capacity(CoolingQuantities::ofTheRoom);
        Capacity chillers = capacity(unit -> !ofTheRoom(unit));
        if (room == null || chillers == null) {
            return room == null ? chillers : room;
        }
        return room.and(chillers);
    }

    /** Heat that the hall's cooling could carry with its largest unit away, W; what is not heard carries none. */
    Quantity capacityWithoutLargest() {
        if (capacity == null) {
            return Quantity.unknown(Reason.NOT_MEASURED);
        }
        if (capacity.heard() < RackSummary.LEAST_COMPLETENESS) {
            return Quantity.unknown(capacity.heard() == 0 ? Reason.NO_READINGS : Reason.INCOMPLETE);
        }
        return Quantity.known(capacity.least(), capacity.heard() < 1);
    }

    /**
     * That capacity over the load. Where more than a few units or racks are mute it is told only if it is below 1 whatever they would say: mute racks only add to
     * the load.
     */
    Quantity redundancy(Side it) {
        if (capacity == null || capacity.heard() == 0) {
            return capacityWithoutLargest();
        }
        if (it.quantity() instanceof Quantity.Unknown) {
            return it.quantity();
        }
        double load = Quantity.number(it.quantity());
        if (!(load > 0)) {
            return Quantity.unknown(Reason.DIVISOR_ZERO);
        }
        boolean tooLittle = capacity.most() < load;
        if (!tooLittle && (capacity.heard() < Side.LEAST || it.known() < Side.LEAST)) {
            return Quantity.unknown(Reason.INCOMPLETE);
        }
        double redundancy = capacity.least() / load;
        return Quantity.known(redundancy, capacity.heard() < 1 || it.quantity() instanceof Quantity.Estimated);
    }

    private @Nullable Capacity capacity(Predicate<CoolingUnit> which) {
        int expected = 0;
        int heard = 0;
        double able = 0;
        double largest = 0;
        double all = 0;
        double largestOfAll = 0;
        for (int u = 0; u < units.rows(); u++) {
            CoolingUnit unit = units.unit(u);
            if (unit == null || !which.test(unit)) {
                continue;
            }
            expected++;
            boolean speaks = sums.reporting(u, end) || sums.lastState(u) != null;
            heard += speaks ? 1 : 0;
            if (able(u)) {
                able += unit.ratedCoolingWatts();
                largest = Math.max(largest, unit.ratedCoolingWatts());
            }
            if (able(u) || !speaks) {
                all += unit.ratedCoolingWatts();
                largestOfAll = Math.max(largestOfAll, unit.ratedCoolingWatts());
            }
        }
        return expected == 0 ? null : new Capacity(able - largest, all - largestOfAll, heard / (double) expected);
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
