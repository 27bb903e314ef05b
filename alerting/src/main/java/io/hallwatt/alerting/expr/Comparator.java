package io.hallwatt.alerting.expr;

import java.util.Optional;

/** PromQL's comparisons; NaN is unequal to all, as IEEE 754 has it. */
public enum Comparator {
    ABOVE(">"),
    AT_LEAST(">="),
    BELOW("<"),
    AT_MOST("<="),
    EQUAL("=="),
    UNEQUAL("!=");

    private final String symbol;

    Comparator(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    public boolean holds(double left, double right) {
        return switch (this) {
            case ABOVE -> left > right;
            case AT_LEAST -> left >= right;
            case BELOW -> left < right;
            case AT_MOST -> left <= right;
            case EQUAL -> left == right;
            case UNEQUAL -> left != right;
        };
    }

    /** Whether it can hold for any left side from {@code least} to {@code most}. */
    boolean mayHold(double least, double most, double right) {
        return switch (this) {
            case ABOVE, AT_LEAST -> holds(most, right);
            case BELOW, AT_MOST -> holds(least, right);
            case EQUAL -> least <= right && right <= most;
            case UNEQUAL -> least != right || most != right;
        };
    }

    /** Holds where this does not, of all values but NaN. */
    Comparator opposite() {
        return switch (this) {
            case ABOVE -> AT_MOST;
            case AT_LEAST -> BELOW;
            case BELOW -> AT_LEAST;
            case AT_MOST -> ABOVE;
            case EQUAL -> UNEQUAL;
            case UNEQUAL -> EQUAL;
        };
    }

    /** {@code 80 < x} is {@code x > 80}. */
    Comparator mirrored() {
        return switch (this) {
            case ABOVE -> BELOW;
            case AT_LEAST -> AT_MOST;
            case BELOW -> ABOVE;
            case AT_MOST -> AT_LEAST;
            case EQUAL, UNEQUAL -> this;
        };
    }

    static Optional<Comparator> of(String symbol) {
        for (Comparator comparator : values()) {
            if (comparator.symbol.equals(symbol)) {
                return Optional.of(comparator);
            }
        }
        return Optional.empty();
    }
}
