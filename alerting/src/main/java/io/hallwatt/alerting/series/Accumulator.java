package io.hallwatt.alerting.series;

import io.hallwatt.alerting.expr.RangeFunction;

/** A function over a range, for all elements of a column at once: begin, add the windows oldest first, end. Buffers are kept; confined to one thread. */
public sealed interface Accumulator permits Mean, Extreme, Total, Change, Line {
    /** @param now end of the range, epoch milliseconds */
    void begin(int elements, long now);

    /** @param column NaN where the window has no value */
    void add(long at, double[] column);

    /**
     * @param after start of the range, itself not in it
     * @param now   its end
     * @param out   as many elements as at the beginning; missing where the range has too few values
     */
    void end(long after, long now, Cells out);

    /** @param argument as in {@link io.hallwatt.alerting.expr.Formula.Over} */
    static Accumulator of(RangeFunction function, double argument) {
        return switch (function) {
            case AVG_OVER_TIME -> new Mean();
            case MIN_OVER_TIME -> new Extreme(false);
            case MAX_OVER_TIME -> new Extreme(true);
            case SUM_OVER_TIME -> new Total(Total.Of.SUM);
            case COUNT_OVER_TIME -> new Total(Total.Of.COUNT);
            case LAST_OVER_TIME -> new Total(Total.Of.LAST);
            case RATE -> new Change(true, true);
            case INCREASE -> new Change(true, false);
            case DELTA -> new Change(false, false);
            case DERIV -> new Line(false, 0);
            case PREDICT_LINEAR -> new Line(true, argument);
        };
    }
}
