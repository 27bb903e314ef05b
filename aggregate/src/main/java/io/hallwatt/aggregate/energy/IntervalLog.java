package io.hallwatt.aggregate.energy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Energy that one meter stated for intervals: exact for each, known nowhere finer. Intervals that overlap an earlier one are left out. Across a
 * boundary of hours an interval is spread by time, in whole mWh.
 */
final class IntervalLog {
    /**
     * Energy of [start, end), mWh.
     *
     * @param clipped it started before, where nothing can be restated any more
     */
    record Stated(long start, long end, long milliwattHours, boolean clipped) {
        boolean inside(long from, long to) {
            return !clipped && start >= from && end <= to;
        }
    }

    private static final Comparator<Stated> ORDER = Comparator.comparingLong(Stated::start)
            .thenComparingLong(Stated::end)
            .thenComparingLong(Stated::milliwattHours);

    private final List<Stated> stated = new ArrayList<>();
    private long settledAt;
    private long settledEnergy; // at the settled boundary
    private long droppedEnergy; // of intervals that ended before it
    private long droppedEnd;

    /** @param settledAtMillis boundary before which no hour can be restated any more */
    IntervalLog(long settledAtMillis) {
        settledAt = settledAtMillis;
        droppedEnd = Long.MIN_VALUE;
    }

    /**
     * Adds an interval. One that starts before the settled boundary is spread over what comes after it.
     *
     * @return whether it was taken, now or before
     */
    boolean add(long start, long end, long milliwattHours) {
        if (end <= settledAt) {
            return false;
        }
        Stated added = stated(start, end, milliwattHours);
        int place = Collections.binarySearch(stated, added, ORDER);
        if (place >= 0) {
            return true;
        }
        if (start < settledAt && (start < droppedEnd || overlapsAny(added))) {
            return false; // it must not take the place of energy that is settled
        }
        stated.add(-place - 1, added);
        return true;
    }

    /** Whether the very interval was added before. */
    boolean has(long start, long end, long milliwattHours) {
        return has(new Stated(start, end, milliwattHours, false)) || has(stated(start, end, milliwattHours));
    }

    private boolean has(Stated one) {
        return Collections.binarySearch(stated, one, ORDER) >= 0;
    }

    private Stated stated(long start, long end, long milliwattHours) {
        return new Stated(Math.max(start, settledAt), end, milliwattHours, start < settledAt);
    }

    private boolean overlapsAny(Stated one) {
        return stated.stream().anyMatch(other -> other.start() < one.end() && one.start() < other.end());
    }

    private List<Stated> accepted() {
        List<Stated> accepted = new ArrayList<>(stated.size());
        long end = droppedEnd;
        for (Stated one : stated) {
            if (one.start() >= end) {
                accepted.add(one);
                end = one.end();
            }
        }
        return accepted;
    }

    /** Energy from the first interval to a boundary, mWh. */
    long energyAt(long boundary) {
        return boundary == settledAt ? settledEnergy : spreadTo(boundary);
    }

    private long spreadTo(long boundary) {
        long energy = droppedEnergy;
        for (Stated one : accepted()) {
            if (one.end() <= boundary) {
                energy += one.milliwattHours();
            } else if (one.start() < boundary) {
                energy += Interpolation.share(one.milliwattHours(), boundary - one.start(), one.end() - one.start());
            }
        }
        return Math.max(energy, settledEnergy);
    }

    long totalEnergy() {
        return energyAt(Long.MAX_VALUE);
    }

    /** Energy of the intervals wholly inside [start, end), mWh. */
    long inside(long start, long end) {
        long energy = 0;
        for (Stated one : accepted()) {
            energy += one.inside(start, end) ? one.milliwattHours() : 0;
        }
        return energy;
    }

    /** The interval that reaches over a boundary, as far as it can be restated; null where none does. */
    @Nullable
    Stated over(long boundary) {
        for (Stated one : accepted()) {
            if (one.start() < boundary && one.end() > boundary) {
                return one;
            }
        }
        return null;
    }

    /** How much of [start, end) intervals cover, ms; of those wholly inside it, or of all. */
    long coveredMillis(long start, long end, boolean wholeOnly) {
        long covered = 0;
        for (Stated one : accepted()) {
            if (!wholeOnly || one.inside(start, end)) {
                covered += Math.max(0, Math.min(one.end(), end) - Math.max(one.start(), start));
            }
        }
        return covered;
    }

    /** The boundary's energy is now final. */
    void settle(long boundary) {
        long energy = spreadTo(boundary);
        for (Stated one : accepted()) {
            if (one.end() <= boundary) {
                droppedEnergy += one.milliwattHours();
                droppedEnd = one.end();
            }
        }
        stated.removeIf(one -> one.end() <= boundary);
        settledAt = boundary;
        settledEnergy = energy;
    }

    long oldestStart() {
        return stated.isEmpty() ? Long.MAX_VALUE : stated.getFirst().start();
    }

    long newestEnd() {
        long newest = droppedEnd;
        for (Stated one : stated) {
            newest = Math.max(newest, one.end());
        }
        return newest;
    }

    void write(PartWriter out) {
        out.number(settledAt);
        out.number(settledEnergy);
        out.number(droppedEnergy);
        out.number(droppedEnd);
        out.count(stated.size());
        for (Stated one : stated) {
            out.number(one.start());
            out.number(one.end() - one.start());
            out.number(one.milliwattHours());
            out.flag(one.clipped());
        }
    }

    static IntervalLog read(PartReader in) {
        IntervalLog log = new IntervalLog(in.number());
        log.settledEnergy = in.number();
        log.droppedEnergy = in.number();
        log.droppedEnd = in.number();
        int size = in.count();
        for (int i = 0; i < size; i++) {
            long start = in.number();
            long end = start + in.number();
            log.stated.add(new Stated(start, end, in.number(), in.flag()));
        }
        return log;
    }
}
