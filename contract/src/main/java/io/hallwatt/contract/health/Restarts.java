package io.hallwatt.contract.health;

import java.time.Duration;

/**
 * When to begin again after a fault, and when to give up. Each fault in a row doubles the wait, so that a fault that repeats at once burns no machine; faults
 * before a quiet time are forgotten, so that a broker that restarts now and then never ends a stage; a fault that comes back each time does, and is told.
 *
 * <p>Pure but for the row that it counts; time is handed in, as nanoseconds of a clock that only goes forward. Confined to one thread.
 */
public final class Restarts {
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    /** The eighth comes after 23 s of waiting: longer than a broker takes to elect leaders anew, shorter than anybody's patience. */
    private static final int MOST_IN_A_ROW = 8;
    /** Longer than a thread takes to be given its partitions, read back their state and meet the same record again. */
    private static final Duration QUIET = Duration.ofMinutes(1);

    private int inARow;
    private long firstAt;
    private long beginsAt;
    private boolean givenUp;

    /** A fault now. Those of several threads that come before the next beginning are one. */
    public Verdict fault(long nanos) {
        boolean waiting = inARow > 0 && nanos - beginsAt < 0;
        if (!givenUp && waiting) {
            return new Verdict.Again(Duration.ofNanos(beginsAt - nanos));
        }
        if (inARow == 0 || (!givenUp && nanos - beginsAt >= QUIET.toNanos())) {
            inARow = 0;
            firstAt = nanos;
        }
        inARow++;
        givenUp |= inARow > MOST_IN_A_ROW;
        if (givenUp) {
            return new Verdict.GivenUp(inARow, Duration.ofNanos(nanos - firstAt));
        }
        Duration wait = FIRST_WAIT.multipliedBy(1L << (inARow - 1));
        Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        beginsAt = nanos + bounded.toNanos();
        return new Verdict.Again(bounded);
    }
}
