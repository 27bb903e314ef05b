package io.hallwatt.aggregate.energy;

import io.hallwatt.aggregate.energy.Crossing.Mark;
import io.hallwatt.aggregate.energy.Track.Knot;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The registers of a book's meters: the fold up to the newest closed hour, and the points of the minutes since. */
final class Registers {
    private final List<MeterSpec> meters;
    private final RegisterFold[] anchors;
    private final @Nullable Knot[] knots;
    private final TreeMap<Long, MinutePoints> minutes = new TreeMap<>();
    private @Nullable MinutePoints current; // the minute that spoke last: nearly always the one that speaks next

    private final RegisterFold[]
            checkpoints; // fold up to checkpointAt, so that a minute's window need not read the whole hour again
    private long checkpointAt = Long.MIN_VALUE;

    Registers(List<MeterSpec> meters) {
        this.meters = meters;
        anchors = new RegisterFold[meters.size()];
        Arrays.fill(anchors, RegisterFold.NOTHING);
        knots = new Knot[meters.size()];
        checkpoints = anchors.clone();
    }

    /** @return whether something changed */
    boolean add(int meter, long at, long milliwattHours, int watts) {
        MinutePoints minute = current;
        long offset = minute == null ? -1 : at - minute.start();
        if (minute == null || offset < 0 || offset >= MinutePoints.LENGTH_MILLIS) {
            minute = minute(Math.floorDiv(at, MinutePoints.LENGTH_MILLIS) * MinutePoints.LENGTH_MILLIS);
            current = minute;
        }
        boolean changed = minute.add(meter, at, milliwattHours, watts);
        if (changed && at < checkpointAt) {
            forgetCheckpoint();
        }
        return changed;
    }

    private void forgetCheckpoint() {
        checkpointAt = Long.MIN_VALUE;
        System.arraycopy(anchors, 0, checkpoints, 0, anchors.length);
    }

    MinutePoints minute(long start) {
        return minutes.computeIfAbsent(start, s -> new MinutePoints(s, meters.size()));
    }

    /** Kept minutes by their start. */
    SortedMap<Long, MinutePoints> minutes() {
        return minutes;
    }

    /** Energy after the boundary starts from this value, though the meter's newest accepted reading lies before it. */
    void knot(int meter, Knot knot) {
        knots[meter] = knot;
    }

    /** Time of the newest point seen of a meter up to the newest closed hour; below all times where none was. */
    long seenAt(int meter) {
        return anchors[meter].accepted() == null ? Long.MIN_VALUE : anchors[meter].seenAt();
    }

    /**
     * The newest accepted reading of a meter that was silent since before the settled boundary, so that hours were settled without a part of it; null where it
     * spoke, or has its part of them by now.
     */
    @Nullable
    Mark silentSince(int meter) {
        RegisterPoint accepted = anchors[meter].accepted();
        Knot knot = knots[meter];
        long energy = anchors[meter].energyMilliwattHours();
        return accepted != null
                        && knot != null
                        && knot.from() == null
                        && accepted.at() < knot.at()
                        && knot.energy() == energy
                ? new Mark(accepted.at(), energy, accepted.milliwattHours())
                : null;
    }

    /** As {@link #track(int)}, whatever was settled. */
    Track freeTrack(int meter) {
        return track(meter, anchors[meter], minutes, Long.MAX_VALUE, new Track(null));
    }

    /** All that is known of a meter since the newest closed hour. */
    Track track(int meter) {
        return track(meter, anchors[meter], minutes, Long.MAX_VALUE);
    }

    /** Energy of each meter up to its newest accepted reading, mWh: that of its {@link #track}, without making one. */
    long[] newestEnergies() {
        Map<Long, MinutePoints> since = minutes.tailMap(checkpointAt, true);
        long[] energies = new long[checkpoints.length];
        for (int meter = 0; meter < energies.length; meter++) {
            energies[meter] =
                    fold(meter, checkpoints[meter], since, Track.untold()).energyMilliwattHours();
        }
        return energies;
    }

    /** Makes {@link #trackFrom} cheap for windows that start here or later. */
    void checkpoint(long start) {
        if (start <= checkpointAt) {
            return;
        }
        Map<Long, MinutePoints> passed = minutes.subMap(checkpointAt, start);
        for (int meter = 0; meter < checkpoints.length; meter++) {
            checkpoints[meter] = fold(meter, checkpoints[meter], passed, Track.untold());
        }
        checkpointAt = start;
    }

