package io.hallwatt.aggregate.energy;

import io.hallwatt.aggregate.state.ChangedRows;

/**
 * First and last register point of each meter in one UTC minute: all that a boundary of minutes, quarters and hours needs. Adding is commutative
 * and idempotent; of two values at one instant the smaller counts. 32 bytes a meter, in one place.
 */
final class MinutePoints {
    static final long LENGTH_MILLIS = 60_000;

    /** A meter's row: register at its first and at its last point, mWh; power at both, W; their offsets in the minute, ms. Two numbers to a cell, first in the high half. */
    private static final int FIRST = 0;

    private static final int LAST = 1;
    private static final int WATTS = 2;
    private static final int OFFSETS = 3;
    private static final int CELLS = 4;

    private static final long ABSENT = -1; // of the offsets

    private final long[] cells;
    private final long start;
    private boolean dirty = true;
    /** Meters that changed since the last commit. */
    private final ChangedRows changed = new ChangedRows();

    MinutePoints(long startMillis, int meters) {
        start = startMillis;
        cells = new long[meters * CELLS];
        changed.grow(meters);
        for (int meter = 0; meter < meters; meter++) {
            cells[meter * CELLS + OFFSETS] = ABSENT;
        }
    }

    private int meters() {
        return cells.length / CELLS;
    }

    private long first(int meter) {
        return cells[meter * CELLS + FIRST];
    }

    private long last(int meter) {
        return cells[meter * CELLS + LAST];
    }

    private int firstWatts(int meter) {
        return high(cells[meter * CELLS + WATTS]);
    }

    private int lastWatts(int meter) {
        return low(cells[meter * CELLS + WATTS]);
    }

    private int firstOffset(int meter) {
        return high(cells[meter * CELLS + OFFSETS]);
    }

    private int lastOffset(int meter) {
        return low(cells[meter * CELLS + OFFSETS]);
    }

    private static int high(long cell) {
        return (int) (cell >> 32);
    }

    private static int low(long cell) {
        return (int) cell;
    }

    private static long both(int high, int low) {
        return (long) high << 32 | (low & 0xFFFF_FFFFL);
    }

    /** @return whether something changed */
    boolean add(int meter, long at, long milliwattHours, int watts) {
        int offset = (int) (at - start);
        boolean absent = !has(meter);
        boolean earlier = absent
                || offset < firstOffset(meter)
                || (offset == firstOffset(meter) && before(milliwattHours, watts, first(meter), firstWatts(meter)));
        boolean later = absent
                || offset > lastOffset(meter)
                || (offset == lastOffset(meter) && before(milliwattHours, watts, last(meter), lastWatts(meter)));
        if (!earlier && !later) {
            return false;
        }
        int row = meter * CELLS;
        if (earlier) {
            cells[row + FIRST] = milliwattHours;
        }
        if (later) {
            cells[row + LAST] = milliwattHours;
        }
        cells[row + WATTS] = both(earlier ? watts : firstWatts(meter), later ? watts : lastWatts(meter));
        cells[row + OFFSETS] = both(earlier ? offset : firstOffset(meter), later ? offset : lastOffset(meter));
        dirty = true;
        changed.set(meter);
        return true;
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

    /** Whether it changed since it was last written whole. */
    boolean isDirty() {
        return dirty;
    }

    void markDirty() {
        dirty = true;
        for (int meter = 0; meter < meters(); meter++) {
            if (has(meter)) {
                changed.set(meter);
            }
        }
    }

    /** Meters that changed since the last commit. */
    int changes() {
        return changed.count();
    }

    boolean has(int meter) {
        return cells[meter * CELLS + OFFSETS] != ABSENT;
    }

    /** Feeds the meter's points of this minute to its fold. */
    RegisterFold fold(int meter, MeterSpec spec, RegisterFold before, Track track) {
        if (!has(meter)) {
            return before;
        }
        RegisterFold after = before.then(
                spec, new RegisterPoint(start + firstOffset(meter), first(meter)), firstWatts(meter), track);
        if (lastOffset(meter) == firstOffset(meter)) {
            return after;
        }
        return after.then(spec, new RegisterPoint(start + lastOffset(meter), last(meter)), lastWatts(meter), track);
    }

    /** Adds the meter's points of this minute to those of closed hours. */
    void giveTo(int meter, PastPoints past) {
        if (has(meter)) {
            past.add(new RegisterPoint(oldest(meter), first(meter)), firstWatts(meter));
            past.add(new RegisterPoint(newest(meter), last(meter)), lastWatts(meter));
        }
    }

    /** Likewise of a minute that is not over at {@code until}: its first point alone, if it lies before, for its last is not known yet. */
    RegisterFold foldFirst(int meter, MeterSpec spec, RegisterFold before, Track track, long until) {
        return has(meter) && oldest(meter) < until
                ? before.then(spec, new RegisterPoint(oldest(meter), first(meter)), firstWatts(meter), track)
                : before;
    }

    /** The later of the minute's points, epoch ms. */
    long newest(int meter) {
        return start + lastOffset(meter);
    }

    /** The earlier of them. */
    long oldest(int meter) {
        return start + firstOffset(meter);
    }

    void write(PartWriter out) {
        int present = 0;
        for (int meter = 0; meter < meters(); meter++) {
            present += has(meter) ? 1 : 0;
        }
        out.count(present);
        int next = 0;
        for (int meter = 0; meter < meters(); meter++) {
            if (has(meter)) {
                write(meter, next, out);
                next = meter + 1;
            }
        }
    }

    /** The meters that changed since the last commit, in the form of {@link #write}. */
    void writeChanges(PartWriter out) {
        out.count(changed.count());
        int next = 0;
        for (int meter = changed.next(0); meter >= 0; meter = changed.next(meter + 1)) {
            write(meter, next, out);
            next = meter + 1;
        }
        changed.clear();
    }

    private void write(int meter, int next, PartWriter out) {
        out.count(meter - next);
        out.count(firstOffset(meter));
        out.number(first(meter));
        out.number(firstWatts(meter));
        out.count(lastOffset(meter) - firstOffset(meter));
        if (lastOffset(meter) != firstOffset(meter)) {
            out.number(last(meter) - first(meter));
            out.number((long) lastWatts(meter) - firstWatts(meter));
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
