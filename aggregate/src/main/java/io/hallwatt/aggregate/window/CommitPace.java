package io.hallwatt.aggregate.window;

/**
 * When a task wants to be committed before it has to be: as often as people wait for metrics, unless it is working off a backlog. There, windows are of a past
 * that nobody waits for, and a commit costs about the same with ten times as many in it.
 *
 * <p>A backlog is known by its speed alone: event time runs at least twice as fast as the clock. That holds for a past that is read again, too, whatever its
 * readings' times. It is measured over some seconds, since what comes from other tasks comes with their commits, in bursts.
 */
public final class CommitPace {
    private static final long BACKLOG_SPEED = 2;
    private static final long SPAN_MILLIS = 2_500;

    private long newest = DeviceFrontiers.NEVER;
    private long newestThen = DeviceFrontiers.NEVER;
    private long then = DeviceFrontiers.NEVER;
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
            behind = newestThen != DeviceFrontiers.NEVER && newest - newestThen >= BACKLOG_SPEED * span;
            newestThen = newest;
            then = millis;
        }
        return behind;
    }
}