    /**
     * What a window that starts at {@code start} needs of a meter's track.
     *
     * @param until readings from here on do not count, epoch ms: which of them are there already is chance
     */
    Track trackFrom(int meter, long start, long until) {
        return start < checkpointAt
                ? track(meter, anchors[meter], minutes, until)
                : track(meter, checkpoints[meter], minutes.tailMap(checkpointAt, true), until);
    }

    private Track track(int meter, RegisterFold from, SortedMap<Long, MinutePoints> over, long until) {
        return track(meter, from, over, until, new Track(knots[meter]));
    }

    private Track track(int meter, RegisterFold from, SortedMap<Long, MinutePoints> over, long until, Track track) {
        if (from.accepted() != null) {
            track.accept(from.accepted(), from.energyMilliwattHours(), Stretch.READ, Long.MIN_VALUE);
        }
        long minute = MeterLogs.minuteOf(until);
        RegisterFold passed = fold(meter, from, over.headMap(minute), track);
        MinutePoints begun = over.get(minute);
        if (begun != null) {
            begun.foldFirst(meter, meters.get(meter), passed, track, until);
        }
        return track;
    }

    private RegisterFold fold(int meter, RegisterFold from, Map<Long, MinutePoints> over, Track track) {
        RegisterFold fold = from;
        for (MinutePoints minute : over.values()) {
            fold = minute.fold(meter, meters.get(meter), fold, track);
        }
        return fold;
    }

    /** Folds the minutes before a boundary and drops them. */
    void close(long boundary) {
        Map<Long, MinutePoints> passed = minutes.headMap(boundary, false);
        for (int meter = 0; meter < anchors.length; meter++) {
            anchors[meter] = fold(meter, anchors[meter], passed, Track.untold());
        }
        passed.clear();
        current = null;
        forgetCheckpoint();
    }

    /**
     * A point of a closed hour. It is taken where it lies between accepted readings and steps from the one before, and to the one after, as a sound
     * register does: then it refines the boundaries in between and moves energy from one side to the other.
     *
     * @param ends   ends of closed hours, the settled one first
     * @param spoken told where the point is the first of a meter that was silent since before the settled boundary
     * @return whether it was taken
     */
    boolean refine(int meter, RegisterPoint late, int watts, List<HourEnd> ends, Spoken spoken) {
        RegisterPoint newest = anchors[meter].accepted();
        if (newest == null || late.at() <= ends.getFirst().at() || late.at() == newest.at()) {
            return false;
        }
        return late.at() > newest.at()
                ? refineAfterNewest(meter, late, watts, newest, ends, spoken)
                : refineFixed(meter, late, ends);
    }

    /** Takes what a meter said after a silence. */
    interface Spoken {
        /**
         * @param since last reading before the silence
         * @param line  readings from it on, whatever was settled
         */
        void after(Mark since, Track line);
    }

    private boolean refineAfterNewest(
            int meter, RegisterPoint late, int watts, RegisterPoint newest, List<HourEnd> ends, Spoken spoken) {
        RegisterFold anchor = anchors[meter];
        Mark before = new Mark(newest.at(), anchor.energyMilliwattHours(), newest.milliwattHours());
        Track.Step next = track(meter).after(newest.at());
        Knot knot = knots[meter];
        Mark mark = between(meter, before, late, next == null ? null : next.mark());
        if (anchor.suspect() != null
                || mark == null
                || (next != null && next.stretch() != Stretch.READ)
                || (knot != null && mark.energy() < knot.energy())) {
            return false;
        }
        Mark since = silentSince(meter);
        if (since != null) {
            spoken.after(since, refined(new Track(null), before, newest, mark, late));
        }
        Track refined = refined(new Track(knots[meter]), before, newest, mark, late);
        for (HourEnd end : ends) {
            if (end.open(meter) && end.at() <= late.at()) {
                end.fix(meter, refined.crossing(end.at()));
            }
        }
        boolean seenLater = anchor.seenAt() > late.at();
        anchors[meter] = new RegisterFold(
                late,
                mark.energy(),
                null,
                seenLater ? anchor.seenAt() : late.at(),
                seenLater ? anchor.seenWatts() : watts,
                PowerBridge.EMPTY,
                PowerBridge.EMPTY);
        forgetCheckpoint();
        return true;
    }

