package io.hallwatt.contract;

import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/** The value of a metric in a window, or the reason why there is none. Never NaN, never a zero that means "unknown". */
public sealed interface Quantity permits Quantity.Measured, Quantity.Estimated, Quantity.Unknown {
    /**
     * From readings.
     *
     * @param where the device that it is about, where the metric is a worst case: {@code r017}
     */
    record Measured(double value, @Nullable String where) implements Quantity {
        public Measured {
            requireFinite(value);
        }
    }

    /** Known in part: spread over a gap, or bridged by another measurement. */
    record Estimated(double value, @Nullable String where) implements Quantity {
        public Estimated {
            requireFinite(value);
        }
    }

    /** Not known. */
    record Unknown(Reason reason) implements Quantity {}

    static Quantity measured(double value) {
        return new Measured(value, null);
    }

    static Quantity measured(double value, @Nullable String where) {
        return new Measured(value, where);
    }

    static Quantity estimated(double value) {
        return new Estimated(value, null);
    }

    static Quantity estimated(double value, @Nullable String where) {
        return new Estimated(value, where);
    }

    /** Of what is known: estimated where a part of it is not. */
    static Quantity known(double value, boolean partly) {
        return partly ? estimated(value) : measured(value);
    }

    static Quantity unknown(Reason reason) {
        return new Unknown(reason);
    }

    /** A value computed of two others: unknown for the first reason that either is, estimated where either is. */
    static Quantity of(Quantity a, Quantity b, DoubleBinaryOperator value) {
        if (a instanceof Unknown) {
            return a;
        }
        if (b instanceof Unknown) {
            return b;
        }
        double computed = value.applyAsDouble(number(a), number(b));
        return known(computed, a instanceof Estimated || b instanceof Estimated);
    }

    /** One over the other, in the same way; unknown where the divisor is not above 0. */
    static Quantity ratio(Quantity dividend, Quantity divisor) {
        if (!(dividend instanceof Unknown) && !(divisor instanceof Unknown) && !(number(divisor) > 0)) {
            return unknown(Reason.DIVISOR_ZERO);
        }
        return of(dividend, divisor, (a, b) -> a / b);
    }

    /** @throws IllegalStateException if it is unknown */
    static double number(Quantity quantity) {
        return switch (quantity) {
            case Measured measured -> measured.value();
            case Estimated estimated -> estimated.value();
            case Unknown unknown ->
                throw new IllegalStateException("asked for the value of what is unknown: " + unknown.reason());
        };
    }

    private static void requireFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a quantity is a finite number, not " + value);
        }
    }
}
