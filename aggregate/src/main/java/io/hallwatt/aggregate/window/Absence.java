package io.hallwatt.aggregate.window;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;

/**
 * The hole that a stop of the pipeline leaves in an input: from the newest reading before it to the first after our start. In it nobody listened, so that it says
 * nothing of devices. Where readings of that time are there to be read, as after a stop of this stage alone, there is no hole.
 */
public final class Absence {
    /** A shorter one is as good as none, ms: it is filled, and rules on silence wait longer. */
    private static final long SHORTEST = 5_000;

    private final long startedAt;
    private long newest = NEVER;
    private boolean over;

    /** @param startedAt when listening began, epoch ms */
    public Absence(long startedAt) {
        this.startedAt = startedAt;
    }

    /** Of what was closed before the stop, the end, epoch ms: it was listened up to there. */
    public void knownUntil(long end) {
        newest = Math.max(newest, end);
    }

    /**
     * A reading came.
     *
     * @param at its event time, epoch ms
     * @return whether it is the first after a hole, which ends with it
     */
    public boolean ends(long at) {
        if (over) {
            return false;
        }
        long before = newest;
        newest = Math.max(newest, at);
        over = at >= startedAt;
        return over && hole(before, at);
    }

    /**
     * Silence since our start, long enough to be told.
     *
     * @return whether there is a hole before it, which ends with our start
     */
    public boolean endsInSilence() {
        if (over) {
            return false;
        }
        over = true;
        return hole(newest, startedAt);
    }

    private static boolean hole(long from, long to) {
        return from != NEVER && to - from >= SHORTEST;
    }
}
