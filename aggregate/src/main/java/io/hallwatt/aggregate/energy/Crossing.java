package io.hallwatt.aggregate.energy;

import org.jspecify.annotations.Nullable;

/**
 * A register's energy at a boundary, and the accepted readings around it.
 *
 * @param boundary epoch ms
 * @param energy   since the meter's first reading, mWh: interpolated; before the first and after the last reading theirs, for nothing is extrapolated
 * @param left     last reading before the boundary; absent where there is none
 * @param right    first reading at or after it; absent where there is none (yet)
 * @param stretch  how the energy from left to right is known
 */
record Crossing(
        long boundary,
        long energy,
        @Nullable Mark left,
        @Nullable Mark right,
        Stretch stretch) {
    /**
     * An accepted reading.
     *
     * @param at     epoch ms
     * @param energy since the meter's first reading, mWh
     * @param raw    the register as read, mWh
     */
    record Mark(long at, long energy, long raw) {}

    static Crossing between(long boundary, @Nullable Mark left, @Nullable Mark right, Stretch stretch) {
        long energy;
        if (right == null) {
            energy = left == null ? 0 : left.energy();
        } else if (left == null || right.at() == boundary) {
            energy = right.energy();
        } else {
            energy = Interpolation.at(boundary, left.at(), left.energy(), right.at(), right.energy());
        }
        return new Crossing(boundary, energy, left, right, stretch);
    }

    Crossing frozenAt(long settledEnergy) {
        return new Crossing(boundary, settledEnergy, left, right, stretch);
    }

    /** Readings on both sides, or on the boundary itself. */
    boolean known() {
        return right != null && (left != null || right.at() == boundary);
    }

    /** Whether energy crosses here of which only the total is known: a long stretch, or one bridged by power. */
    boolean spread(long gapMillis) {
        return left != null
                && right != null
                && right.at() > boundary
                && (stretch != Stretch.READ || right.at() - left.at() > gapMillis);
    }

    private boolean bridgedInPart() {
        return right != null && right.at() > boundary && stretch == Stretch.BRIDGED_IN_PART;
    }

    /** Energy from here to {@code end}, mWh. */
    long until(Crossing end) {
        return end.energy - energy;
    }

    /** The part of it that is estimated, mWh: spread over an end from outside, or bridged by power within. */
    long estimatedUntil(Crossing end, long bridgedInside, long gapMillis) {
        long total = until(end);
        long estimated = bridgedInside;
        if (spread(gapMillis) && right != null) {
            if (right.at() >= end.boundary) {
                return total;
            }
            estimated += right.energy() - energy;
        }
        if (end.spread(gapMillis) && end.left != null && end.left.at() >= boundary) {
            estimated += end.energy - end.left.energy();
        }
        return Math.clamp(estimated, 0, total);
    }

    boolean wholeUntil(Crossing end, boolean bridgedInPartInside) {
        return known() && end.known() && !bridgedInPartInside && !bridgedInPart() && !end.bridgedInPart();
    }
}
