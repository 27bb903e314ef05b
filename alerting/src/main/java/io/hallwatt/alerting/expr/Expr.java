package io.hallwatt.alerting.expr;

import io.hallwatt.contract.catalogue.Metric;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An expression as it stands in a rule: PromQL's grammar, its types unchecked. {@code offset} is where it starts, from 0, for messages. Its text reads as the
 * same expression again.
 */
sealed interface Expr {
    int offset();

    /** A number: PromQL's scalar. Never negative: the sign is a {@link Negation}. */
    record Scalar(int offset, double value) implements Expr {
        @Override
        public String toString() {
            if (Double.isInfinite(value)) {
                return "Inf";
            }
            boolean whole = value == Math.rint(value) && value < 1e15;
            return whole ? Long.toString((long) value) : Double.toString(value);
        }
    }

    /** The values of one metric, one element a series. */
    record Selector(int offset, Metric metric, List<LabelMatcher> matchers) implements Expr {
        public Selector {
            matchers = List.copyOf(matchers);
        }

        @Override
        public String toString() {
            return metric.prometheusName()
                    + (matchers.isEmpty()
                            ? ""
                            : matchers.stream().map(LabelMatcher::toString).collect(Collectors.joining(",", "{", "}")));
        }
    }

    /** {@code metric[5m]}: the values of a span that ends now. */
    record Range(int offset, Selector of, Duration length) implements Expr {
        @Override
        public String toString() {
            return of + "[" + RangeText.of(length) + "]";
        }
    }

    /** {@code -a}. */
    record Negation(int offset, Expr of) implements Expr {
        @Override
        public String toString() {
            return "-" + (of instanceof Binary b && b.infix().level() <= Infix.SIGN_LEVEL ? "(" + of + ")" : of);
        }
    }

    /**
     * {@code a + b}.
     *
     * @param at   where the operator stands
     * @param bool whether a comparison gives 0 or 1 in place of letting through or not
     */
    record Binary(int offset, Expr left, int at, Infix infix, boolean bool, Expr right) implements Expr {
        @Override
        public String toString() {
            boolean fromRight = infix == Infix.POWER;
            String rightSide = right instanceof Negation ? right.toString() : side(right, !fromRight);
            return side(left, fromRight) + " " + infix.text() + (bool ? " bool " : " ") + rightSide;
        }

        private String side(Expr side, boolean groupsOtherwise) {
            int level = switch (side) {
                case Binary b -> b.infix().level();
                case Negation n -> Infix.SIGN_LEVEL;
                case Scalar s -> Integer.MAX_VALUE;
                case Selector s -> Integer.MAX_VALUE;
                case Range r -> Integer.MAX_VALUE;
                case Call c -> Integer.MAX_VALUE;
            };
            return level < infix.level() || (level == infix.level() && groupsOtherwise) ? "(" + side + ")" : "" + side;
        }
    }

    /** {@code rate(x[5m])}. */
    record Call(int offset, String function, List<Expr> arguments) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String toString() {
            return arguments.stream().map(Expr::toString).collect(Collectors.joining(", ", function + "(", ")"));
        }
    }
}
