package io.hallwatt.aggregate.energy;

import java.util.Arrays;

/**
 * Where samples of one meter are missing in closed hours that can still be restated: spans between two samples that are further apart than the device reports. A sample
 * holds until the next, so that a late one makes a difference only here. Of a device that never misses one, nothing is kept.
 */
final class PowerGaps {
    /** Most that are kept of a meter: 40 an hour. Of more the longest; in the others nothing is known to be missing. */
    static final int MOST = 40 * EnergyBook.RESTATABLE_HOURS;

    /** A gap: time of the sample before it, epoch ms; that sample's power, mW; time of the sample after it, epoch ms. */
    private static final int CELLS = 3;

    private long[] cells = {};
    private int size;

    int size() {
        return size;
    }

    long from(int gap) {
        return cells[gap * CELLS];
    }

    long milliwatts(int gap) {
        return cells[gap * CELLS + 1];
    }

    long to(int gap) {
        return cells[gap * CELLS + 2];
    }

    /** The gap that a time is in: at or after the sample before it, and before the one after it; below 0 where there is none. */
    int at(long time) {
        int gap = firstAfter(time) - 1;
        return gap >= 0 && time < to(gap) ? gap : -1;
    }

    private int firstAfter(long time) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (from(middle) <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** @param unbroken in a span not longer than this, ms, no sample is missing */
    void add(long from, long milliwatts, long to, long unbroken) {
        if (to - from <= unbroken) {
            return;
        }
        int place = firstAfter(from);
        if ((size + 1) * CELLS > cells.length) {
            cells = Arrays.copyOf(cells, (size + 1) * CELLS + size / 2 * CELLS);
        }
        System.arraycopy(cells, place * CELLS, cells, (place + 1) * CELLS, (size - place) * CELLS);
        size++;
        put(place, from, milliwatts, to);
    }

    private void put(int place, long from, long milliwatts, long to) {
        cells[place * CELLS] = from;
        cells[place * CELLS + 1] = milliwatts;
        cells[place * CELLS + 2] = to;
    }

    /** A sample in a gap leaves of it what is still too long: before the sample, behind it, both or nothing. */
    void split(int gap, long at, long milliwatts, long unbroken) {
        long from = from(gap);
        long before = milliwatts(gap);
        long to = to(gap);
        size--;
        System.arraycopy(cells, (gap + 1) * CELLS, cells, gap * CELLS, (size - gap) * CELLS);
        add(from, before, at, unbroken);
        add(at, milliwatts, to, unbroken);
    }

    /** Forgets the gaps that end before a time, or at it. */
    void dropBefore(long time) {
        int dropped = 0;
        while (dropped < size && to(dropped) <= time) {
            dropped++;
        }
        size -= dropped;
        cells = Arrays.copyOfRange(cells, dropped * CELLS, (dropped + size) * CELLS);
    }

    /** Leaves the longest, where they are too many; of equal ones the newest. */
    void limit() {
        if (size <= MOST) {
            return;
        }
        long[] lengths = new long[size];
        Arrays.setAll(lengths, gap -> to(gap) - from(gap));
        Arrays.sort(lengths);
        int over = size - MOST;
        long shortest = lengths[over]; // of those that stay
        int goes = 0; // of those that are as short
        while (goes < over && lengths[over - 1 - goes] == shortest) {
            goes++;
        }
        int kept = 0;
        for (int gap = 0; gap < size; gap++) {
            long length = to(gap) - from(gap);
            if (length > shortest || (length == shortest && goes-- <= 0)) {
                put(kept++, from(gap), milliwatts(gap), to(gap));
            }
        }
        size = kept;
        cells = Arrays.copyOf(cells, size * CELLS);
    }

    void write(PartWriter out) {
        out.count(size);
        long time = 0;
        for (int gap = 0; gap < size; gap++) {
            out.number(from(gap) - time);
            out.number(milliwatts(gap));
            out.number(to(gap) - from(gap));
            time = to(gap);
        }
    }

    void read(PartReader in) {
        size = in.count();
        cells = new long[size * CELLS];
        long time = 0;
        for (int gap = 0; gap < size; gap++) {
            long from = time + in.number();
            long milliwatts = in.number();
            time = from + in.number();
            put(gap, from, milliwatts, time);
        }
    }
}
