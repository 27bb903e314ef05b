package io.hallwatt.aggregate.window;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Up to which event time each device has told everything. The frontier of a device is the time up to which its sequence numbers have no gap, plus nine
 * tenths of its interval: it promised not to speak before that. The interval is the site model's, or the device's own last step where that is shorter.
 *
 * <p>Times are epoch ms. Devices are numbered from 0; numbers are never reused.
 */
public final class DeviceFrontiers {
    /** Before all time: nothing was seen. */
    public static final long NEVER = Long.MIN_VALUE;

    /** Sequence numbers ahead of a gap that are remembered; a longer gap is taken as a restart of the count. */
    private static final int AHEAD = 64;

    private int size;
    private long[] interval = new long[0];
    private long[] newestAt = new long[0];
    private long[] contiguousAt = new long[0];
    private long[] nextSequence = new long[0];
    private long[] ahead = new long[0];
    private long[] beyondGapAt = new long[0];
    private long[] step = new long[0];
    private long[] settledAt = new long[0];
    /** Which of the last sequence numbers before the next were seen: bit 0 is the last. And the time of the first of the count. */
    private long[] behind = new long[0];

    private long[] firstAt = new long[0];
    /** Devices that changed since this was last written. */
    private final BitSet changed = new BitSet();

    public int size() {
        return size;
    }

    /** Makes room for devices up to {@code count}; those there keep what they have. */
    public void grow(int count) {
        int before = size;
        if (count <= before) {
            return;
        }
        size = count;
        interval = Arrays.copyOf(interval, count);
        newestAt = grown(newestAt, before, count);
        contiguousAt = grown(contiguousAt, before, count);
        nextSequence = Arrays.copyOf(nextSequence, count);
        ahead = Arrays.copyOf(ahead, count);
        beyondGapAt = grown(beyondGapAt, before, count);
        step = Arrays.copyOf(step, count);
        settledAt = grown(settledAt, before, count);
        behind = Arrays.copyOf(behind, count);
        firstAt = grown(firstAt, before, count);
        changed.set(before, count);
    }

    private static long[] grown(long[] values, int before, int count) {
        long[] grown = Arrays.copyOf(values, count);
        Arrays.fill(grown, before, count, NEVER);
        return grown;
    }

    /** The site model's report interval, ms. */
    public void interval(int device, long millis) {
        interval[device] = Math.max(1, millis);
    }

    public long interval(int device) {
        return interval[device];
    }

    public long newestAt(int device) {
        return newestAt[device];
    }

    /** Forgets what was seen, not the intervals: the input ended, and what comes next has nothing to do with it. */
    public void reset() {
        Arrays.fill(newestAt, NEVER);
        Arrays.fill(contiguousAt, NEVER);
        Arrays.fill(ahead, 0);
        Arrays.fill(beyondGapAt, NEVER);
        Arrays.fill(step, 0);
        Arrays.fill(settledAt, NEVER);
        changed.set(0, size);
    }

    /** @param grace how long predecessors of a device's first reading may be under way, ms */
    public void observe(int device, long at, long sequence, long grace) {
        changed.set(device);
        if (newestAt[device] == NEVER) {
            first(device, at, sequence, grace);
            return;
        }
        boolean newer = at > newestAt[device];
        long distance = sequence - nextSequence[device];
        if (distance == 0) {
            next(device, at, 1);
        } else if (distance > 0 && distance < AHEAD) {
            ahead[device] |= 1L << distance;
            beyondGapAt[device] = beyondGapAt[device] == NEVER ? at : Math.min(beyondGapAt[device], at);
        } else if (newer) {
            restart(device, at, sequence);
        } else if (distance < 0 && distance >= -AHEAD) {
            predecessor(device, at, 1L << (-distance - 1));
        }
        if (newer) {
            newestAt[device] = at;
            if (ahead[device] == 0) {
                contiguousAt[device] = at;
            }
        }
    }

    private void predecessor(int device, long at, long bit) {
        if ((behind[device] & bit) == 0) {
            behind[device] |= bit;
            firstAt[device] = Math.min(firstAt[device], at);
        }
    }

    private void first(int device, long at, long sequence, long grace) {
        newestAt[device] = at;
        contiguousAt[device] = at;
        nextSequence[device] = sequence + 1;
        behind[device] = 1;
        firstAt[device] = at;
        step[device] = 0;
        // Counting starts at 0; anything else may have predecessors, which the wire has shuffled.
        settledAt[device] = sequence == 0 ? NEVER : at + grace;
    }

    /** @param stepsToIt how many steps of the device's own the reading is after the one that was contiguous: those that were lost count */
    private void next(int device, long at, int stepsToIt) {
        long before = contiguousAt[device];
        long filled = Math.max(before, at);
        int steps = stepsToIt;
        nextSequence[device]++;
        behind[device] = behind[device] << 1 | 1;
        long waiting = ahead[device] >>> 1;
        while ((waiting & 1) != 0) {
            waiting >>>= 1;
            nextSequence[device]++;
            behind[device] = behind[device] << 1 | 1;
            steps++;
        }
        ahead[device] = waiting;
        if (waiting == 0) {
            filled = Math.max(filled, newestAt[device]);
            beyondGapAt[device] = NEVER;
        } else if (steps > 1) {
            beyondGapAt[device] = newestAt[device];
        }
        contiguousAt[device] = filled;
        if (filled > before) {
            step[device] = Math.max(1, (filled - before) / steps);
        }
    }

