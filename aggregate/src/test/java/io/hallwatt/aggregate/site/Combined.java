package io.hallwatt.aggregate.site;

import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Quantity.Estimated;
import io.hallwatt.contract.Quantity.Measured;
import io.hallwatt.contract.Quantity.Unknown;
import io.hallwatt.contract.Reason;

/** How two quantities become one. */
final class Combined {
    private Combined() {}

    interface Combination {
        double of(double one, double other);
    }

    /** The first that is not known is why the result is not; else it is estimated where one of them is. */
    static Quantity of(Combination combination, Quantity one, Quantity other) {
        if (one instanceof Unknown) {
            return one;
        }
        if (other instanceof Unknown) {
            return other;
        }
        double value = combination.of(value(one), value(other));
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Quantity.measured(0); // divided by zero: the caller says so
        }
        return one instanceof Estimated || other instanceof Estimated
                ? Quantity.estimated(value)
                : Quantity.measured(value);
    }

    static Quantity ratio(Quantity whole, Quantity part) {
        return of((w, p) -> w / p, whole, part);
    }

    /**
     * One side over the other, where at least 95 % of what each stands for is in it; estimated where not all is.
     *
     * @param knownOfOne   part of it, 0 to 1
     * @param knownOfOther part of the divisor
     */
    static Quantity ratio(
            Combination combination, Quantity one, double knownOfOne, Quantity other, double knownOfOther) {
        if (one instanceof Unknown || other instanceof Unknown) {
            return one instanceof Unknown ? one : other;
        }
        if (Math.min(knownOfOne, knownOfOther) < 0.95) {
            return Quantity.unknown(Reason.INCOMPLETE);
        }
        if (value(other) <= 0) {
            return Quantity.unknown(Reason.DIVISOR_ZERO);
        }
        Quantity ratio = of(combination, one, other);
        return Math.min(knownOfOne, knownOfOther) < 1 ? Quantity.estimated(value(ratio)) : ratio;
    }

    static double value(Quantity quantity) {
        return switch (quantity) {
            case Measured measured -> measured.value();
            case Estimated estimated -> estimated.value();
            case Unknown unknown -> throw new IllegalArgumentException("not known: " + unknown.reason());
        };
    }
}
