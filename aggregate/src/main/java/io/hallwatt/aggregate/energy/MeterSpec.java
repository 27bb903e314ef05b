package io.hallwatt.aggregate.energy;

import java.time.Duration;

/**
 * What must be known of a meter to read its register.
 *
 * @param name                  {@code r001/A}, {@code crah-1}, {@code solar-ppa}; unique in its book
 * @param modulusMilliwattHours what the register wraps at, mWh; 0 where it never wraps
 * @param maxWatts              the most that can flow through it, W; finite, for it tells a wrap from a reset
 * @param reportInterval        how often it reports
 * @param countMilliwattHours   resolution: one count of the register, mWh
 */
public record MeterSpec(
        String name, long modulusMilliwattHours, double maxWatts, Duration reportInterval, long countMilliwattHours) {
    /** Counts that a register may step back without having been reset. */
    private static final int JITTER_COUNTS = 2;

    private static final long LONGEST_GAP_MILLIS = 60_000;

    public MeterSpec {
        if (!(maxWatts > 0) || Double.isInfinite(maxWatts)) {
            throw new IllegalArgumentException(
                    "meter %s: greatest power is %s W; give a finite number above 0".formatted(name, maxWatts));
        }
        if (modulusMilliwattHours < 0 || countMilliwattHours < 1 || !reportInterval.isPositive()) {
            throw new IllegalArgumentException(
                    "meter %s: modulus %d mWh (0 or more), count %d mWh (1 or more), report interval %s (above 0)"
                            .formatted(name, modulusMilliwattHours, countMilliwattHours, reportInterval));
        }
    }

    /** A stretch between readings longer than this, ms, is known in total only: twice the report interval, at most a minute. */
    long gapMillis() {
        return Math.min(2 * reportInterval.toMillis(), LONGEST_GAP_MILLIS);
    }

    /** In a stretch between readings not longer than this, ms, none that anybody would look for is missing. */
    long unbrokenMillis() {
        return Math.max(gapMillis(), reportInterval.toMillis() * 3 / 2);
    }

    /** Power samples further apart than this, ms, have one missing between them: what a device may be late by is less than half its report interval. */
    long sampleGapMillis() {
        return reportInterval.toMillis() * 3 / 2;
    }

    /** How long a power sample holds, ms, where no other follows: three report intervals. */
    long holdMillis() {
        return 3 * reportInterval.toMillis();
    }

    /** A step back of so much, mWh, books nothing and means nothing. */
    long jitterMilliwattHours() {
        return JITTER_COUNTS * countMilliwattHours;
    }

    /** The most that can have flowed in so many ms, mWh: a tenth above the greatest power, and two counts. */
    double mostMilliwattHours(long millis) {
        return 1.1 * maxWatts * millis / 3_600 + 2 * countMilliwattHours;
    }
}
