package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.Reading;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One value of one device over one window: each reading holds until the device's next, at most for three report intervals, and never beyond the window.
 *
 * @param integral thousandths times ms, exact
 * @param millis   of the window for which the value is known
 * @param window   its length, ms
 */
record Covered(long integral, long millis, long window) {
    /** @param value in whole thousandths; null where the reading does not tell it */
    static <R extends Reading> Covered of(
            List<R> readings, long hold, long start, long end, Function<R, @Nullable Long> value) {
        long integral = 0;
        long covered = 0;
        for (int i = 0; i < readings.size(); i++) {
            long at = readings.get(i).at().toEpochMilli();
            long next = i + 1 < readings.size() ? readings.get(i + 1).at().toEpochMilli() : Long.MAX_VALUE;
            long millis = Math.min(Math.min(next, at + hold), end) - Math.max(at, start);
            Long here = millis > 0 ? value.apply(readings.get(i)) : null;
            if (here != null) {
                integral += here * millis;
                covered += millis;
            }
        }
        return new Covered(integral, covered, end - start);
    }

    /** For at least half of the window, and for some of it. */
    boolean known() {
        return millis > 0 && 2 * millis >= window;
    }

    boolean any() {
        return millis > 0;
    }

    boolean whole() {
        return millis == window;
    }

    /** The mean over the covered time in whole thousandths, as it is published: rounded, a half up. */
    long mean() {
        return Math.floorDiv(2 * integral + millis, 2 * millis);
    }
}
