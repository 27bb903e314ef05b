package io.hallwatt.aggregate.energy;

import io.hallwatt.aggregate.energy.Crossing.Mark;
import io.hallwatt.aggregate.energy.PastPoints.Head;
import io.hallwatt.aggregate.energy.PastPoints.Place;
import io.hallwatt.aggregate.energy.Track.Knot;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The registers of a book's meters: the fold up to the settled boundary, the points of closed hours beside which a late one makes a difference, the fold up to the
 * newest closed hour, and the points of the minutes since. A late point is put among those of its hour, and all is folded once more, by the same rule as in order.
 */
final class Registers {
    private final List<MeterSpec> meters;
    private final RegisterFold[] settled;
    private final PastPoints[] past;
    private final RegisterFold[] anchors;
    private final @Nullable Knot[] knots;
    private final @Nullable LateRun[] runs; // since an hour was last closed
    private final BitSet waiting = new BitSet(); // meters with late points that are not folded yet
    private final TreeMap<Long, MinutePoints> minutes = new TreeMap<>();
    private @Nullable MinutePoints current; // the minute that spoke last: nearly always the one that speaks next

    private final RegisterFold[]
            checkpoints; // fold up to checkpointAt, so that a minute's window need not read the whole hour again
    private long checkpointAt = Long.MIN_VALUE;

