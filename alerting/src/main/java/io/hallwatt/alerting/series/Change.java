package io.hallwatt.alerting.series;

import java.util.Arrays;

/**
 * {@code rate}, {@code increase}, {@code delta}: last less first, extrapolated to the range's ends where the values come near enough to them (promql's
 * extrapolatedRate). A counter that falls was reset: what it had counted is added.
 */
final class Change implements Accumulator {
    /** A value further from the range's end than so many mean distances between values: the series began, or ended, in between. */
    private static final double NEAR = 1.1;

    private final boolean counter;
    private final boolean perSecond;
    private double[] first = new double[0];
    private double[] last = new double[0];
    private double[] lostByResets = new double[0];
    private long[] firstAt = new long[0];
    private long[] lastAt = new long[0];
    private int[] count = new int[0];

    Change(boolean counter, boolean perSecond) {
        this.counter = counter;
        this.perSecond = perSecond;
    }

    @Override
    public void begin(int elements, long now) {
        if (count.length < elements) {
            first = new double[elements];
            last = new double[elements];
            lostByResets = new double[elements];
            firstAt = new long[elements];
            lastAt = new long[elements];
            count = new int[elements];
        }
        Arrays.fill(count, 0, elements, 0);
        Arrays.fill(lostByResets, 0, elements, 0);
    }

    @Override
    public void add(long at, double[] column) {
        for (int i = 0; i < column.length; i++) {
            double value = column[i];
            if (Double.isNaN(value)) {
                continue;
            }
            if (count[i]++ == 0) {
                first[i] = value;
                firstAt[i] = at;
            } else if (counter && value < last[i]) {
                lostByResets[i] += last[i];
            }
            last[i] = value;
            lastAt[i] = at;
        }
    }

    @Override
    public void end(long after, long now, Cells out) {
        for (int i = 0; i < out.size(); i++) {
            out.marks()[i] = count[i] < 2 ? Cells.MISSING : Cells.VALUE;
            out.values()[i] = count[i] < 2 ? 0 : extrapolated(i, after, now);
        }
    }

    private double extrapolated(int i, long after, long now) {
        double change = last[i] - first[i] + lostByResets[i];
        double toStart = (firstAt[i] - after) / 1000.0;
        double toEnd = (now - lastAt[i]) / 1000.0;
        double sampled = (lastAt[i] - firstAt[i]) / 1000.0;
        double mean = sampled / (count[i] - 1);
        if (counter && change > 0 && first[i] >= 0) {
            toStart = Math.min(toStart, sampled * (first[i] / change)); // a counter was never below zero
        }
        double threshold = mean * NEAR;
        double interval = sampled;
        interval += toStart < threshold ? toStart : mean / 2;
        interval += toEnd < threshold ? toEnd : mean / 2;
        double factor = interval / sampled;
        if (perSecond) {
            factor /= (now - after) / 1000.0;
        }
        return change * factor;
    }
}
