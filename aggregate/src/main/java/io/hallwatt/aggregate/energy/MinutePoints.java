package io.hallwatt.aggregate.energy;

import java.util.Arrays;
import java.util.BitSet;

/**
 * First and last register point of each meter in one UTC minute: all that a boundary of minutes, quarters and hours needs. Adding is commutative
 * and idempotent; of two values at one instant the smaller counts. 28 bytes a meter.
 */
final class MinutePoints {
    static final long LENGTH_MILLIS = 60_000;

    private static final char ABSENT = Character.MAX_VALUE; // an offset is below 60,000

    private final char[] firstOffset;
    private final char[] lastOffset;
    private final long[] first;
    private final long[] last;
    private final int[] firstWatts;
    private final int[] lastWatts;
    private final long start;
    private boolean dirty = true;
    /** Meters that changed since the last commit. */
    private final BitSet changed = new BitSet();

    MinutePoints(long startMillis, int meters) {
        start = startMillis;
        firstOffset = new char[meters];
        Arrays.fill(firstOffset, ABSENT);
        lastOffset = new char[meters];
        first = new long[meters];
        last = new long[meters];
        firstWatts = new int[meters];
        lastWatts = new int[meters];
    }

    /** @return whether something changed */
    boolean add(int meter, long at, long milliwattHours, int watts) {
        char offset = (char) (at - start);
        boolean absent = firstOffset[meter] == ABSENT;
        boolean earlier = absent
                || offset < firstOffset[meter]
                || (offset == firstOffset[meter] && before(milliwattHours, watts, first[meter], firstWatts[meter]));
        boolean later = absent
                || offset > lastOffset[meter]
                || (offset == lastOffset[meter] && before(milliwattHours, watts, last[meter], lastWatts[meter]));
        if (earlier) {
            firstOffset[meter] = offset;
            first[meter] = milliwattHours;
            firstWatts[meter] = watts;
        }
        if (later) {
            lastOffset[meter] = offset;
            last[meter] = milliwattHours;
            lastWatts[meter] = watts;
        }
        if (earlier || later) {
            dirty = true;
            changed.set(meter);
            return true;
        }
        return false;
    }

    private static boolean before(long milliwattHours, int watts, long thatMilliwattHours, int thatWatts) {
        return milliwattHours < thatMilliwattHours || (milliwattHours == thatMilliwattHours && watts < thatWatts);
    }

    long start() {
        return start;
    }

    /** Whether it changed since it was last asked, and so has to be written whole; for the writer of its part. */
    boolean takeDirty() {
        boolean was = dirty;
        dirty = false;
        changed.clear();
        return was;
    }

    void markDirty() {
        dirty = true;
        for (int meter = 0; meter < firstOffset.length; meter++) {
            changed.set(meter, has(meter));
        }
    }

    /** Meters that changed since the last commit. */
    int changes() {
        return changed.cardinality();
    }

    boolean has(int meter) {
        return firstOffset[meter] != ABSENT;
    }

    /** Feeds the meter's points of this minute to its fold. */
    RegisterFold fold(int meter, MeterSpec spec, RegisterFold before, Track track) {
        if (!has(meter)) {
            return before;
        }
        RegisterFold after = before.then(
                spec, new RegisterPoint(start + firstOffset[meter], first[meter]), firstWatts[meter], track);
        if (lastOffset[meter] == firstOffset[meter]) {
            return after;
        }
        return after.then(spec, new RegisterPoint(start + lastOffset[meter], last[meter]), lastWatts[meter], track);
    }

    /** Likewise of a minute that is not over at {@code until}: its first point alone, if it lies before, for its last is not known yet. */
    RegisterFold foldFirst(int meter, MeterSpec spec, RegisterFold before, Track track, long until) {
        return has(meter) && oldest(meter) < until
                ? before.then(spec, new RegisterPoint(oldest(meter), first[meter]), firstWatts[meter], track)
                : before;
    }

    /** The later of the minute's points, epoch ms. */
    long newest(int meter) {
        return start + lastOffset[meter];
    }

    /** The earlier of them. */
    long oldest(int meter) {
        return start + firstOffset[meter];
    }

    void write(PartWriter out) {
        int present = 0;
        for (char offset : firstOffset) {
            present += offset == ABSENT ? 0 : 1;
        }
        out.count(present);
        int next = 0;
        for (int meter = 0; meter < firstOffset.length; meter++) {
            if (has(meter)) {
                write(meter, next, out);
                next = meter + 1;
            }
        }
    }

    /** The meters that changed since the last commit, in the form of {@link #write}. */
    void writeChanges(PartWriter out) {
        out.count(changed.cardinality());
        int next = 0;
        for (int meter = changed.nextSetBit(0); meter >= 0; meter = changed.nextSetBit(meter + 1)) {
            write(meter, next, out);
            next = meter + 1;
        }
        changed.clear();
    }

    private void write(int meter, int next, PartWriter out) {
        out.count(meter - next);
        out.count(firstOffset[meter]);
        out.number(first[meter]);
        out.number(firstWatts[meter]);
        out.count(lastOffset[meter] - firstOffset[meter]);
        if (lastOffset[meter] != firstOffset[meter]) {
            out.number(last[meter] - first[meter]);
            out.number((long) lastWatts[meter] - firstWatts[meter]);
        }
    }

    /**
     * Adds what {@link #write} or {@link #writeChanges} wrote; {@code meterOf} says which index a meter has now, below 0 where it is gone. What was written
     * later holds all that was written before, so that adding it is enough.
     */
    void read(PartReader in, int[] meterOf) {
        int present = in.count();
        int next = 0;
        for (int i = 0; i < present; i++) {
            int written = next + in.count();
            next = written + 1;
            int offset = in.count();
            long value = in.number();
            int watts = (int) in.number();
            int span = in.count();
            int meter = meterOf[written];
            if (meter >= 0) {
                add(meter, start + offset, value, watts);
            }
            if (span > 0) {
                long lastValue = value + in.number();
                int lastW = (int) (watts + in.number());
                if (meter >= 0) {
                    add(meter, start + offset + span, lastValue, lastW);
                }
            }
        }
    }
}
