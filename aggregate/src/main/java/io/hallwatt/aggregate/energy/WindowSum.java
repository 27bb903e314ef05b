package io.hallwatt.aggregate.energy;

/** Adds up one window of one meter over what it may have said. */
final class WindowSum {
    /** Sampled power counts as known for the whole window from this coverage on, percent. */
    private static final long COVERED_PERCENT = 95;

    private static final long HOUR_MILLIS = 3_600_000;

    private final long start;
    private final long end;
    private long measured;
    private long estimated;
    private boolean complete;

    WindowSum(long startMillis, long endMillis) {
        start = startMillis;
        end = endMillis;
    }

    void register(Crossing from, Crossing to, long bridged, boolean bridgedInPart, long gapMillis) {
        long spread = from.estimatedUntil(to, bridged, gapMillis);
        estimated += spread;
        measured += from.until(to) - spread;
        complete |= from.wholeUntil(to, bridgedInPart);
    }

    /** Of hours, an interval that crosses an end counts by its share; of shorter windows it counts only in those that hold it whole. */
    void intervals(IntervalLog log) {
        boolean hour = end - start == HOUR_MILLIS && Math.floorMod(start, HOUR_MILLIS) == 0;
        long inside = log.inside(start, end);
        long total = hour ? log.energyAt(end) - log.energyAt(start) : inside;
        long spread = Math.clamp(total - inside, 0, Math.max(0, total));
        estimated += spread;
        measured += total - spread;
        complete |= log.coveredMillis(start, end, !hour) == end - start;
    }

    void power(PowerLog.Sum from, PowerLog.Sum to) {
        measured += to.milliwattHours() - from.milliwattHours();
        complete |= (to.coveredMillis() - from.coveredMillis()) * 100 >= (end - start) * COVERED_PERCENT;
    }

    long measured() {
        return measured;
    }

    long estimated() {
        return estimated;
    }

    boolean complete() {
        return complete;
    }
}
