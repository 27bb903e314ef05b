package io.hallwatt.aggregate.energy;

import java.math.BigInteger;

/** Straight lines in whole numbers. */
final class Interpolation {
    private Interpolation() {}

    /**
     * {@code total · part / whole}, rounded down; exact whatever the size. Rounding down is monotone, so that neighbours that share a boundary
     * neither lose a milliwatt-hour nor come out negative.
     *
     * @param total ≥ 0
     * @param part  0 to {@code whole}
     * @param whole > 0
     */
    static long share(long total, long part, long whole) {
        if (Math.multiplyHigh(total, part) == 0 && total * part >= 0) {
            return total * part / whole;
        }
        return BigInteger.valueOf(total)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(whole))
                .longValueExact();
    }

    /** The value at {@code at} on the line from (t0, e0) to (t1, e1), rounded down from e0; t0 ≤ at ≤ t1, t0 < t1, e0 ≤ e1. */
    static long at(long at, long t0, long e0, long t1, long e1) {
        return e0 + share(e1 - e0, at - t0, t1 - t0);
    }
}
