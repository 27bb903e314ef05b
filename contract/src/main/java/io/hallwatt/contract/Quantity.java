package io.hallwatt.contract;

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

    static Quantity unknown(Reason reason) {
        return new Unknown(reason);
    }

    private static void requireFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a quantity is a finite number, not " + value);
        }
    }
}
