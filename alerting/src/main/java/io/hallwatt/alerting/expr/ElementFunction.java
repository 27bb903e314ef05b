package io.hallwatt.alerting.expr;

import java.util.Optional;

/** Functions of one value and up to two numbers. */
public enum ElementFunction {
    ABS("abs", 0),
    CEIL("ceil", 0),
    FLOOR("floor", 0),
    CLAMP("clamp", 2),
    CLAMP_MIN("clamp_min", 1),
    CLAMP_MAX("clamp_max", 1);

    private final String text;
    private final int numbers;

    ElementFunction(String text, int numbers) {
        this.text = text;
        this.numbers = numbers;
    }

    String text() {
        return text;
    }

    /** How many numbers it takes after the value. */
    int numbers() {
        return numbers;
    }

    /** @param second {@code clamp}'s upper bound */
    public double of(double value, double first, double second) {
        return switch (this) {
            case ABS -> Math.abs(value);
            case CEIL -> Math.ceil(value);
            case FLOOR -> Math.floor(value);
            case CLAMP -> Math.max(first, Math.min(second, value));
            case CLAMP_MIN -> Math.max(first, value);
            case CLAMP_MAX -> Math.min(first, value);
        };
    }

    static Optional<ElementFunction> of(String text) {
        for (ElementFunction function : values()) {
            if (function.text.equals(text)) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }
}