    private void restart(int device, long at, long sequence) {
        // How many readings the pause would have had is not known: it says only that the device speaks no more seldom.
        step[device] = Math.min(step[device], at - newestAt[device]);
        behind[device] = 1;
        firstAt[device] = at;
        nextSequence[device] = sequence + 1;
        ahead[device] = 0;
        beyondGapAt[device] = NEVER;
        contiguousAt[device] = at;
    }

    /**
     * Whether such a reading was seen before, as far as the sequence tells; for readings of closed windows, whose own memory is gone. Of a device that
     * started its count anew, what was before is not known any more.
     */
    public boolean seen(int device, long at, long sequence) {
        if (newestAt[device] == NEVER || at < firstAt[device]) {
            return false;
        }
        long distance = sequence - nextSequence[device];
        if (distance < 0) {
            return distance >= -AHEAD && (behind[device] & 1L << (-distance - 1)) != 0;
        }
        return distance < AHEAD && (ahead[device] & 1L << distance) != 0;
    }

    /** Waits no longer for what is missing in windows that are closed: readings up to {@code closed} would be late. */
    public void forgive(int device, long closed) {
        if (ahead[device] == 0 || beyondGapAt[device] > closed) {
            return;
        }
        changed.set(device);
        int gap = Long.numberOfTrailingZeros(ahead[device]);
        nextSequence[device] += gap;
        behind[device] <<= gap;
        ahead[device] >>>= gap;
        next(device, beyondGapAt[device], gap + 1);
    }

    /** Up to this event time the device has told everything, as seen when the newest reading of all devices is {@code newest}. */
    public long frontier(int device, long newest) {
        if (newestAt[device] == NEVER || newest < settledAt[device]) {
            return NEVER;
        }
        return contiguousAt[device] + Math.min(step[device], interval[device]) * 9 / 10;
    }

    /** Times as differences from the device before: devices of a hall speak at nearly the same time. */
    public void write(StateWriter out) {
        out.integer(size);
        Before before = new Before();
        for (int i = 0; i < size; i++) {
            write(i, before, out);
        }
        changed.clear();
    }

    /** Those of which something was seen since this was last written. */
    public void writeChanges(StateWriter out) {
        out.integer(changed.cardinality());
        Before before = new Before();
        for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
            out.integer(i);
            write(i, before, out);
        }
        changed.clear();
    }

    /** How many {@link #writeChanges} would write. */
    public int changes() {
        return changed.cardinality();
    }

    /** Times of the device that was written before. */
    private static final class Before {
        private long newest;
        private long first;
    }

    private void write(int i, Before before, StateWriter out) {
        out.integer(interval[i]);
        before.newest = difference(out, newestAt[i], before.newest);
        out.integerOr(contiguousAt[i] == NEVER ? NEVER : newestAt[i] - contiguousAt[i], NEVER);
        out.integer(nextSequence[i]);
        out.integer(ahead[i]);
        out.integerOr(beyondGapAt[i], NEVER);
        out.integer(step[i]);
        out.integerOr(settledAt[i] == NEVER ? NEVER : settledAt[i] - before.newest, NEVER);
        out.integer(behind[i]);
        before.first = difference(out, firstAt[i], before.first);
    }

    private static long difference(StateWriter out, long at, long before) {
        out.integerOr(at == NEVER ? NEVER : at - before, NEVER);
        return at == NEVER ? before : at;
    }

    public void read(StateReader in) {
        grow(in.count());
        Before before = new Before();
        for (int i = 0; i < size; i++) {
            read(i, before, in);
        }
    }

    /** Takes over what {@link #writeChanges} wrote. */
    public void readChanges(StateReader in) {
        Before before = new Before();
        for (int count = in.count(); count > 0; count--) {
            read(in.count(), before, in);
        }
    }

    private void read(int i, Before before, StateReader in) {
        interval[i] = in.integer();
        newestAt[i] = after(before.newest, in.integerOr(NEVER));
        before.newest = newestAt[i] == NEVER ? before.newest : newestAt[i];
        long lagging = in.integerOr(NEVER);
        contiguousAt[i] = lagging == NEVER ? NEVER : newestAt[i] - lagging;
        nextSequence[i] = in.integer();
        ahead[i] = in.integer();
        beyondGapAt[i] = in.integerOr(NEVER);
        step[i] = in.integer();
        settledAt[i] = after(before.newest, in.integerOr(NEVER));
        behind[i] = in.integer();
        firstAt[i] = after(before.first, in.integerOr(NEVER));
        before.first = firstAt[i] == NEVER ? before.first : firstAt[i];
    }

    private static long after(long before, long difference) {
        return difference == NEVER ? NEVER : before + difference;
    }
}
