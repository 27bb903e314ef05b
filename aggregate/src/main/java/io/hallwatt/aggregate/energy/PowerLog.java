package io.hallwatt.aggregate.energy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Energy of one meter that gives only samples of its power: each holds until the next, at most for the hold; what is not covered is unknown, not
 * zero. Exact in µJ (mW · ms), booked as whole mWh of one running sum, so that windows add up. Of closed hours the sums at their ends are kept, and where samples are
 * missing, for one that comes late (ADR 14).
 */
final class PowerLog {
    private static final long MICROJOULES_PER_MILLIWATT_HOUR = 3_600_000;

    /** Energy from the first sample, whole mWh and the µJ beyond them, and the time covered. */
    record Sum(long milliwattHours, long microjoules, long coveredMillis) {
        static final Sum NOTHING = new Sum(0, 0, 0);

        /** @param millis below 0 where it is taken back */
        Sum plus(long milliwatts, long millis) {
            // a sample holds for hours at most: 1 GW for two hours is 7.2e18 µJ, within 63 bits
            long more = Math.addExact(microjoules, Math.multiplyExact(milliwatts, millis));
            return new Sum(
                    milliwattHours + Math.floorDiv(more, MICROJOULES_PER_MILLIWATT_HOUR),
                    Math.floorMod(more, MICROJOULES_PER_MILLIWATT_HOUR),
                    coveredMillis + millis);
        }
    }

    private record Held(long at, long milliwatts) {}

    /**
     * Where a sample can be missing.
     *
     * @param before the sample that holds there, as far as it does; absent before the first one
     * @param until  time of the next sample; above all times where there is none
     */
    private record Gap(@Nullable Held before, long until) {}

    private final long hold;
    private final long unbroken;
    private final TreeMap<Long, Long> samples = new TreeMap<>();
    private final TreeMap<Long, Sum> closed = new TreeMap<>();
    private final TreeMap<Long, Long> heldAt = new TreeMap<>(); // time of the last sample before each closed boundary
    private final PowerGaps gaps = new PowerGaps(); // between the samples of closed hours
    private long first = Long.MIN_VALUE; // of those samples, as far as they are known
    private @Nullable Held held; // last sample before the newest closed boundary
    private long sealedUntil =
            Long.MIN_VALUE; // what is closed before was summed up with another hold: no late sample can be taken
    // out of it

    /**
     * @param holdMillis     how long a sample holds where no other follows
     * @param unbrokenMillis between samples of closed hours that are no further apart none is looked for
     */
    PowerLog(long holdMillis, long unbrokenMillis) {
        hold = holdMillis;
        unbroken = unbrokenMillis;
    }

    PowerLog(MeterSpec meter) {
        this(meter.holdMillis(), meter.sampleGapMillis());
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
        long millis = holdMillis(sample, from, until);
        return millis > 0 ? sum.plus(sample.milliwatts(), millis) : sum;
    }

    /** How long a sample holds between two times, ms. */
    private long holdMillis(Held sample, long from, long until) {
        return Math.max(0, Math.min(sample.at() + hold, until) - Math.max(sample.at(), from));
    }

    /** Folds the samples before a boundary into its sum, and gives the minutes they were in. Where one is missing is kept. */
    Set<Long> close(long boundary, long until) {
        closed.put(boundary, at(boundary, until));
        Map<Long, Long> before = samples.headMap(boundary, false);
        Set<Long> minutes = new TreeSet<>();
        for (Map.Entry<Long, Long> sample : before.entrySet()) {
            follow(new Held(sample.getKey(), sample.getValue()));
            minutes.add(MeterLogs.minuteOf(sample.getKey()));
        }
        gaps.limit();
        before.clear();
        if (held != null) {
            heldAt.put(boundary, held.at());
        }
        return minutes;
    }

    private void follow(Held next) {
        if (held == null) {
            first = next.at();
        } else {
            gaps.add(held.at(), held.milliwatts(), next.at(), unbroken);
        }
        held = next;
    }

    /**
     * Adds a sample to closed hours. From its time on it takes the place of the one before it, until the next, as {@link #add} and {@link #at} would have it: so much is taken
     * back of each sum behind it, and so much is added. Of two at one instant the smaller counts.
     *
     * @param at    not before the settled boundary, before the newest closed one, and before {@code until}
     * @param until nothing counts from here on
     * @param ends  of closed hours
     * @return whether something changed; not where no sample is missing, for what lies there is not kept
     */
    boolean refine(long at, long milliwatts, long until, List<HourEnd> ends) {
        Gap gap = at < sealedUntil ? null : gapAt(at);
        if (gap == null
                || (gap.before() != null
                        && gap.before().at() == at
                        && gap.before().milliwatts() <= milliwatts)) {
            return false;
        }
        Held late = new Held(at, milliwatts);
        Held before = gap.before();
        for (HourEnd end : ends) {
            if (end.at() > at) {
                Sum sum = closed.getOrDefault(end.at(), Sum.NOTHING); // closed before the meter first spoke
                long limit = Math.min(end.at(), Math.min(gap.until(), until));
                if (before != null) {
                    sum = sum.plus(before.milliwatts(), -holdMillis(before, at, limit));
                }
                closed.put(end.at(), hold(sum, late, at, limit));
                heldAt.merge(end.at(), at, Math::max);
            }
        }
        split(late);
        return true;
    }

    /** Null where no sample is missing. */
    private @Nullable Gap gapAt(long at) {
        long open = samples.isEmpty() ? Long.MAX_VALUE : samples.firstKey();
        if (held == null) {
            return new Gap(null, open);
        }
        if (at >= held.at()) {
            return new Gap(held, open);
        }
        if (at < first) {
            return new Gap(null, first);
        }
        int gap = gaps.at(at);
        return gap < 0 ? null : new Gap(new Held(gaps.from(gap), gaps.milliwatts(gap)), gaps.to(gap));
    }

    private void split(Held late) {
        if (held == null || late.at() >= held.at()) {
            follow(late);
        } else if (late.at() < first) {
            gaps.add(late.at(), late.milliwatts(), first, unbroken);
            first = late.at();
        } else {
            gaps.split(gaps.at(late.at()), late.at(), late.milliwatts(), unbroken);
        }
        gaps.limit();
    }

    void settle(long boundary) {
        closed.headMap(boundary, false).clear();
        heldAt.headMap(boundary, false).clear();
        gaps.dropBefore(boundary);
    }

    /** Time of the sample that holds into what follows a closed boundary; above all times where none does. */
    long heldInto(long boundary) {
        Long at = heldAt.get(boundary);
        return at != null && at + hold > boundary ? at : Long.MAX_VALUE;
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

    /** Where samples are missing in closed hours, and which hold at their ends. To be read after {@link #readClosed}. */
    void writeGaps(PartWriter out) {
        out.number(hold);
        out.number(sealedUntil);
        out.number(first);
        out.count(heldAt.size());
        heldAt.forEach((boundary, at) -> {
            out.number(boundary);
            out.number(at - boundary);
        });
        gaps.write(out);
    }

    void readGaps(PartReader in) {
        boolean sameHold = in.number() == hold;
        sealedUntil = in.number();
        first = in.number();
        for (int count = in.count(); count > 0; count--) {
            long boundary = in.number();
            heldAt.put(boundary, boundary + in.number());
        }
        gaps.read(in);
        if (!sameHold && !closed.isEmpty()) {
            sealedUntil = closed.lastKey();
            gaps.dropBefore(Long.MAX_VALUE);
        }
    }
}
