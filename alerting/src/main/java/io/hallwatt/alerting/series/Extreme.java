package io.hallwatt.alerting.series;

import java.util.Arrays;

/** {@code min_over_time}, {@code max_over_time}. */
final class Extreme implements Accumulator {
    private final boolean largest;
    private double[] extreme = new double[0];

    Extreme(boolean largest) {
        this.largest = largest;
    }

    @Override
    public void begin(int elements, long now) {
        if (extreme.length < elements) {
            extreme = new double[elements];
        }
        Arrays.fill(extreme, 0, elements, Double.NaN);
    }

    @Override
    public void add(long at, double[] column) {
        for (int i = 0; i < column.length; i++) {
            double value = column[i];
            if (largest ? !(value <= extreme[i]) : !(value >= extreme[i])) {
                // Further out, or the first; NaN, no value, only where there is none yet.
                extreme[i] = Double.isNaN(value) ? extreme[i] : value;
            }
        }
    }

    @Override
    public void end(long after, long now, Cells out) {
        System.arraycopy(extreme, 0, out.values(), 0, out.size());
        out.markKnown();
    }
}
