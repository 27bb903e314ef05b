package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * One side of a ratio. A sum of which a half is missing is still a sum, and says that it is estimated; over a whole one it would be a wrong ratio.
 *
 * @param known part of what the quantity stands for that is in it, 0 to 1
 */
public record Side(Quantity quantity, double known) {
    /** Domain rule: where less of either side is known, there is no ratio. */
    static final double LEAST = 0.95;

    public static boolean nearlyWhole(Side... sides) {
        return Arrays.stream(sides).allMatch(side -> side.known >= LEAST);
    }

    /** Both together: as much is known as of the one of which less is. */
    public Side plus(Side other) {
        return new Side(Quantity.of(quantity, other.quantity, Double::sum), Math.min(known, other.known));
    }

    /** Estimated where either side is, or a part of it is missing. */
    public static Quantity ratio(Side dividend, Side divisor, DoubleBinaryOperator value) {
        if (!nearlyWhole(dividend, divisor)) {
            return Quantity.unknown(Reason.INCOMPLETE);
        }
        if (!(Quantity.number(divisor.quantity) > 0)) {
            return Quantity.unknown(Reason.DIVISOR_ZERO);
        }
        Quantity ratio = Quantity.of(dividend.quantity, divisor.quantity, value);
        return dividend.known < 1 || divisor.known < 1 ? Quantity.estimated(Quantity.number(ratio)) : ratio;
    }
}
