package io.hallwatt.alerting.expr;

import java.util.Optional;

/** PromQL's arithmetic, of IEEE 754 doubles as Go computes it: a division by zero gives an infinity or NaN, no fault. */
public enum Arithmetic {
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    DIVIDED("/"),
    REMAINDER("%"),
    POWER("^");

    private final String symbol;

    Arithmetic(String symbol) {
        this.symbol = symbol;
    }

    String symbol() {
        return symbol;
    }

    public double of(double left, double right) {
        return switch (this) {
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            case DIVIDED -> left / right;
            case REMAINDER -> left % right;
            case POWER -> power(left, right);
        };
    }

    /** Go's math.Pow: 1 to any power is 1, and so is -1 to an infinite one; Java calls both NaN. */
    private static double power(double base, double exponent) {
        boolean one = base == 1 || (base == -1 && Double.isInfinite(exponent));
        return one ? 1 : Math.pow(base, exponent);
    }

    static Optional<Arithmetic> of(String symbol) {
        for (Arithmetic arithmetic : values()) {
            if (arithmetic.symbol.equals(symbol)) {
                return Optional.of(arithmetic);
            }
        }
        return Optional.empty();
    }
}
