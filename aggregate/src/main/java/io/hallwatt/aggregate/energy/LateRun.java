package io.hallwatt.aggregate.energy;

import io.hallwatt.aggregate.energy.PastPoints.Head;
import org.jspecify.annotations.Nullable;

/**
 * Late readings of one meter, mostly a buffer in order: those that are among its points already and not yet in its fold and in the ends of its hours, and the fold
 * before the minute that is being filled, so that the next one is judged by the few points around it.
 */
final class LateRun {
    private final Head start;
    private Head head;
    private long minute = Long.MIN_VALUE;
    private long taken; // time of the one taken last
    private @Nullable PastPoints before;

    /** Whether the meter's closed hours, as they are, hold, and give no hour less than is settled. */
    private boolean sound;

    LateRun(RegisterFold settled, boolean sound) {
        start = new Head(settled, 0);
        head = start;
        this.sound = sound;
    }

    boolean sound() {
        return sound;
    }

    /** The points before the minute of a late one. */
    Head before(RegisterPoint late, PastPoints points, MeterSpec meter) {
        long now = MeterLogs.minuteOf(late.at());
        if (now < minute) {
            head = start;
        }
        minute = now;
        head = points.head(now, meter, head);
        return head;
    }

    /**
     * A late one is found to be right.
     *
     * @param points without it
     */
    void takes(RegisterPoint late, PastPoints points) {
        before = before == null ? points.copy() : before;
        taken = late.at();
        sound = true;
    }

    /** The minute that was filled, epoch ms. */
    long filling() {
        return MeterLogs.minuteOf(taken);
    }

    /** The points as they were folded last, before those that wait; none wait any longer. */
    @Nullable
    PastPoints takeBefore() {
        PastPoints folded = before;
        before = null;
        head = start;
        minute = Long.MIN_VALUE;
        return folded;
    }
}
