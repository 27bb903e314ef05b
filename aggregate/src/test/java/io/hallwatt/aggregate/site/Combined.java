package io.hallwatt.aggregate.site;

import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Quantity.Estimated;
import io.hallwatt.contract.Quantity.Measured;
import io.hallwatt.contract.Quantity.Unknown;

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

    static double value(Quantity quantity) {
        return switch (quantity) {
            case Measured measured -> measured.value();
            case Estimated estimated -> estimated.value();
            case Unknown unknown -> throw new IllegalArgumentException("not known: " + unknown.reason());
        };
    }
}
