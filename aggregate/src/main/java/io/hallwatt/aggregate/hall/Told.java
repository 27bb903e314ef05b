package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.rack.RackSummary;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import org.jspecify.annotations.Nullable;

/**
 * How many devices a figure is of. What is mute is not without fault: a figure of some devices says that it is estimated, and one of less than half of them is none.
 *
 * @param expected devices that the figure stands for
 * @param mute     those of them that should tell it and do not
 * @param known    those that tell it
 * @param heard    those of them that were heard for nearly the whole window: what the others told between may have been worse
 */
record Told(int expected, int mute, int known, int heard) {
    boolean whole() {
        return heard >= expected;
    }

    /** At least half of those that should. */
    boolean enough() {
        return known > 0 && known >= RackSummary.LEAST_COMPLETENESS * (known + mute);
    }

    /** Part of those that should, 0 to 1. */
    double part() {
        return known + mute == 0 ? 0 : known / (double) (known + mute);
    }

    Quantity quantity(double value) {
        return quantity(value, null, false);
    }

    /** @param shows whether the value is a fault whatever the mute ones would say: then it is told however few know it */
    Quantity quantity(double value, @Nullable String where, boolean shows) {
        if (known == 0) {
            return Quantity.unknown(Reason.NO_READINGS);
        }
        if (!enough() && !shows) {
            return Quantity.unknown(Reason.INCOMPLETE);
        }
        return whole() ? Quantity.measured(value, where) : Quantity.estimated(value, where);
    }
}
