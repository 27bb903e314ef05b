package io.hallwatt.alerting.series;

import java.util.Arrays;

/** {@code deriv}, {@code predict_linear}: the line of the least squares through the values (promql's linearRegression). */
final class Line implements Accumulator {
    private final boolean predicts;
    private final double ahead;
    private final Compensated sumX = new Compensated();
    private final Compensated sumY = new Compensated();
    private final Compensated sumXy = new Compensated();
    private final Compensated sumXx = new Compensated();
    private double[] first = new double[0];
    private boolean[] level = new boolean[0];
    private long[] origin = new long[0];
    private int[] count = new int[0];
    private long now;

    /**
     * @param predicts the line's value {@code ahead} seconds from now; else its slope
     */
    Line(boolean predicts, double ahead) {
        this.predicts = predicts;
        this.ahead = ahead;
    }

    @Override
    public void begin(int elements, long at) {
        now = at;
        sumX.begin(elements);
        sumY.begin(elements);
        sumXy.begin(elements);
        sumXx.begin(elements);
        if (count.length < elements) {
            first = new double[elements];
            level = new boolean[elements];
            origin = new long[elements];
            count = new int[elements];
        }
        Arrays.fill(count, 0, elements, 0);
    }

    @Override
    public void add(long at, double[] column) {
        for (int i = 0; i < column.length; i++) {
            double y = column[i];
            if (Double.isNaN(y)) {
                continue;
            }
            if (count[i]++ == 0) {
                first[i] = y;
                level[i] = true;
                origin[i] = predicts ? now : at;
            }
            level[i] &= y == first[i];
            double x = (at - origin[i]) / 1000.0;
            sumX.add(i, x);
            sumY.add(i, y);
            sumXy.add(i, x * y);
            sumXx.add(i, x * x);
        }
    }

    @Override
    public void end(long after, long at, Cells out) {
        for (int i = 0; i < out.size(); i++) {
            out.marks()[i] = count[i] < 2 ? Cells.MISSING : Cells.VALUE;
            out.values()[i] = count[i] < 2 ? 0 : result(i);
        }
    }

    private double result(int i) {
        if (level[i]) {
            return predicts ? first[i] : 0;
        }
        int n = count[i];
        double x = sumX.of(i);
        double y = sumY.of(i);
        double slope = (sumXy.of(i) - x * y / n) / (sumXx.of(i) - x * x / n);
        return predicts ? slope * ahead + (y / n - slope * x / n) : slope;
    }
}