    Registers(List<MeterSpec> meters) {
        this.meters = meters;
        anchors = new RegisterFold[meters.size()];
        Arrays.fill(anchors, RegisterFold.NOTHING);
        settled = anchors.clone();
        past = new PastPoints[meters.size()];
        Arrays.setAll(past, meter -> new PastPoints());
        knots = new Knot[meters.size()];
        runs = new LateRun[meters.size()];
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

    /** Folds the minutes before a boundary and drops them; of their points those are kept that a late one may need. No late point waits to be folded. */
    void close(long boundary) {
        Map<Long, MinutePoints> passed = minutes.headMap(boundary, false);
        for (int meter = 0; meter < anchors.length; meter++) {
            anchors[meter] = fold(meter, anchors[meter], passed, Track.untold());
            for (MinutePoints minute : passed.values()) {
                minute.giveTo(meter, past[meter]);
            }
            past[meter].thin(meters.get(meter), settled[meter], Long.MIN_VALUE);
        }
        Arrays.fill(runs, null);
        passed.clear();
        current = null;
        forgetCheckpoint();
    }

    /** What came before a boundary can be changed no longer. */
    void settle(long boundary) {
        for (int meter = 0; meter < settled.length; meter++) {
            settled[meter] = past[meter].foldBefore(boundary, meters.get(meter), settled[meter], Track.untold());
            past[meter].dropBefore(boundary);
        }
    }

    /** Takes what a meter said after a silence. */
    interface Spoken {
        /**
         * @param since last reading before the silence
         * @param line  readings from it on, whatever was settled
         */
        void after(Mark since, Track line);
    }

    /**
     * A point of a closed hour, that splits the stretch it lies in: the parts are known by the rule that holds in order. It is taken where it is the first or the last
     * of its minute, and neither in minutes that are known to be whole, nor in contradiction to what was read in them, nor to what is settled. What it makes of the
     * hours is known after {@link #foldLate}.
     *
     * @param ends   ends of closed hours, the settled one first
     * @param spoken told where the point is the first of a meter that was silent since before the settled boundary
     * @return whether it was taken
     */
    boolean refine(int meter, RegisterPoint late, int watts, List<HourEnd> ends, Spoken spoken) {
        PastPoints points = past[meter];
        long settledAt = ends.getFirst().at();
        Place place = late.at() <= settledAt ? null : points.placeOf(late, watts);
        if (place == null) {
            return false;
        }
        LateRun run = run(meter, ends);
        Head head = run.before(late, points, meters.get(meter));
        RegisterPoint accepted = head.fold().accepted();
        if (!run.sound() || accepted == null || accepted.at() <= settledAt) {
            return refineWhole(meter, late, watts, ends, spoken);
        }
        // Energy never falls from one accepted reading to the next: behind one that is after all that is settled,
        // nothing can be less than what is.
        if (!points.holdsWith(place, late, watts, meters.get(meter), head)) {
            return false;
        }
        run.takes(late, points);
        points.add(place, late, watts);
        waiting.set(meter);
        return true;
    }

    private LateRun run(int meter, List<HourEnd> ends) {
        LateRun run = runs[meter];
        if (run == null) {
            boolean sound = past[meter].holds(meters.get(meter), settled[meter])
                    && fits(pastTrack(meter, past[meter], new Track(knots[meter])), meter, ends);
            run = new LateRun(settled[meter], sound);
            runs[meter] = run;
        }
        return run;
    }

    /** Where the point may be the first after what is settled: all is looked at with it. */
    private boolean refineWhole(int meter, RegisterPoint late, int watts, List<HourEnd> ends, Spoken spoken) {
        foldLate(meter, ends);
        PastPoints with = past[meter].copy();
        if (!with.add(late, watts)
                || !with.holds(meters.get(meter), settled[meter])
                || !fits(pastTrack(meter, with, new Track(knots[meter])), meter, ends)) {
            return false;
        }
        Mark since = silentSince(meter);
        if (since != null) {
            spoken.after(since, pastTrack(meter, with, new Track(null)));
        }
        run(meter, ends).takes(late, past[meter]);
        past[meter] = with;
        waiting.set(meter);
        return true;
    }

    /** What the late points taken until now make of the ends of closed hours, and of all that came after them: each meter is folded once, however many they are. */
    void foldLate(List<HourEnd> ends) {
        for (int meter = waiting.nextSetBit(0); meter >= 0; meter = waiting.nextSetBit(meter + 1)) {
            foldLate(meter, ends);
        }
    }

    private void foldLate(int meter, List<HourEnd> ends) {
        LateRun run = runs[meter];
        PastPoints before = run == null ? null : run.takeBefore();
        if (run == null || before == null) {
            return;
        }
        waiting.clear(meter);
        PastPoints now = past[meter];
        now.thin(meters.get(meter), settled[meter], run.filling());
        anchors[meter] = now.fold(meters.get(meter), settled[meter], Track.untold());
        forgetCheckpoint();
        Track told = pastTrack(meter, before, new Track(null));
        refine(meter, told, pastTrack(meter, now, new Track(knots[meter])), ends);
    }

    /** Whether energy grows along it, from what is settled to each end of an hour and to the newest. */
    private static boolean fits(Track track, int meter, List<HourEnd> ends) {
        HourEnd start = ends.getFirst();
        Track.Step first = track.after(start.at());
        long given = start.settledEnergy(meter);
        if (first != null && first.mark().energy() < given) {
            return false;
        }
        for (HourEnd end : ends.subList(1, ends.size())) {
            long energy = track.crossing(end.at()).energy();
            if (energy < given) {
                return false;
            }
            given = energy;
        }
        return track.newestEnergy() >= given;
    }

    /** The ends of closed hours, anew. */
    private static void refine(int meter, Track before, Track now, List<HourEnd> ends) {
        long closedUntil = ends.getLast().at();
        long start = Long.MIN_VALUE;
        for (HourEnd end : ends) {
            if (now.decided(end.at()) < closedUntil) {
                end.fix(meter, now);
            } else {
                end.reopen(meter);
            }
            if (start != Long.MIN_VALUE) {
                end.bridged[meter] = now.bridged(start, end.at(), closedUntil);
                end.bridgedInPart.set(meter, now.bridgedInPart(start, end.at(), closedUntil));
                end.renote(before, now, start);
            }
            start = end.at();
        }
    }

    /** All that is known of a meter since the settled boundary. */
    private Track pastTrack(int meter, PastPoints points, Track track) {
        RegisterFold from = settled[meter];
        if (from.accepted() != null) {
            track.accept(from.accepted(), from.energyMilliwattHours(), Stretch.READ, Long.MIN_VALUE);
        }
        fold(meter, points.fold(meters.get(meter), from, track), minutes, track);
        return track;
    }

    void writeFolds(int meter, PartWriter out) {
        writeFold(settled[meter], out);
        past[meter].write(out);
        writeFold(anchors[meter], out);
        writeKnot(knots[meter], out);
    }

    private static void writeFold(RegisterFold fold, PartWriter out) {
        writePoint(fold.accepted(), out);
        writePoint(fold.suspect(), out);
        out.number(fold.energyMilliwattHours());
        out.number(fold.seenAt());
        out.number(fold.seenWatts());
        writeBridge(fold.sinceAccepted(), out);
        writeBridge(fold.sinceSuspect(), out);
    }

    /** @param meter its index now; below 0 where it is gone */
    void readFolds(int meter, PartReader in) {
        RegisterFold start = readFold(in);
        PastPoints points = PastPoints.read(in);
        RegisterFold fold = readFold(in);
        Knot knot = readKnot(in);
        if (meter >= 0) {
            settled[meter] = start;
            past[meter] = points;
            anchors[meter] = fold;
            checkpoints[meter] = fold;
            knots[meter] = knot;
        }
    }

    private static RegisterFold readFold(PartReader in) {
        RegisterPoint accepted = readPoint(in);
        RegisterPoint suspect = readPoint(in);
        return new RegisterFold(
                accepted, in.number(), suspect, in.number(), (int) in.number(), readBridge(in), readBridge(in));
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
