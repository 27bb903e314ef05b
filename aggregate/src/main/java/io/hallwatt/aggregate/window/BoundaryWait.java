package io.hallwatt.aggregate.window;

import java.time.Duration;

/**
 * How long a minute waits for the register reading behind its end, without which its energy is not known: one and a half report intervals, so that the next report
 * of every device that speaks at least once a minute is in. For slower ones no wait would do; theirs is for a reading on the very boundary that is on its way.
 */
public final class BoundaryWait {
    private static final Duration SLOWEST = Duration.ofMinutes(1);
    private static final long FOR_SLOWER_MILLIS = 15_000;

    private BoundaryWait() {}

    /** ms */
    public static long of(Duration reportInterval) {
        return reportInterval.compareTo(SLOWEST) <= 0 ? reportInterval.toMillis() * 3 / 2 : FOR_SLOWER_MILLIS;
    }
}
