package io.hallwatt.aggregate.window;

/**
 * How far the wall clock may close windows: those of devices that fell silent, not those of a backlog that is being worked off. While readings come in,
 * event time leads: nothing newer than the newest reading less the grace is closed. Only when nothing at all has come for a while, and nothing is left to
 * read, does the clock itself lead.
 *
 * <p>Quiet is counted in looks, not by two times of the clock: a process that stood still (no processor, a long pause, a laptop's lid) has heard nothing
 * because it did not listen, and what was said meanwhile is still to be read.
 */
public final class WallClockLimit {
    /** The most that one look adds to the quiet, ms. */
    private static final long LONGEST_LOOK = 250;

    /** Quiet that is silence before anything was heard that is newer than our start, ms: whoever starts with us may take as long. */
    private static final long STARTING = 10_000;

    private final long grace;
    private final long quiet;
    private final long startedAt;
    private long needed;
    private long lookedAt;
    private long heardNothingFor;
    private long newest = DeviceFrontiers.NEVER;

    /**
     * @param graceMillis how long after its end a window waits for silent devices
     * @param quietMillis how long nothing must have come before the clock leads; ten seconds at least before anything came from after {@code now}
     * @param now         epoch ms
     */
    public WallClockLimit(long graceMillis, long quietMillis, long now) {
        this.grace = graceMillis;
        this.quiet = quietMillis;
        this.startedAt = now;
        this.needed = Math.max(quietMillis, STARTING);
        this.lookedAt = now;
    }

    /** Something came that says nothing of the time of others. */
    public void heard() {
        heardNothingFor = 0;
        needed = quiet;
    }

    /** A reading with event time {@code at} came. */
    public void arrived(long at) {
        heardNothingFor = 0;
        needed = at >= startedAt ? quiet : needed; // what was left to read is of those who spoke before us
        newest = Math.max(newest, at);
    }

    /**
     * Up to which event time readings have come, as far as it matters to those that come another way: after as long a silence as lets the clock lead, nothing waits for
     * them. Before the first has come, {@link DeviceFrontiers#NEVER}.
     */
    public long read() {
        return leads() ? Long.MAX_VALUE : newest;
    }

    /** Whether there has been silence for so long that the clock leads. */
    public boolean leads() {
        return heardNothingFor >= needed;
    }

    /**
     * Windows that end at or before this may be closed; {@link DeviceFrontiers#NEVER} where none may. Called several times a second.
     *
     * @param caughtUp whether all that was published has been read
     */
    public long limit(long now, boolean caughtUp) {
        heardNothingFor = caughtUp ? heardNothingFor + Math.clamp(now - lookedAt, 0, LONGEST_LOOK) : 0;
        lookedAt = now;
        if (leads()) {
            return now - grace;
        }
        return newest == DeviceFrontiers.NEVER ? DeviceFrontiers.NEVER : Math.min(newest, now) - grace;
    }
}
