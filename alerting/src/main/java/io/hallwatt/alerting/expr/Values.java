package io.hallwatt.alerting.expr;

import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;

/**
 * The values that a formula can come to, as far as the catalogue and arithmetic tell: never too narrow, often too wide.
 *
 * @param least itself possible; −∞ where nothing bounds it
 * @param most  likewise, ∞
 */
public record Values(double least, double most) {
    static final Values ANY = new Values(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    private static final Values NONE_OR_ONE = new Values(0, 1);

    /** @param resolution of the windows that it is computed over: it says how many values are in a range */
    public static Values of(Formula formula, Resolution resolution) {
        return switch (formula) {
            case Formula.Read read -> of(read.metric());
            case Formula.Over over -> over(over, resolution);
            case Formula.Absent absent -> new Values(1, 1);
            case Formula.Steady steady -> new Values(steady.value(), steady.value());
            case Formula.Applied applied -> applied(applied, of(applied.of(), resolution));
            case Formula.WithNumber with -> withNumber(with, of(with.of(), resolution));
            case Formula.Held held -> held.bool() ? NONE_OR_ONE : of(held.of(), resolution);
            case Formula.OfTwo two -> ANY;
            case Formula.Compared compared -> compared.bool() ? NONE_OR_ONE : of(compared.left(), resolution);
            case Formula.Joined joined -> {
                Values left = of(joined.left(), resolution);
                yield joined.join() == Join.OR ? left.or(of(joined.right(), resolution)) : left;
            }
        };
    }

    /** What a metric's values can be. */
    public static Values of(Metric metric) {
        return new Values(metric.least(), metric.most());
    }

    private static Values over(Formula.Over over, Resolution resolution) {
        Values of = of(over.of().metric());
        double windows = Math.ceilDiv(over.range().toMillis(), resolution.millis());
        return switch (over.function()) {
            case AVG_OVER_TIME, MIN_OVER_TIME, MAX_OVER_TIME, LAST_OVER_TIME -> of;
            case SUM_OVER_TIME -> between(Math.min(of.least, of.least * windows), of.most * windows);
            case COUNT_OVER_TIME -> new Values(1, windows);
            case RATE, INCREASE -> new Values(0, Double.POSITIVE_INFINITY);
            case DELTA, DERIV, PREDICT_LINEAR -> ANY;
        };
    }

    private static Values applied(Formula.Applied applied, Values of) {
        double least = applied.function().of(of.least, applied.first(), applied.second());
        double most = applied.function().of(of.most, applied.first(), applied.second());
        return applied.function() == ElementFunction.ABS && of.least < 0
                ? between(of.most < 0 ? most : 0, Math.max(least, most))
                : between(least, most);
    }

    private static Values withNumber(Formula.WithNumber with, Values of) {
        boolean monotone = switch (with.operation()) {
            case PLUS, MINUS, TIMES -> true;
            case DIVIDED -> !with.numberFirst();
            case REMAINDER, POWER -> false;
        };
        if (!monotone) {
            return ANY;
        }
        double one = withNumber(with, of.least);
        double other = withNumber(with, of.most);
        return between(Math.min(one, other), Math.max(one, other));
    }

    private static double withNumber(Formula.WithNumber with, double value) {
        return with.numberFirst()
                ? with.operation().of(with.number(), value)
                : with.operation().of(value, with.number());
    }

    /** Any, where an infinity times nothing left no end. */
    private static Values between(double least, double most) {
        return Double.isNaN(least) || Double.isNaN(most) ? ANY : new Values(least + 0.0, most + 0.0); // no -0
    }

    private Values or(Values other) {
        return new Values(Math.min(least, other.least), Math.max(most, other.most));
    }

    /** Those of them that the bound lets through, or that lie at its limit; to be asked where it {@link Bound#mayHold}. */
    public Values where(Bound bound) {
        return switch (bound.comparator()) {
            case ABOVE, AT_LEAST -> new Values(Math.max(least, bound.limit()), most);
            case BELOW, AT_MOST -> new Values(least, Math.min(most, bound.limit()));
            case EQUAL -> new Values(bound.limit(), bound.limit());
            case UNEQUAL -> this;
        };
    }
}
