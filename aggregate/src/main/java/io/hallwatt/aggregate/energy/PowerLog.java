package io.hallwatt.aggregate.energy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Energy of one meter that gives only samples of its power: each holds until the next, at most for the hold; what is not covered is unknown, not
 * zero. Exact in µJ (mW · ms), booked as whole mWh of one running sum, so that windows add up.
 */
final class PowerLog {
    private static final long MICROJOULES_PER_MILLIWATT_HOUR = 3_600_000;

    /** Energy from the first sample, whole mWh and the µJ beyond them, and the time covered. */
    record Sum(long milliwattHours, long microjoules, long coveredMillis) {
        static final Sum NOTHING = new Sum(0, 0, 0);

        Sum plus(long milliwatts, long millis) {
            // a sample holds for hours at most: 1 GW for two hours is 7.2e18 µJ, within 63 bits
            long more = Math.addExact(microjoules, Math.multiplyExact(milliwatts, millis));
            return new Sum(
                    milliwattHours + more / MICROJOULES_PER_MILLIWATT_HOUR,
                    more % MICROJOULES_PER_MILLIWATT_HOUR,
                    coveredMillis + millis);
        }
    }

    private record Held(long at, long milliwatts) {}

    private final long hold;
    private final TreeMap<Long, Long> samples = new TreeMap<>();
    private final TreeMap<Long, Sum> closed = new TreeMap<>();
    private @Nullable Held held; // last sample before the newest closed boundary

    PowerLog(long holdMillis) {
        hold = holdMillis;
    }

    /** Adds a sample; of two at one instant the smaller counts. */
    boolean add(long at, long milliwatts) {
        Long before = samples.get(at);
        if (before != null && before <= milliwatts) {
            return false;
        }
        samples.put(at, milliwatts);
        return true;
    }

    /** Forgets samples from {@code until} on, for from there the meter has something better, and gives their times. */
    List<Long> dropFrom(long until) {
        Map<Long, Long> after = samples.tailMap(until, true);
        List<Long> dropped = List.copyOf(after.keySet());
        after.clear();
        return dropped;
    }

    /** Times of the samples kept. */
    List<Long> times() {
        return List.copyOf(samples.keySet());
    }

    /**
     * Running sum at a boundary.
     *
     * @param until nothing counts from here on
     */
    Sum at(long boundary, long until) {
        Sum known = closed.get(boundary);
        if (known != null) {
            return known;
        }
        Sum sum = Sum.NOTHING;
        long from = Long.MIN_VALUE;
        if (!closed.isEmpty()) {
            if (boundary < closed.firstKey()) {
                return Sum.NOTHING; // the meter had not spoken yet
            }
            from = closed.lastKey();
            sum = closed.lastEntry().getValue();
        }
        long limit = Math.min(boundary, until);
        Held holding = held;
        for (Map.Entry<Long, Long> sample : samples.entrySet()) {
            sum = hold(sum, holding, from, Math.min(sample.getKey(), limit));
            holding = new Held(sample.getKey(), sample.getValue());
        }
        return hold(sum, holding, from, limit);
    }

    private Sum hold(Sum sum, @Nullable Held sample, long from, long until) {
        if (sample == null) {
            return sum;
        }
        long start = Math.max(sample.at(), from);
        long end = Math.min(sample.at() + hold, until);
        return end > start ? sum.plus(sample.milliwatts(), end - start) : sum;
    }

    /** Folds the samples before a boundary into its sum, and gives the minutes they were in. */
    Set<Long> close(long boundary, long until) {
        closed.put(boundary, at(boundary, until));
        Map<Long, Long> before = samples.headMap(boundary, false);
        Map.Entry<Long, Long> last = samples.lowerEntry(boundary);
        if (last != null) {
            held = new Held(last.getKey(), last.getValue());
        }
        Set<Long> minutes = new TreeSet<>();
        before.keySet().forEach(at -> minutes.add(MeterLogs.minuteOf(at)));
        before.clear();
        return minutes;
    }

    void settle(long boundary) {
        closed.headMap(boundary, false).clear();
    }

    long oldest() {
        return samples.isEmpty() ? Long.MAX_VALUE : samples.firstKey();
    }

    /** Up to when the newest sample holds. */
    long knownUntil() {
        long newest = !samples.isEmpty() ? samples.lastKey() : held != null ? held.at() : Long.MIN_VALUE;
        return newest == Long.MIN_VALUE ? newest : newest + hold;
    }

    long newest() {
        return !samples.isEmpty() ? samples.lastKey() : held != null ? held.at() : Long.MIN_VALUE;
    }

    boolean speaksIn(long start, long end) {
        return !samples.subMap(start, end).isEmpty();
    }

    void writeMinute(long start, long end, PartWriter out) {
        Map<Long, Long> minute = samples.subMap(start, end);
        out.count(minute.size());
        for (Map.Entry<Long, Long> sample : minute.entrySet()) {
            out.count((int) (sample.getKey() - start));
            out.number(sample.getValue());
        }
    }

    void readMinute(long start, PartReader in) {
        int size = in.count();
        for (int i = 0; i < size; i++) {
            long at = start + in.count();
            samples.put(at, in.number());
        }
    }

    /** What does not change with every sample. */
    void writeClosed(PartWriter out) {
        out.flag(held != null);
        if (held != null) {
            out.number(held.at());
            out.number(held.milliwatts());
        }
        out.count(closed.size());
        for (Map.Entry<Long, Sum> end : closed.entrySet()) {
            out.number(end.getKey());
            out.number(end.getValue().milliwattHours());
            out.number(end.getValue().microjoules());
            out.number(end.getValue().coveredMillis());
        }
    }

    void readClosed(PartReader in) {
        held = in.flag() ? new Held(in.number(), in.number()) : null;
        int size = in.count();
        for (int i = 0; i < size; i++) {
            long boundary = in.number();
            closed.put(boundary, new Sum(in.number(), in.number(), in.number()));
        }
    }
}
