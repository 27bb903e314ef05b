package io.hallwatt.alerting.series;

import java.util.Arrays;

/** Sums of doubles with Neumaier's compensation, one for each element: sum and error are kept apart, as promql's kahanSumInc does. */
final class Compensated {
    double[] sum = new double[0];
    double[] error = new double[0];

    void begin(int elements) {
        if (sum.length < elements) {
            sum = new double[elements];
            error = new double[elements];
        }
        Arrays.fill(sum, 0, elements, 0);
        Arrays.fill(error, 0, elements, 0);
    }

    void add(int i, double value) {
        double before = sum[i];
        double after = before + value;
        error[i] += Math.abs(before) >= Math.abs(value) ? (before - after) + value : (value - after) + before;
        sum[i] = after;
    }

    double of(int i) {
        return Double.isInfinite(sum[i]) ? sum[i] : sum[i] + error[i];
    }
}
