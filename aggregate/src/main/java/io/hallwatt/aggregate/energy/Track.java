package io.hallwatt.aggregate.energy;

import io.hallwatt.aggregate.energy.Crossing.Mark;
import io.hallwatt.contract.RegisterNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The accepted readings of one meter in order of time, and what was noted on the way. Filled by {@link RegisterFold}. */
final class Track {
    /**
     * @param mark    the reading
     * @param stretch how the energy since the one before is known
     * @param decided time of the reading by which it was accepted: its own, or the next where it was a suspect
     */
    private record Accepted(Mark mark, Stretch stretch, long decided) {}

    private record Noted(RegisterNote note, long at) {}

    private static final Track UNTOLD = new Track(null, false);

    private final List<Accepted> accepted = new ArrayList<>();
    private final List<Noted> notes = new ArrayList<>();
    private final @Nullable Knot knot;
    private final boolean kept;

    /**
     * @param knot a settled boundary that later energy starts from; absent where there is none
     */
    Track(@Nullable Knot knot) {
        this(knot, true);
    }

    private Track(@Nullable Knot knot, boolean kept) {
        this.knot = knot;
        this.kept = kept;
    }

    /** Keeps nothing of what it is told: for a fold whose end alone is wanted. */
    static Track untold() {
        return UNTOLD;
    }

    /**
     * A boundary whose energy is settled for good, though readings before it are the newest accepted.
     *
     * @param from where the line that settled it began, a reading or an earlier knot; absent where nothing had come after it
     */
    record Knot(long at, long energy, @Nullable Knot from) {
        Knot(long at, long energy) {
            this(at, energy, null);
        }
    }

    /** The knot of a boundary that is settled now. */
    Knot settle(Crossing settled) {
        return new Knot(settled.boundary(), settled.energy(), settled.right() == null ? null : begin(settled.left()));
    }

    private @Nullable Knot begin(@Nullable Mark left) {
        if (left == null) {
            return null;
        }
        if (knot == null || left.at() >= knot.at()) {
            return new Knot(left.at(), left.energy());
        }
        return knot.from() != null && left.at() == knot.from().at() ? knot.from() : new Knot(left.at(), left.energy());
    }

    void accept(RegisterPoint point, long energy, Stretch stretch, long decided) {
        if (!kept) {
            return;
        }
        accepted.add(new Accepted(new Mark(point.at(), energy, point.milliwattHours()), stretch, decided));
    }

    void note(RegisterNote note, long at) {
        if (!kept) {
            return;
        }
        notes.add(new Noted(note, at));
    }

    /** Energy up to the newest accepted reading, mWh. */
    long newestEnergy() {
        return accepted.isEmpty() ? 0 : accepted.getLast().mark().energy();
    }

    /** The readings around a boundary. */
    Crossing crossing(long boundary) {
        int right = firstAtOrAfter(boundary);
        Mark after = right < accepted.size() ? accepted.get(right).mark() : null;
        Mark before = right > 0 ? accepted.get(right - 1).mark() : null;
        Stretch stretch = right > 0 && after != null ? accepted.get(right).stretch() : Stretch.READ;
        return Crossing.between(boundary, before == null ? null : fromKnot(before, after), after, stretch);
    }

    /**
     * Where the line through both readings does not meet the settled boundary between them, it starts anew from there. A line that began at an earlier
     * knot and does meet it stays: begun anew from a whole number, it would give later boundaries a milliwatt-hour less than it gave them before.
     */
    private Mark fromKnot(Mark before, @Nullable Mark after) {
        if (knot == null || before.at() >= knot.at()) {
            return before;
        }
        Knot from = knot.from();
        Mark left = from == null || before.at() >= from.at()
                ? before
                : new Mark(from.at(), Math.max(before.energy(), from.energy()), before.raw());
        boolean met = after != null
                && Interpolation.at(knot.at(), left.at(), left.energy(), after.at(), after.energy()) == knot.energy();
        return met ? left : new Mark(knot.at(), Math.max(before.energy(), knot.energy()), before.raw());
    }

    /**
     * An accepted reading and how it was reached.
     */
    record Step(Mark mark, Stretch stretch) {}

    /** The first accepted reading after a time; null where there is none. */
    @Nullable
    Step after(long at) {
        int next = firstAtOrAfter(at + 1);
        return next == accepted.size()
                ? null
                : new Step(accepted.get(next).mark(), accepted.get(next).stretch());
    }

    /** Time of the reading that decided what comes first at or after the boundary; a later reading cannot change it any more. */
    long decided(long boundary) {
        int right = firstAtOrAfter(boundary);
        return right < accepted.size() ? accepted.get(right).decided() : Long.MAX_VALUE;
    }

    /** Energy bridged by power along stretches wholly inside [start, end), accepted before {@code decidedBefore}, mWh. */
    long bridged(long start, long end, long decidedBefore) {
        long sum = 0;
        for (int i = 1; i < accepted.size(); i++) {
            if (bridgedInside(i, start, end, decidedBefore)) {
                sum += accepted.get(i).mark().energy()
                        - accepted.get(i - 1).mark().energy();
            }
        }
        return sum;
    }

    /** Whether power was missing along one of them. */
    boolean bridgedInPart(long start, long end, long decidedBefore) {
        for (int i = 1; i < accepted.size(); i++) {
            if (accepted.get(i).stretch() == Stretch.BRIDGED_IN_PART && bridgedInside(i, start, end, decidedBefore)) {
                return true;
            }
        }
        return false;
    }

    private boolean bridgedInside(int i, long start, long end, long decidedBefore) {
        Accepted reading = accepted.get(i);
        return reading.stretch() != Stretch.READ
                && accepted.get(i - 1).mark().at() >= start
                && reading.mark().at() <= end
                && reading.decided() < decidedBefore;
    }

    /** Adds up what was noted in [start, end). */
    void countNotes(long start, long end, Map<RegisterNote, Integer> counts) {
        for (Noted noted : notes) {
            if (noted.at() >= start && noted.at() < end) {
                counts.merge(noted.note(), 1, Integer::sum);
            }
        }
    }

    private int firstAtOrAfter(long boundary) {
        int low = 0;
        int high = accepted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (accepted.get(middle).mark().at() < boundary) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
