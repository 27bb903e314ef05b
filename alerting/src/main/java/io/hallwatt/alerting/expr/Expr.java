package io.hallwatt.alerting.expr;

import io.hallwatt.contract.catalogue.Metric;
import java.util.List;

/** An expression as it stands in a rule. {@code offset} is where it starts, from 0, for messages. */
sealed interface Expr {
    int offset();

    /** A number: PromQL's scalar. */
    record Scalar(int offset, double value) implements Expr {}

    /** The values of one metric, one element a series. */
    record Selector(int offset, Metric metric, List<LabelMatcher> matchers) implements Expr {
        public Selector {
            matchers = List.copyOf(matchers);
        }
    }

    /** {@code vector(1)}: one element without labels. */
    record Constant(int offset, double value) implements Expr {}

    /** {@code absent(selector)}: one element, 1, where the selector has none. */
    record Absent(int offset, Selector of) implements Expr {}

    /** Keeps the elements of one side for which the comparison with the other side, a number, holds. */
    record Comparison(int offset, Expr left, Comparator comparator, Expr right) implements Expr {}
}
