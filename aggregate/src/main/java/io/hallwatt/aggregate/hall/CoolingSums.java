package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.hall.CoolingSample.CHANNELS;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.CoolingState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the cooling units of one hall said in one window: readings, by channel of {@link CoolingSample} covered time and integral, and the last state. */
final class CoolingSums {
    private static final long NEVER = Long.MIN_VALUE;

    private long[] readings = new long[0];
    /** By unit and channel: ms for which it is known, and its integral over them. */
    private long[] covered = new long[0];

    private long[] integral = new long[0];
    private long[] heldUntil = new long[0];
    private long[] stateAt = new long[0];
    private long[] stateSequence = new long[0];
    private @Nullable CoolingState[] state = new @Nullable CoolingState[0];

    CoolingSums(int units) {
        grow(units);
    }

    int units() {
        return readings.length;
    }

    void grow(int units) {
        int before = readings.length;
        if (units > before) {
            readings = Arrays.copyOf(readings, units);
            covered = Arrays.copyOf(covered, units * CHANNELS);
            integral = Arrays.copyOf(integral, units * CHANNELS);
            heldUntil = Arrays.copyOf(heldUntil, units);
            Arrays.fill(heldUntil, before, units, NEVER);
            stateAt = Arrays.copyOf(stateAt, units);
            Arrays.fill(stateAt, before, units, NEVER);
            stateSequence = Arrays.copyOf(stateSequence, units);
            state = Arrays.copyOf(state, units);
        }
    }

    void read(int unit, @Nullable CoolingState said, long at, long sequence) {
        readings[unit]++;
        if (said != null) {
            state(unit, at, sequence, said);
        }
    }

    private void state(int unit, long at, long sequence, @Nullable CoolingState said) {
        if (at > stateAt[unit] || (at == stateAt[unit] && sequence > stateSequence[unit])) {
            stateAt[unit] = at;
            stateSequence[unit] = sequence;
            state[unit] = said;
        }
    }

    /** Takes over what another window last heard of the unit's state, where it was heard later. */
    void inherit(int unit, CoolingSums other) {
        if (other.stateAt[unit] != NEVER) {
            state(unit, other.stateAt[unit], other.stateSequence[unit], other.state[unit]);
        }
    }

    void covered(int unit, int channel, long millis, long valueMillis) {
        covered[unit * CHANNELS + channel] += millis;
        integral[unit * CHANNELS + channel] += valueMillis;
    }

    /** The unit's last reading holds until then, epoch ms; least of all numbers where there is none. */
    void heldUntil(int unit, long until) {
        heldUntil[unit] = Math.max(heldUntil[unit], until);
    }

    void add(CoolingSums other) {
        grow(other.units());
        for (int u = 0; u < other.units(); u++) {
            readings[u] += other.readings[u];
            for (int c = 0; c < CHANNELS; c++) {
                covered(u, c, other.covered[u * CHANNELS + c], other.integral[u * CHANNELS + c]);
            }
            heldUntil(u, other.heldUntil[u]);
            inherit(u, other);
        }
    }

    /** Whether it has a reading in the window, or its last one still holds at the window's end. */
    boolean reporting(int unit, long end) {
        return readings[unit] > 0 || heldUntil[unit] >= end;
    }

    long coveredMillis(int unit, int channel) {
        return covered[unit * CHANNELS + channel];
    }

    /** Integral over the covered time, in the channel's unit times ms. */
    long sum(int unit, int channel) {
        return integral[unit * CHANNELS + channel];
    }

    /** Mean over the covered time in the channel's unit, a whole number; only where some is covered. */
    long mean(int unit, int channel) {
        long millis = coveredMillis(unit, channel);
        return Math.floorDiv(integral[unit * CHANNELS + channel] + millis / 2, millis);
    }

    /** The last state said in the window, or null where none was. */
    @Nullable
    CoolingState lastState(int unit) {
        return state[unit];
    }

    /** When the last state was said, epoch ms. */
    long stateAt(int unit) {
        return stateAt[unit];
    }

    void write(StateWriter out) {
        out.integer(units());
        for (int u = 0; u < units(); u++) {
            writeUnit(u, out);
        }
    }

    static CoolingSums read(StateReader in) {
        CoolingSums sums = new CoolingSums(in.count());
        for (int u = 0; u < sums.units(); u++) {
            sums.readUnit(u, in);
        }
        return sums;
    }

    void writeUnit(int unit, StateWriter out) {
        out.integer(readings[unit]);
        for (int c = unit * CHANNELS; c < (unit + 1) * CHANNELS; c++) {
            out.integer(covered[c]);
            out.integer(integral[c]);
        }
        out.integerOr(heldUntil[unit], NEVER);
        out.integerOr(stateAt[unit], NEVER);
        out.integer(stateSequence[unit]);
        CoolingState said = state[unit];
        out.text(said == null ? "" : said.name());
    }

    /** Takes it over in place of what is there. */
    void readUnit(int unit, StateReader in) {
        readings[unit] = in.integer();
        for (int c = unit * CHANNELS; c < (unit + 1) * CHANNELS; c++) {
            covered[c] = in.integer();
            integral[c] = in.integer();
        }
        heldUntil[unit] = in.integerOr(NEVER);
        stateAt[unit] = in.integerOr(NEVER);
        stateSequence[unit] = in.integer();
        String said = in.text();
        state[unit] = said.isEmpty() ? null : CoolingState.valueOf(said);
    }
}
