package io.hallwatt.alerting.series;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/** The columns of one series' windows by the time that each ended, the oldest dropped. Columns are kept as they are given, not copied. */
public final class Ring {
    private long[] at = new long[16];
    private double[][] columns = new double[16][];
    private int from;
    private int to;

    /** Adds a window; one that ended at the same time is replaced. */
    public void put(long ended, double[] column) {
        if (to == at.length) {
            makeRoom();
        }
        int place = to;
        while (place > from && at[place - 1] >= ended) {
            place--;
        }
        if (place == to || at[place] != ended) {
            System.arraycopy(at, place, at, place + 1, to - place);
            System.arraycopy(columns, place, columns, place + 1, to - place);
            to++;
        }
        at[place] = ended;
        columns[place] = column;
    }

    private void makeRoom() {
        int size = to - from;
        int capacity = size > at.length / 2 ? at.length * 2 : at.length;
        at = Arrays.copyOf(Arrays.copyOfRange(at, from, to), capacity);
        columns = Arrays.copyOf(Arrays.copyOfRange(columns, from, to), capacity);
        from = 0;
        to = size;
    }

    /** Drops what ended at the time or before. */
    public void dropTo(long time) {
        while (from < to && at[from] <= time) {
            columns[from] = NONE;
            from++;
        }
    }

    private static final double[] NONE = {};

    public boolean isEmpty() {
        return from == to;
    }

    public int size() {
        return to - from;
    }

    /** Whether a window ended in (after, until]. */
    public boolean hasIn(long after, long until) {
        for (int i = to - 1; i >= from && at[i] > after; i--) {
            if (at[i] <= until) {
                return true;
            }
        }
        return false;
    }

    /** Gives the windows that ended in (after, until] to the function, oldest first. */
    public void feed(long after, long until, Accumulator function) {
        for (int i = from; i < to; i++) {
            if (at[i] > after && at[i] <= until) {
                function.add(at[i], columns[i]);
            }
        }
    }

    /** Puts other columns in place of those that are there: their elements have moved. */
    public void replaceAll(UnaryOperator<double[]> moved) {
        for (int i = from; i < to; i++) {
            columns[i] = moved.apply(columns[i]);
        }
    }
}
