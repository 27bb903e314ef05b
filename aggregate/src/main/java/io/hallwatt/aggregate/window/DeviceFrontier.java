package io.hallwatt.aggregate.window;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;

/** One device: up to which event time it has told everything. An object of its own, so that a reading touches one place in memory. Times are epoch ms. */
final class DeviceFrontier {
    /** Sequence numbers ahead of a gap that are remembered; a longer gap is taken as a restart of the count. */
    private static final int AHEAD = 64;

    private long interval;
    private long newestAt = NEVER;
    private long contiguousAt = NEVER;
    private long nextSequence;
    private long ahead;
    private long beyondGapAt = NEVER;
    private long step;
    private long settledAt = NEVER;
    /** Which of the last sequence numbers before the next were seen: bit 0 is the last. And the time of the first of the count. */
    private long behind;

    private long firstAt = NEVER;

    /** The site model's report interval, ms. */
    void interval(long millis) {
        interval = Math.max(1, millis);
    }

    long interval() {
        return interval;
    }

    long newestAt() {
        return newestAt;
    }

    /** Forgets what was seen, not the interval. */
    void reset() {
        newestAt = NEVER;
        contiguousAt = NEVER;
        ahead = 0;
        beyondGapAt = NEVER;
        step = 0;
        settledAt = NEVER;
    }

    /** @param grace how long predecessors of the first reading may be under way, ms */
    void observe(long at, long sequence, long grace) {
        if (newestAt == NEVER) {
            first(at, sequence, grace);
            return;
        }
        boolean newer = at > newestAt;
        long distance = sequence - nextSequence;
        if (distance == 0) {
            next(at, 1);
        } else if (distance > 0 && distance < AHEAD) {
            ahead |= 1L << distance;
            beyondGapAt = beyondGapAt == NEVER ? at : Math.min(beyondGapAt, at);
        } else if (newer) {
            restart(at, sequence);
        } else if (distance < 0 && distance >= -AHEAD) {
            predecessor(at, 1L << (-distance - 1));
        }
        if (newer) {
            newestAt = at;
            if (ahead == 0) {
                contiguousAt = at;
            }
        }
    }

    private void predecessor(long at, long bit) {
        if ((behind & bit) == 0) {
            behind |= bit;
            firstAt = Math.min(firstAt, at);
        }
    }

    private void first(long at, long sequence, long grace) {
        newestAt = at;
        contiguousAt = at;
        nextSequence = sequence + 1;
        behind = 1;
        firstAt = at;
        step = 0;
        // Counting starts at 0; anything else may have predecessors, which the wire has shuffled.
        settledAt = sequence == 0 ? NEVER : at + grace;
    }

    /** @param stepsToIt how many steps of the device's own the reading is after the one that was contiguous: those that were lost count */
    private void next(long at, int stepsToIt) {
        long before = contiguousAt;
        long filled = Math.max(before, at);
        int steps = stepsToIt;
        nextSequence++;
        behind = behind << 1 | 1;
        long waiting = ahead >>> 1;
        while ((waiting & 1) != 0) {
            waiting >>>= 1;
            nextSequence++;
            behind = behind << 1 | 1;
            steps++;
        }
        ahead = waiting;
        if (waiting == 0) {
            filled = Math.max(filled, newestAt);
            beyondGapAt = NEVER;
        } else if (steps > 1) {
            beyondGapAt = newestAt;
        }
        contiguousAt = filled;
        if (filled > before) {
            step = Math.max(1, (filled - before) / steps);
        }
    }

    private void restart(long at, long sequence) {
        // How many readings the pause would have had is not known: it says only that the device speaks no more seldom.
        step = Math.min(step, at - newestAt);
        behind = 1;
        firstAt = at;
        nextSequence = sequence + 1;
        ahead = 0;
        beyondGapAt = NEVER;
        contiguousAt = at;
    }

    boolean seen(long at, long sequence) {
        if (newestAt == NEVER || at < firstAt) {
            return false;
        }
        long distance = sequence - nextSequence;
        if (distance < 0) {
            return distance >= -AHEAD && (behind & 1L << (-distance - 1)) != 0;
        }
        return distance < AHEAD && (ahead & 1L << distance) != 0;
    }

    /** @return whether there was something to forgive */
    boolean forgive(long closed) {
        if (ahead == 0 || beyondGapAt > closed) {
            return false;
        }
        int gap = Long.numberOfTrailingZeros(ahead);
        nextSequence += gap;
        behind <<= gap;
        ahead >>>= gap;
        next(beyondGapAt, gap + 1);
        return true;
    }

    long frontier(long newest) {
        if (newestAt == NEVER || newest < settledAt) {
            return NEVER;
        }
        return contiguousAt + Math.min(step, interval) * 9 / 10;
    }

    /** When predecessors of its first reading are waited for no longer, where that is later than {@code newest}; above all times where it is not. */
    long settles(long newest) {
        return settledAt > newest ? settledAt : Long.MAX_VALUE;
    }

    /** Times of the device that was written or read before: devices of a hall speak at nearly the same time. */
    static final class Before {
        private long newest;
        private long first;
    }

    void write(Before before, StateWriter out) {
        out.integer(interval);
        before.newest = difference(out, newestAt, before.newest);
        out.integerOr(contiguousAt == NEVER ? NEVER : newestAt - contiguousAt, NEVER);
        out.integer(nextSequence);
        out.integer(ahead);
        out.integerOr(beyondGapAt, NEVER);
        out.integer(step);
        out.integerOr(settledAt == NEVER ? NEVER : settledAt - before.newest, NEVER);
        out.integer(behind);
        before.first = difference(out, firstAt, before.first);
    }

    private static long difference(StateWriter out, long at, long before) {
        out.integerOr(at == NEVER ? NEVER : at - before, NEVER);
        return at == NEVER ? before : at;
    }

    void read(Before before, StateReader in) {
        interval = in.integer();
        newestAt = after(before.newest, in.integerOr(NEVER));
        before.newest = newestAt == NEVER ? before.newest : newestAt;
        long lagging = in.integerOr(NEVER);
        contiguousAt = lagging == NEVER ? NEVER : newestAt - lagging;
        nextSequence = in.integer();
        ahead = in.integer();
        beyondGapAt = in.integerOr(NEVER);
        step = in.integer();
        settledAt = after(before.newest, in.integerOr(NEVER));
        behind = in.integer();
        firstAt = after(before.first, in.integerOr(NEVER));
        before.first = firstAt == NEVER ? before.first : firstAt;
    }

    private static long after(long before, long difference) {
        return difference == NEVER ? NEVER : before + difference;
    }
}
