package io.hallwatt.aggregate.energy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far beyond its ends an hour's energy of one meter rests on readings: whoever has the meter's readings from the one to the other can compute it anew. */
final class Reach {
    private final long start;
    private final long end;
    private long from;
    private long until;

    Reach(long startMillis, long endMillis) {
        start = startMillis;
        end = endMillis;
        from = startMillis;
        until = endMillis - 1;
    }

    /**
     * To the readings around both ends, where the register there lies between two.
     *
     * @param decided time of the reading that bore out the one after the end: that one is not known to count without it
     */
    void register(Crossing first, Crossing last, long decided) {
        if (first.left() != null && first.right() != null && first.right().at() > start) {
            from = Math.min(from, first.left().at());
        }
        if (last.left() != null && last.right() != null) {
            until = Math.max(until, Math.max(last.right().at(), decided));
        }
    }

    /** To the start of an interval that reaches over the hour's start, and to the end of one that reaches over its end. */
    void intervals(IntervalLog log) {
        IntervalLog.Stated overStart = log.over(start);
        IntervalLog.Stated overEnd = log.over(end);
        from = overStart == null ? from : Math.min(from, overStart.start());
        until = overEnd == null ? until : Math.max(until, overEnd.end());
    }

    /** @param held time of the sample that holds into the hour; above all times where none does */
    void power(long held) {
        from = Math.min(from, held);
    }

    /** Null where nothing before the hour counts. */
    @Nullable
    Instant from() {
        return from < start ? Instant.ofEpochMilli(from) : null;
    }

    /** Null where nothing at or after the hour's end counts. */
    @Nullable
    Instant until() {
        return until >= end ? Instant.ofEpochMilli(until) : null;
    }
}
