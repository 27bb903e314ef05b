package io.hallwatt.aggregate.window;

/**
 * When a task wants to be committed before it has to be: as often as people wait for metrics, unless it is working off a backlog. There, windows are of a past
 * that nobody waits for, and a commit costs about the same with ten times as many in it.
 *
 * <p>A backlog is known by its speed alone: event time runs at least twice as fast as the clock. That holds for a past that is read again, too, whatever its
 * readings' times. It is measured over more than a second, since what comes from other tasks comes with their commits, in bursts; and twice running, since one
 * jump is a device that had been quiet.
 */
public final class CommitPace {
    private static final long BACKLOG_SPEED = 2;
    private static final long SPAN_MILLIS = 1_250;

    private long newest = DeviceFrontiers.NEVER;
    private long newestThen = DeviceFrontiers.NEVER;
    private long then = DeviceFrontiers.NEVER;
    private boolean fast;
    private boolean behind;

    /** A record with event time {@code at} came, epoch ms. */
    public void arrived(long at) {
        newest = Math.max(newest, at);
    }

    /**
     * Whether a backlog is being worked off.
     *
     * @param millis of a clock that runs evenly
     */
    public boolean behind(long millis) {
        long span = then == DeviceFrontiers.NEVER ? Long.MAX_VALUE : millis - then;
        if (span >= SPAN_MILLIS) {
            boolean wasFast = fast;
            fast = newestThen != DeviceFrontiers.NEVER && newest - newestThen >= BACKLOG_SPEED * span;
            behind = fast && wasFast;
            newestThen = newest;
            then = millis;
        }
        return behind;
    }
}
