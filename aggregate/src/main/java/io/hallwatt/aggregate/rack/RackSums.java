package io.hallwatt.aggregate.rack;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * What the racks of one hall said in one window, in columns of whole numbers, one row a rack. Every column is a sum, a least or a largest, so that any
 * order of arrival gives the same, and windows add up to longer ones exactly.
 */
public final class RackSums {
    /** Readings counted. */
    static final int READINGS = 0;
    /** Ms for which the rack's power is known, and its energy in them, µJ. Then likewise of feed A and feed B. */
    static final int COVERED = 1;

    static final int MICROJOULES = 2;
    static final int FEED_COVERED = 3;
    /** Least and largest sample of the rack's power, mW. */
    static final int LEAST = 7;

    static final int LARGEST = 8;
    /** Largest current by feed and phase, mA: six columns. */
    static final int AMPS = 9;
    /** Largest sum of both feeds' currents by phase, mA: three columns. */
    static final int BOTH_FEEDS = 15;
    /** Sum of the intake temperatures, m°C, and how many, by sensor: three pairs. */
    static final int INLET = 18;

    static final int OUTLET = 24;
    static final int HUMIDITY = 26;
    /** Sum of the currents by feed and phase, mA, and of their powers, mW: six columns each; and how many, by feed. */
    static final int CURRENT = 28;

    static final int PHASE_POWER = 34;
    static final int PHASE_READINGS = 40;
    /** 1 where the rack said nothing in the window, and the columns from {@link #AMPS} on hold what it last said. */
    static final int HELD = 42;

    private static final int COLUMNS = 43;

    private final long[][] columns = new long[COLUMNS][];
    private int racks;

    public RackSums(int racks) {
        for (int c = 0; c < COLUMNS; c++) {
            columns[c] = new long[0];
        }
        grow(racks);
    }

    /** What a column holds of a rack that said nothing. */
    static long none(int column) {
        if (column == LEAST) {
            return Long.MAX_VALUE;
        }
        return column == LARGEST || (column >= AMPS && column < INLET) ? Long.MIN_VALUE : 0;
    }

    public int racks() {
        return racks;
    }

    public void grow(int racks) {
        int before = this.racks;
        if (racks > before) {
            for (int c = 0; c < COLUMNS; c++) {
                columns[c] = Arrays.copyOf(columns[c], racks);
                Arrays.fill(columns[c], before, racks, none(c));
            }
            this.racks = racks;
        }
    }

    long get(int column, int rack) {
        return columns[column][rack];
    }

    void add(int column, int rack, long value) {
        columns[column][rack] += value;
    }

    void least(int column, int rack, long value) {
        columns[column][rack] = Math.min(columns[column][rack], value);
    }

    void largest(int column, int rack, long value) {
        columns[column][rack] = Math.max(columns[column][rack], value);
    }

    /** Adds a shorter window of the same racks. */
    public void add(RackSums shorter) {
        grow(shorter.racks);
        for (int c = 0; c < COLUMNS; c++) {
            long[] mine = columns[c];
            long[] theirs = shorter.columns[c];
            long none = none(c);
            for (int r = 0; r < theirs.length; r++) {
                mine[r] = none == 0
                        ? mine[r] + theirs[r]
                        : none == Long.MAX_VALUE ? Math.min(mine[r], theirs[r]) : Math.max(mine[r], theirs[r]);
            }
        }
    }

    /** Takes over what each rack that spoke in a window said, in place of what it said before. */
    public void latest(RackSums window) {
        grow(window.racks);
        for (int r = 0; r < window.racks; r++) {
            if (window.columns[READINGS][r] > 0) {
                copySamples(window, r);
            }
        }
    }

    /**
     * Fills the racks without a reading with what they last said, where that still holds. Only for what is published: sums of longer windows are of readings.
     *
     * @return whether any was filled
     */
    public boolean fill(RackSums latest, IntPredicate holds) {
        boolean any = false;
        for (int r = 0; r < Math.min(racks, latest.racks); r++) {
            if (columns[READINGS][r] == 0 && holds.test(r)) {
                copySamples(latest, r);
                columns[HELD][r] = 1;
                any = true;
            }
        }
        return any;
    }

    private void copySamples(RackSums from, int rack) {
        for (int c = AMPS; c < HELD; c++) {
            columns[c][rack] = from.columns[c][rack];
        }
    }

    /** Whether the rack has a reading in the window. */
    public boolean spoke(int rack) {
        return rack < racks && columns[READINGS][rack] > 0;
    }

    /** Whether the rack was {@linkplain #fill filled}. */
    public boolean held(int rack) {
        return rack < racks && columns[HELD][rack] > 0;
    }

    public void write(StateWriter out) {
        out.integer(racks);
        for (int c = 0; c < COLUMNS; c++) {
            for (int r = 0; r < racks; r++) {
                out.integerOr(columns[c][r], none(c));
            }
        }
    }

    public static RackSums read(StateReader in) {
        RackSums sums = new RackSums(in.count());
        for (int c = 0; c < COLUMNS; c++) {
            for (int r = 0; r < sums.racks; r++) {
                sums.columns[c][r] = in.integerOr(none(c));
            }
        }
        return sums;
    }
}
