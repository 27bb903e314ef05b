package io.hallwatt.alerting.series;

import java.util.Arrays;

/** {@code sum_over_time}, {@code count_over_time}, {@code last_over_time}. */
final class Total implements Accumulator {
    enum Of {
        SUM,
        COUNT,
        LAST
    }

    private final Of of;
    private final Compensated sum = new Compensated();
    private int[] count = new int[0];
    private double[] last = new double[0];

    Total(Of of) {
        this.of = of;
    }

    @Override
    public void begin(int elements, long now) {
        sum.begin(elements);
        if (count.length < elements) {
            count = new int[elements];
            last = new double[elements];
        }
        Arrays.fill(count, 0, elements, 0);
    }

    @Override
    public void add(long at, double[] column) {
        for (int i = 0; i < column.length; i++) {
            if (!Double.isNaN(column[i])) {
                count[i]++;
                last[i] = column[i];
                sum.add(i, column[i]);
            }
        }
    }

    @Override
    public void end(long after, long now, Cells out) {
        for (int i = 0; i < out.size(); i++) {
            out.marks()[i] = count[i] == 0 ? Cells.MISSING : Cells.VALUE;
            out.values()[i] = switch (of) {
                case SUM -> sum.of(i);
                case COUNT -> count[i];
                case LAST -> last[i];
            };
        }
    }
}