    private static Track refined(Track track, Mark before, RegisterPoint newest, Mark mark, RegisterPoint late) {
        track.accept(newest, before.energy(), Stretch.READ, Long.MIN_VALUE);
        track.accept(late, mark.energy(), Stretch.READ, late.at());
        return track;
    }

    private boolean refineFixed(int meter, RegisterPoint late, List<HourEnd> ends) {
        boolean taken = false;
        for (HourEnd end : ends.subList(1, ends.size())) {
            Crossing crossing = end.fixed(meter);
            if (crossing == null
                    || crossing.left() == null
                    || crossing.right() == null
                    || crossing.stretch() != Stretch.READ
                    || late.at() <= crossing.left().at()
                    || late.at() >= crossing.right().at()) {
                continue;
            }
            Mark mark = between(meter, crossing.left(), late, crossing.right());
            if (mark == null || mark.energy() < ends.getFirst().settledEnergy(meter)) {
                return taken;
            }
            boolean left = late.at() < end.at();
            end.fix(
                    meter,
                    Crossing.between(
                            end.at(), left ? mark : crossing.left(), left ? crossing.right() : mark, Stretch.READ));
            taken = true;
        }
        return taken;
    }

    /** The late point's place on the way from one reading to the other; null where a sound register does not go that way. */
    private @Nullable Mark between(int meter, Mark before, RegisterPoint late, @Nullable Mark after) {
        MeterSpec spec = meters.get(meter);
        RegisterStep to = RegisterStep.between(spec, new RegisterPoint(before.at(), before.raw()), late);
        if (!to.grows()) {
            return null;
        }
        Mark mark = new Mark(late.at(), before.energy() + to.booked(PowerBridge.EMPTY), late.milliwattHours());
        if (after == null) {
            return mark;
        }
        RegisterStep on = RegisterStep.between(spec, late, new RegisterPoint(after.at(), after.raw()));
        return on.grows() && mark.energy() + on.booked(PowerBridge.EMPTY) == after.energy() ? mark : null;
    }

    void writeFolds(int meter, PartWriter out) {
        RegisterFold fold = anchors[meter];
        writePoint(fold.accepted(), out);
        writePoint(fold.suspect(), out);
        out.number(fold.energyMilliwattHours());
        out.number(fold.seenAt());
        out.number(fold.seenWatts());
        writeBridge(fold.sinceAccepted(), out);
        writeBridge(fold.sinceSuspect(), out);
        writeKnot(knots[meter], out);
    }

    /** @param meter its index now; below 0 where it is gone */
    void readFolds(int meter, PartReader in) {
        RegisterPoint accepted = readPoint(in);
        RegisterPoint suspect = readPoint(in);
        RegisterFold fold = new RegisterFold(
                accepted, in.number(), suspect, in.number(), (int) in.number(), readBridge(in), readBridge(in));
        Knot knot = readKnot(in);
        if (meter >= 0) {
            anchors[meter] = fold;
            checkpoints[meter] = fold;
            knots[meter] = knot;
        }
    }

    /** How many, the newest first: it and the one where its line began. */
    private static void writeKnot(@Nullable Knot knot, PartWriter out) {
        out.count(knot == null ? 0 : knot.from() == null ? 1 : 2);
        for (Knot one = knot; one != null; one = one.from()) {
            out.number(one.at());
            out.number(one.energy());
        }
    }

    private static @Nullable Knot readKnot(PartReader in) {
        int count = in.count();
        if (count == 0) {
            return null;
        }
        long at = in.number();
        long energy = in.number();
        return new Knot(at, energy, count == 1 ? null : new Knot(in.number(), in.number()));
    }

    private static void writePoint(@Nullable RegisterPoint point, PartWriter out) {
        out.flag(point != null);
        if (point != null) {
            out.number(point.at());
            out.number(point.milliwattHours());
        }
    }

    private static @Nullable RegisterPoint readPoint(PartReader in) {
        return in.flag() ? new RegisterPoint(in.number(), in.number()) : null;
    }

    private static void writeBridge(PowerBridge bridge, PartWriter out) {
        out.number(bridge.wattMillisTwice());
        out.number(bridge.uncoveredMillis());
    }

    private static PowerBridge readBridge(PartReader in) {
        return new PowerBridge(in.number(), in.number());
    }
}
