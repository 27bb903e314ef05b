package io.hallwatt.alerting.series;

/** One column of results: an element is a value, is not there, or nobody knows. Reused from window to window. */
public final class Cells {
    /** There is a value. */
    public static final byte VALUE = 0;
    /** Not let through, or not selected: known not to be there. */
    public static final byte NOTHING = 1;
    /** Unknown. */
    public static final byte MISSING = 2;

    private double[] values = new double[0];
    private byte[] marks = new byte[0];
    private int size;

    /** Makes room; what was there is garbage. */
    public void resize(int elements) {
        size = elements;
        if (values.length < elements) {
            values = new double[elements];
            marks = new byte[elements];
        }
    }

    public int size() {
        return size;
    }

    /** Good for the first {@link #size()} elements; NaN is a value where the mark says so. */
    public double[] values() {
        return values;
    }

    public byte[] marks() {
        return marks;
    }

    /** All elements alike. */
    public void fill(byte mark, double value) {
        for (int i = 0; i < size; i++) {
            marks[i] = mark;
            values[i] = value;
        }
    }

    /** Marks by the values: NaN is missing. */
    public void markKnown() {
        for (int i = 0; i < size; i++) {
            marks[i] = Double.isNaN(values[i]) ? MISSING : VALUE;
        }
    }
}
