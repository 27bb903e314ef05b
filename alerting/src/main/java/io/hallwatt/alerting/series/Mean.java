package io.hallwatt.alerting.series;

import java.util.Arrays;

/** {@code avg_over_time}: a running mean, so that large values cannot overflow. */
final class Mean implements Accumulator {
    private final Compensated mean = new Compensated();
    private int[] count = new int[0];

    @Override
    public void begin(int elements, long now) {
        mean.begin(elements);
        if (count.length < elements) {
            count = new int[elements];
        }
        Arrays.fill(count, 0, elements, 0);
    }

    @Override
    public void add(long at, double[] column) {
        for (int i = 0; i < column.length; i++) {
            double value = column[i];
            if (!Double.isNaN(value)) {
                int n = ++count[i];
                mean.add(i, value / n - mean.sum[i] / n);
            }
        }
    }

    @Override
    public void end(long after, long now, Cells out) {
        for (int i = 0; i < out.size(); i++) {
            out.marks()[i] = count[i] == 0 ? Cells.MISSING : Cells.VALUE;
            out.values()[i] = mean.of(i);
        }
    }
}
