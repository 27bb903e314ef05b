package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.rack.RackSummary;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.Resolution;
import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/** Figures over a hall's racks in one window: of how many they are, and which rack is the worst. */
final class RackFigures {
    private final RackSummary racks;

    RackFigures(RackSummary racks) {
        this.racks = racks;
    }

    /** By rack. */
    double[] values(IntToDoubleFunction byRack) {
        double[] values = new double[racks.racks()];
        Arrays.setAll(values, byRack);
        return values;
    }

    /**
     * The worst that any rack tells, and which rack it is.
     *
     * @param sign  1 where the largest is the worst, −1 where the least is
     * @param shows of the worst: whether it is a fault by itself
     */
    Quantity worst(double[] values, int sign, Told told, DoublePredicate shows) {
        int worst = -1;
        for (int r = 0; r < values.length; r++) {
            if (!Double.isNaN(values[r]) && (worst < 0 || sign * values[r] > sign * values[worst])) {
                worst = r;
            }
        }
        return worst < 0
                ? Quantity.unknown(Reason.NO_READINGS)
                : told.quantity(values[worst], racks.id(worst).text(), shows.test(values[worst]));
    }

    /**
     * How many racks tell a value.
     *
     * @param values by row; NaN where the rack does not tell
     * @param stands of a row: whether the figure stands for it
     * @param should whether the rack should tell it: where it does not, it is mute
     * @param millis for how long it was heard
     */
    private Told told(double[] values, IntPredicate stands, IntPredicate should, IntToLongFunction millis) {
        int expected = 0;
        int mute = 0;
        int known = 0;
        int heard = 0;
        for (int r = 0; r < values.length; r++) {
            boolean tells = !Double.isNaN(values[r]);
            expected += tells || stands.test(r) ? 1 : 0;
            mute += !tells && should.test(r) ? 1 : 0;
            known += tells ? 1 : 0;
            heard += tells && heard(millis.applyAsLong(r)) ? 1 : 0;
        }
        return new Told(expected, mute, known, heard);
    }

    /** Whether so long is nearly the whole window. In a second a reading is all that there is to hear. */
    boolean heard(long millis) {
        long window = racks.windowMillis();
        return window <= Resolution.SECOND.millis() || millis >= Side.LEAST * window;
    }

    /** Of the racks to which the site model gives the feed. */
    Told ofFeed(double[] values, int feed) {
        IntPredicate has = r -> racks.hasFeed(r, feed);
        return told(values, has, has, r -> racks.feedCoveredMillis(r, feed));
    }

    /** Of those with both feeds. */
    Told ofBothFeeds(double[] values) {
        IntPredicate both = r -> racks.hasFeed(r, 0) && racks.hasFeed(r, 1);
        return told(values, both, both, racks::fedMillis);
    }

    /**
     * The site model does not say which racks have sensors of air: one that reports and never told of any has none. One that did, and does not, is missing, but not
     * mute: sensors may speak less often than the rack.
     *
     * @param senses of a row that reports: whether it has the sensors
     */
    Told ofAir(double[] values, IntPredicate senses) {
        return told(values, r -> !racks.reporting(r) || senses.test(r), r -> !racks.reporting(r), racks::heardMillis);
    }
}
