package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.rack.RackWindow;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.aggregate.window.PowerSamples;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.site.CoolingUnit;

/** One hall in one open second. */
final class HallSecond {
    final RackWindow racks;
    final PowerSamples cooling;
    final CoolingSums coolingSums;
    /** Event time of the newest reading in it, epoch ms; least of all numbers where there is none. */
    long newest = Long.MIN_VALUE;

    private final long[] value = new long[CoolingSample.CHANNELS];
    private boolean changed;

    HallSecond(int racks, int units) {
        this(new RackWindow(racks), new PowerSamples(units, CoolingSample.CHANNELS), new CoolingSums(units));
    }

    private HallSecond(RackWindow racks, PowerSamples cooling, CoolingSums coolingSums) {
        this.racks = racks;
        this.cooling = cooling;
        this.coolingSums = coolingSums;
    }

    void grow(int rackRows, int unitRows) {
        racks.grow(rackRows);
        cooling.grow(unitRows);
        coolingSums.grow(unitRows);
    }

    /** @return false where the very reading was there already */
    boolean add(int unit, long start, CoolingReading reading, CoolingUnit model) {
        long at = reading.at().toEpochMilli();
        CoolingSample.of(reading, model, value);
        if (!cooling.add(unit, (int) (at - start), reading.sequence(), value)) {
            return false;
        }
        coolingSums.read(unit, reading.state(), at, reading.sequence());
        return true;
    }

    /** A reading of that time has come in. */
    void heard(long at) {
        newest = Math.max(newest, at);
        changed = true;
    }

    /** Whether anything came in since this was last written. */
    boolean changed() {
        return changed;
    }

    void write(StateWriter out) {
        racks.write(out);
        writeRest(out);
    }

    private void writeRest(StateWriter out) {
        cooling.write(out);
        coolingSums.write(out);
        out.integerOr(newest, Long.MIN_VALUE);
        changed = false;
    }

    /** What changed since this was last written; of the few cooling units all. */
    void writeChanges(StateWriter out) {
        racks.writeChanges(out);
        writeRest(out);
    }

    /** This second with what {@link #writeChanges} wrote. */
    HallSecond withChanges(StateReader in) {
        racks.readChanges(in);
        return read(racks, in);
    }

    static HallSecond read(StateReader in) {
        return read(RackWindow.read(in), in);
    }

    private static HallSecond read(RackWindow racks, StateReader in) {
        HallSecond second = new HallSecond(racks, PowerSamples.read(in, CoolingSample.CHANNELS), CoolingSums.read(in));
        second.newest = in.integerOr(Long.MIN_VALUE);
        return second;
    }
}
