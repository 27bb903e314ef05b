package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.rack.RackWindow;
import io.hallwatt.aggregate.state.ChangedRows;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.aggregate.window.PowerSamples;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.site.CoolingUnit;

/** One hall in one open second. */
final class HallSecond {
    static final long MILLIS = Resolution.SECOND.millis();

    final RackWindow racks;
    final PowerSamples cooling;
    final CoolingSums coolingSums;
    /** Event time of the newest reading in it, epoch ms; least of all numbers where there is none. */
    long newest = Long.MIN_VALUE;

    private final long[] value = new long[CoolingSample.CHANNELS];
    /** Units that spoke since this was last written. */
    private final ChangedRows changedUnits = new ChangedRows();

    private boolean changed;

    HallSecond(int racks, int units) {
        this(new RackWindow(racks), new PowerSamples(units, CoolingSample.CHANNELS), new CoolingSums(units));
    }

    private HallSecond(RackWindow racks, PowerSamples cooling, CoolingSums coolingSums) {
        this.racks = racks;
        this.cooling = cooling;
        this.coolingSums = coolingSums;
        changedUnits.grow(coolingSums.units());
    }

    void grow(int rackRows, int unitRows) {
        racks.grow(rackRows);
        cooling.grow(unitRows);
        coolingSums.grow(unitRows);
        changedUnits.grow(unitRows);
    }

    /** @return false where the very reading was there already */
    boolean add(int unit, long start, CoolingReading reading, CoolingUnit model) {
        long at = reading.at().toEpochMilli();
        CoolingSample.of(reading, model, value);
        if (!cooling.add(unit, (int) (at - start), reading.sequence(), value)) {
            return false;
        }
        coolingSums.read(unit, reading.state(), at, reading.sequence());
        changedUnits.set(unit);
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
        cooling.write(out);
        coolingSums.write(out);
        out.integerOr(newest, Long.MIN_VALUE);
        written();
    }

    /** Devices that {@link #writeChanges} would write. */
    int changes() {
        return racks.changes() + changedUnits.count();
    }

    /** What changed since this was last written. */
    void writeChanges(StateWriter out) {
        racks.writeChanges(out);
        out.integer(changedUnits.count());
        for (int unit = changedUnits.next(0); unit >= 0; unit = changedUnits.next(unit + 1)) {
            out.integer(unit);
            cooling.writeDevice(unit, out);
            coolingSums.writeUnit(unit, out);
        }
        out.integerOr(newest, Long.MIN_VALUE);
        written();
    }

    private void written() {
        changedUnits.clear();
        changed = false;
    }

    /** Takes over what {@link #writeChanges} wrote. */
    void readChanges(StateReader in) {
        racks.readChanges(in);
        for (int count = in.count(); count > 0; count--) {
            int unit = in.count();
            cooling.readDevice(unit, in);
            coolingSums.readUnit(unit, in);
        }
        newest = in.integerOr(Long.MIN_VALUE);
    }

    static HallSecond read(StateReader in) {
        HallSecond second = new HallSecond(
                RackWindow.read(in), PowerSamples.read(in, CoolingSample.CHANNELS), CoolingSums.read(in));
        second.newest = in.integerOr(Long.MIN_VALUE);
        return second;
    }
}
