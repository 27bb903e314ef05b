package io.hallwatt.aggregate.window;

/**
 * How far the wall clock may close windows: those of devices that fell silent, not those of a backlog that is being worked off. While readings come in,
 * event time leads: nothing newer than the newest reading less the grace is closed. Only when nothing at all has come for a while does the clock itself lead.
 */
public final class WallClockLimit {
    private final long grace;
    private final long quiet;
    private long arrivedAt;
    private long newest = DeviceFrontiers.NEVER;

    /**
     * @param graceMillis how long after its end a window waits for silent devices
     * @param quietMillis how long nothing must have come before the clock leads
     * @param now         epoch ms: a backlog may be on its way
     */
    public WallClockLimit(long graceMillis, long quietMillis, long now) {
        this.grace = graceMillis;
        this.quiet = quietMillis;
        this.arrivedAt = now;
    }

    /** A reading with event time {@code at} came. */
    public void arrived(long at, long now) {
        arrivedAt = now;
        newest = Math.max(newest, at);
    }

    /** Windows that end at or before this may be closed; {@link DeviceFrontiers#NEVER} where none may. */
    public long limit(long now) {
        if (now - arrivedAt >= quiet) {
            return now - grace;
        }
        return newest == DeviceFrontiers.NEVER ? DeviceFrontiers.NEVER : Math.min(newest, now) - grace;
    }
}
