package io.hallwatt.aggregate.window;

import java.util.function.LongSupplier;

/**
 * When a task wants to be committed before it has to be: as often as people wait for metrics, unless it is working off a backlog. There, windows are of a past
 * that nobody waits for, and a commit costs about the same with ten times as many in it.
 *
 * <p>A backlog is known by what is left to read: more than the task reads in a second. Or, where a past comes no faster than it is read, by its speed: event
 * time runs at least twice as fast as the clock, whatever the readings' times. Both are measured over more than a second, since what comes from other tasks comes
 * with their commits, in bursts; and twice running, since one jump is a device that had been quiet, and what a stall of half a second leaves is soon read.
 */
public final class CommitPace {
    private static final long BACKLOG_SPEED = 2;
    private static final long SPAN_MILLIS = 1_250;
    /** What is left of a task that reads little is soon read. */
    private static final long LEAST_BACKLOG = 1_000;

    private long newest = DeviceFrontiers.NEVER;
    private long newestThen = DeviceFrontiers.NEVER;
    private long readThen;
    private long then = DeviceFrontiers.NEVER;
    private boolean fast;
    private boolean far;
    private boolean behind;

    /** A record with event time {@code at} came, epoch ms. */
    public void arrived(long at) {
        newest = Math.max(newest, at);
    }

    /**
     * Whether a backlog is being worked off.
     *
     * @param millis of a clock that runs evenly
     * @param read   readings that were read until now
     * @param left   readings that are published and not read yet; asked seldom
     */
    public boolean behind(long millis, long read, LongSupplier left) {
        if (then == DeviceFrontiers.NEVER) {
            begin(millis, read);
        } else if (millis - then >= SPAN_MILLIS) {
            long span = millis - then;
            boolean wasFast = fast;
            fast = newestThen != DeviceFrontiers.NEVER && newest - newestThen >= BACKLOG_SPEED * span;
            boolean wasFar = far;
            far = left.getAsLong() > Math.max(LEAST_BACKLOG, (read - readThen) * 1_000 / span);
            behind = (fast && wasFast) || (far && wasFar);
            begin(millis, read);
        }
        return behind;
    }

    private void begin(long millis, long read) {
        newestThen = newest;
        readThen = read;
        then = millis;
    }
}
