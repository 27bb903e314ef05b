package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.rack.RackSums;
import io.hallwatt.aggregate.rack.RackWindow;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;

/** What a hall's devices last said, as long as it holds: power between its readings, states of cooling units, and what racks say besides power. */
final class HeldReports {
    private final Reporters racks;
    private final Reporters units;
    private final CoolingSums lastStates = new CoolingSums(0);
    /** Of each rack what it said in the last second in which it spoke; holds as long as its power does. */
    private final RackSums latestRacks = new RackSums(0);

    HeldReports(HallDevices devices) {
        this.racks = devices.reportingRacks;
        this.units = devices.reportingUnits;
    }

    /** Makes room for more cooling units; racks make it as they speak. */
    void grow(int unitRows) {
        lastStates.grow(unitRows);
    }

    /**
     * Ends a second: integrates over it what was said before and in it, and then holds what was said last. To be called once, seconds in order.
     *
     * @return the second's racks; its cooling is in the second
     */
    RackSums integrate(long start, HallSecond second) {
        long end = start + HallSecond.MILLIS;
        RackSums closed = second.racks.close(racks.held, start, end);
        closed.remember(latestRacks);
        CoolingSums cooling = second.coolingSums;
        units.held.integrate(second.cooling, start, end, cooling::covered);
        states(cooling, end);
        heard(cooling);
        return closed;
    }

    /** A unit that speaks less often than every second is still in the state it last named, as long as its power holds. */
    private void states(CoolingSums cooling, long end) {
        for (int unit = 0; unit < cooling.units(); unit++) {
            lastStates.inherit(unit, cooling);
            if (lastStates.lastState(unit) != null && lastStates.stateAt(unit) + units.held.hold(unit) >= end) {
                cooling.inherit(unit, lastStates);
            }
        }
    }

    /** A unit's last reading holds as its power does. */
    private void heard(CoolingSums cooling) {
        for (int unit = 0; unit < cooling.units(); unit++) {
            cooling.heldUntil(unit, units.held.heldUntil(unit));
        }
    }

    /** Adds to a minute what holds of a part of it in which nobody spoke. */
    void addSilence(HallSpan minute, long from, long to) {
        RackWindow.silence(racks.held, minute.racks, from, to);
        units.held.integrateSilence(from, to, minute.cooling::covered);
        heard(minute.cooling);
    }

    /** The racks that spoke in a closed second said this last. */
    void latest(RackSums closed) {
        latestRacks.latest(closed);
    }

    /** Fills the silent racks of a closed second with what they last said; only for what is published. */
    void fill(RackSums closed, long end) {
        closed.fill(latestRacks, rack -> racks.holds(rack, end));
    }

    /** At a minute's end: it keeps what still holds of its silent racks. */
    void fill(HallSpan minute, long end) {
        minute.hold(latestRacks, rack -> racks.holds(rack, end));
    }

    /** Until when the power of anybody holds, epoch ms; least of all numbers where none does. */
    long until() {
        return Math.max(racks.held.heldUntil(), units.held.heldUntil());
    }

    /**
     * Power holds no longer: the input ended, or the hall has left.
     *
     * @return whether there was any
     */
    boolean reset() {
        boolean racksHeld = racks.held.reset();
        boolean unitsHeld = units.held.reset();
        return racksHeld || unitsHeld;
    }

    void write(StateWriter out) {
        racks.held.write(out);
        units.held.write(out);
        lastStates.write(out);
        latestRacks.write(out);
    }

    void read(StateReader in) {
        racks.held.read(in);
        units.held.read(in);
        lastStates.add(CoolingSums.read(in));
        latestRacks.add(RackSums.read(in));
    }
}
