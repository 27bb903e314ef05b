package io.hallwatt.aggregate.window;

import static io.hallwatt.aggregate.window.PowerSamples.ABSENT;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import java.util.Arrays;

/**
 * The last power sample of each device before the window that closes next, and the integration of windows that follow each other: sample i holds from
 * t_i to min(t_{i+1}, t_i + H, end), µJ = mW × ms in whole numbers. What no sample covers is unknown, not zero.
 */
public final class HeldPower {
    private static final long NEVER = DeviceFrontiers.NEVER;

    /** Takes what was integrated: for one device and channel, the time covered and the energy in it. */
    @FunctionalInterface
    public interface Sink {
        void covered(int device, int channel, long millis, long microjoules);
    }

    private final int channels;
    private long[] at = new long[0];
    private long[] hold = new long[0];
    private long[] milliwatts = new long[0];

    public HeldPower(int channels) {
        this.channels = channels;
    }

    public void grow(int devices) {
        int before = at.length;
        if (devices > before) {
            at = Arrays.copyOf(at, devices);
            Arrays.fill(at, before, devices, NEVER);
            hold = Arrays.copyOf(hold, devices);
            milliwatts = Arrays.copyOf(milliwatts, devices * channels);
        }
    }

    /** The longest that a sample of the device holds, ms. */
    public void hold(int device, long millis) {
        hold[device] = millis;
    }

    public long hold(int device) {
        return hold[device];
    }

    /** Integrates a window from the held samples and its own, and then holds the last ones. Windows come in order. */
    public void integrate(PowerSamples samples, long start, long end, Sink sink) {
        for (int d = 0; d < at.length; d++) {
            int count = d < samples.devices() ? samples.count(d) : 0;
            long until = count == 0 ? end : start + samples.offset(d, 0);
            if (at[d] != NEVER) {
                long to = Math.min(until, at[d] + hold[d]);
                for (int c = 0; c < channels; c++) {
                    cover(d, c, start, to, milliwatts[d * channels + c], sink);
                }
            }
            for (int i = 0; i < count; i++) {
                long from = start + samples.offset(d, i);
                long next = i + 1 < count ? start + samples.offset(d, i + 1) : end;
                long to = Math.min(next, from + hold[d]);
                for (int c = 0; c < channels; c++) {
                    cover(d, c, from, to, samples.milliwatts(d, i, c), sink);
                }
            }
            if (count > 0) {
                at[d] = start + samples.offset(d, count - 1);
                for (int c = 0; c < channels; c++) {
                    milliwatts[d * channels + c] = samples.milliwatts(d, count - 1, c);
                }
            }
        }
    }

    /** Integrates a span in which no device spoke. */
    public void integrateSilence(long start, long end, Sink sink) {
        for (int d = 0; d < at.length; d++) {
            if (at[d] != NEVER) {
                long to = Math.min(end, at[d] + hold[d]);
                for (int c = 0; c < channels; c++) {
                    cover(d, c, start, to, milliwatts[d * channels + c], sink);
                }
            }
        }
    }

    /** Until when any sample still holds; {@link DeviceFrontiers#NEVER} where none does. */
    public long heldUntil() {
        long until = NEVER;
        for (int d = 0; d < at.length; d++) {
            if (at[d] != NEVER && known(d)) {
                until = Math.max(until, at[d] + hold[d]);
            }
        }
        return until;
    }

    /** Until when the device's last sample holds; {@link DeviceFrontiers#NEVER} where there is none. */
    public long heldUntil(int device) {
        return at[device] == NEVER ? NEVER : at[device] + hold[device];
    }

    /** A device that speaks of other things than power holds none. */
    private boolean known(int device) {
        for (int c = 0; c < channels; c++) {
            if (milliwatts[device * channels + c] != ABSENT) {
                return true;
            }
        }
        return false;
    }

    /**
     * Forgets the samples: the input ended.
     *
     * @return whether there was any
     */
    public boolean reset() {
        boolean any = false;
        for (int d = 0; d < at.length; d++) {
            any |= at[d] != NEVER;
            at[d] = NEVER;
        }
        return any;
    }

    private static void cover(int device, int channel, long from, long to, long milliwatts, Sink sink) {
        if (to > from && milliwatts != ABSENT) {
            sink.covered(device, channel, to - from, Math.multiplyExact(milliwatts, to - from));
        }
    }

    public void write(StateWriter out) {
        out.integer(at.length);
        for (int d = 0; d < at.length; d++) {
            out.integerOr(at[d], NEVER);
            out.integer(hold[d]);
            for (int c = 0; c < channels; c++) {
                out.integerOr(milliwatts[d * channels + c], ABSENT);
            }
        }
    }

    public void read(StateReader in) {
        grow(in.count());
        for (int d = 0; d < at.length; d++) {
            at[d] = in.integerOr(NEVER);
            hold[d] = in.integer();
            for (int c = 0; c < channels; c++) {
                milliwatts[d * channels + c] = in.integerOr(ABSENT);
            }
        }
    }
}
