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
    /** Readings in which the rack has a feed, and then those in which it is without one that the site model gives it, by feed. */
    static final int FED = 42;

    static final int LOST = 44;
    /** 1 where the rack said nothing in the window, and the columns from {@link #AMPS} on hold what it last said. */
    static final int HELD = 46;

    private static final int COLUMNS = 47;
    /** Of both feeds. */
    private static final int PHASES = 6;

    /** A row of a rack that said nothing. */
    private static final long[] NOTHING = new long[COLUMNS];

    static {
        for (int c = 0; c < COLUMNS; c++) {
            NOTHING[c] = none(c);
        }
    }

    /** Row by row: a report touches the six cache lines of its rack, not one in each column. */
    private long[] cells = new long[0];

    private int racks;

    public RackSums(int racks) {
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
            cells = Arrays.copyOf(cells, racks * COLUMNS);
            for (int row = before; row < racks; row++) {
                System.arraycopy(NOTHING, 0, cells, row * COLUMNS, COLUMNS);
            }
            this.racks = racks;
        }
    }

    long get(int column, int rack) {
        return cells[rack * COLUMNS + column];
    }

    void add(int column, int rack, long value) {
        cells[rack * COLUMNS + column] += value;
    }

    void least(int column, int rack, long value) {
        int cell = rack * COLUMNS + column;
        cells[cell] = Math.min(cells[cell], value);
    }

    void largest(int column, int rack, long value) {
        int cell = rack * COLUMNS + column;
        cells[cell] = Math.max(cells[cell], value);
    }

    /** Adds a shorter window of the same racks. */
    public void add(RackSums shorter) {
        grow(shorter.racks);
        for (int row = 0; row < shorter.racks; row++) {
            for (int c = 0; c < COLUMNS; c++) {
                int cell = row * COLUMNS + c;
                long theirs = shorter.cells[cell];
                long none = NOTHING[c];
                cells[cell] = none == 0
                        ? cells[cell] + theirs
                        : none == Long.MAX_VALUE ? Math.min(cells[cell], theirs) : Math.max(cells[cell], theirs);
            }
        }
    }

    /** Takes over what each rack that spoke in a window said, in place of what it said before. */
    public void latest(RackSums window) {
        grow(window.racks);
        for (int r = 0; r < window.racks; r++) {
            if (window.spoke(r)) {
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
            if (!spoke(r) && holds.test(r)) {
                copySamples(latest, r);
                cells[r * COLUMNS + HELD] = 1;
                any = true;
            }
        }
        return any;
    }

    private void copySamples(RackSums from, int rack) {
        System.arraycopy(from.cells, rack * COLUMNS + AMPS, cells, rack * COLUMNS + AMPS, HELD - AMPS);
    }

    /** Whether the rack has a reading in the window. */
    public boolean spoke(int rack) {
        return rack < racks && get(READINGS, rack) > 0;
    }

    /** Whether the rack was {@linkplain #fill filled}. */
    public boolean held(int rack) {
        return rack < racks && get(HELD, rack) > 0;
    }

    private boolean nothing(int rack) {
        int from = rack * COLUMNS;
        return Arrays.equals(cells, from, from + COLUMNS, NOTHING, 0, COLUMNS);
    }

    public void write(StateWriter out) {
        out.integer(racks);
        for (int r = 0; r < racks; r++) {
            writeRack(r, out);
        }
    }

    void writeRack(int rack, StateWriter out) {
        boolean nothing = nothing(rack);
        out.flag(nothing);
        for (int c = 0; c < COLUMNS && !nothing; c++) {
            out.integerOr(cells[rack * COLUMNS + c], NOTHING[c]);
        }
    }

    /** A rack of one reading in a window that is not closed: all its columns follow from less than half of them. */
    void writeReading(int rack, StateWriter out) {
        int row = rack * COLUMNS;
        out.integerOr(cells[row + LEAST], NOTHING[LEAST]);
        for (int phase = 0; phase < PHASES; phase++) {
            out.integerOr(cells[row + AMPS + phase], NOTHING[AMPS]);
            if (cells[row + AMPS + phase] != NOTHING[AMPS]) {
                out.integer(cells[row + PHASE_POWER + phase]);
            }
        }
        for (int pair = INLET; pair < CURRENT; pair += 2) {
            out.integerOr(cells[row + pair + 1] == 0 ? Long.MIN_VALUE : cells[row + pair], Long.MIN_VALUE);
        }
        long feeds = 0;
        for (int flag = FED; flag < HELD; flag++) {
            feeds = 2 * feeds + cells[row + flag];
        }
        out.integer(feeds);
    }

    /** Takes over what {@link #writeReading} wrote. */
    void readReading(int rack, StateReader in) {
        int row = rack * COLUMNS;
        System.arraycopy(NOTHING, 0, cells, row, COLUMNS);
        cells[row + READINGS] = 1;
        long power = in.integerOr(NOTHING[LEAST]);
        cells[row + LEAST] = power;
        cells[row + LARGEST] = power == NOTHING[LEAST] ? NOTHING[LARGEST] : power;
        for (int feed = 0; feed < 2; feed++) {
            readFeed(row, 3 * feed, in);
            cells[row + PHASE_READINGS + feed] = cells[row + AMPS + 3 * feed] == NOTHING[AMPS] ? 0 : 1;
        }
        for (int phase = 0; phase < 3; phase++) {
            long a = cells[row + AMPS + phase];
            long b = cells[row + AMPS + 3 + phase];
            if (a != NOTHING[AMPS] && b != NOTHING[AMPS]) {
                cells[row + BOTH_FEEDS + phase] = a + b;
            }
        }
        for (int pair = INLET; pair < CURRENT; pair += 2) {
            long value = in.integerOr(Long.MIN_VALUE);
            if (value != Long.MIN_VALUE) {
                cells[row + pair] = value;
                cells[row + pair + 1] = 1;
            }
        }
        long feeds = in.integer();
        for (int flag = HELD - 1; flag >= FED; flag--) {
            cells[row + flag] = feeds % 2;
            feeds /= 2;
        }
    }

    private void readFeed(int row, int first, StateReader in) {
        boolean counts = true; // as far as the first phase that is missing
        for (int phase = first; phase < first + 3; phase++) {
            long milliamps = in.integerOr(NOTHING[AMPS]);
            cells[row + AMPS + phase] = milliamps;
            if (milliamps == NOTHING[AMPS]) {
                counts = false;
                continue;
            }
            long milliwatts = in.integer();
            if (counts) {
                cells[row + CURRENT + phase] = milliamps;
                cells[row + PHASE_POWER + phase] = milliwatts;
            }
        }
    }

    public static RackSums read(StateReader in) {
        RackSums sums = new RackSums(in.count());
        for (int r = 0; r < sums.racks; r++) {
            sums.readRack(r, in);
        }
        return sums;
    }

    void readRack(int rack, StateReader in) {
        boolean nothing = in.flag();
        for (int c = 0; c < COLUMNS; c++) {
            cells[rack * COLUMNS + c] = nothing ? NOTHING[c] : in.integerOr(NOTHING[c]);
        }
    }
}
