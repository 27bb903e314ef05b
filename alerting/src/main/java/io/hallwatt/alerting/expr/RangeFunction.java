package io.hallwatt.alerting.expr;

import java.util.Optional;

/** Functions over the values of a range, as prometheus/prometheus promql/functions.go (2.42) computes them. */
public enum RangeFunction {
    AVG_OVER_TIME("avg_over_time", 1),
    MIN_OVER_TIME("min_over_time", 1),
    MAX_OVER_TIME("max_over_time", 1),
    SUM_OVER_TIME("sum_over_time", 1),
    COUNT_OVER_TIME("count_over_time", 1),
    LAST_OVER_TIME("last_over_time", 1),
    /** Per second, of a counter: what falls was reset. */
    RATE("rate", 2),
    INCREASE("increase", 2),
    /** Of a gauge. */
    DELTA("delta", 2),
    /** Slope of the least squares, per second. */
    DERIV("deriv", 2),
    /** The line of the least squares, so many seconds from now. */
    PREDICT_LINEAR("predict_linear", 2);

    private final String text;
    private final int leastValues;

    RangeFunction(String text, int leastValues) {
        this.text = text;
        this.leastValues = leastValues;
    }

    public String text() {
        return text;
    }

    /** With fewer values in its range it has none itself. */
    public int leastValues() {
        return leastValues;
    }

    static Optional<RangeFunction> of(String text) {
        for (RangeFunction function : values()) {
            if (function.text.equals(text)) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }
}
