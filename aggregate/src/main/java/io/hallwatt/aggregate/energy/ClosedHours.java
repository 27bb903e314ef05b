package io.hallwatt.aggregate.energy;

import io.hallwatt.contract.EnergyHour.MeterSpan;
import io.hallwatt.contract.EnergyHour.RegisterEvent;
import io.hallwatt.contract.RegisterNote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hours that were closed last, and what a late reading makes of them. */
final class ClosedHours {
    static final long HOUR_MILLIS = 3_600_000;

    private final Roster roster;
    private final MeterLogs logs;
    private final List<HourEnd> ends = new ArrayList<>(); // the settled one, then those that can be restated
    private final OlderHours older = new OlderHours();
    private final List<BookedHour> due = new ArrayList<>();
    private final List<Long> dropped = new ArrayList<>();
    private final long[] undecidedUntil; // by meter: a reading before this may change the newest closed boundary
    private boolean changed;

    ClosedHours(Roster roster, MeterLogs logs) {
        this.roster = roster;
        this.logs = logs;
        undecidedUntil = new long[logs.meters.size()];
        Arrays.fill(undecidedUntil, Long.MAX_VALUE);
    }

    /** End of the newest closed hour; below all times where none is closed. */
    long closedUntil() {
        return ends.isEmpty() ? Long.MIN_VALUE : ends.getLast().at();
    }

    /** Start of the oldest hour that can be restated. */
    long settledUntil() {
        return ends.isEmpty() ? Long.MIN_VALUE : ends.getFirst().at();
    }

    List<HourEnd> ends() {
        return ends;
    }

    /** Hours before those that can be restated by their readings. */
    OlderHours older() {
        return older;
    }

    /** Ends that are gone since this was last asked. */
    List<Long> takeDropped() {
        List<Long> taken = List.copyOf(dropped);
        dropped.clear();
        return taken;
    }

    void restore(HourEnd end) {
        ends.add(end);
        changed = true; // whatever was not published before the stop
    }

    /** A reading of an open hour changed something. */
    void changedAt(int meter, long at) {
        changed |= !ends.isEmpty() && at < undecidedUntil[meter];
    }

    void changed() {
        changed = true;
    }

    /** @return whether it was taken */
    boolean refine(int meter, RegisterPoint late, int watts) {
        boolean first = late.at() < logs.energySince[meter];
        if (first && logs.powers[meter] != null) {
            return false; // what was sampled until the first register is booked
        }
        boolean taken = logs.registers.refine(meter, late, watts, ends, (since, line) -> spread(meter, since, line));
        if (taken) {
            changed = true;
            logs.foldsDirty = true;
            logs.newestRegister[meter] = Math.max(logs.newestRegister[meter], late.at());
            logs.energyFrom(meter, late.at());
        }
        return taken;
    }

    /** @return whether the sample was taken: not where none is missing, nor before what is settled or the meter came, nor after its first register or interval */
    boolean refinePower(int meter, long at, long milliwatts) {
        if (at < settledUntil() || at >= logs.energySince[meter] || at < roster.since(meter)) {
            return false;
        }
        if (logs.powers[meter] == null && logs.energySince[meter] != Long.MAX_VALUE) {
            return false; // a device of registers, or of intervals: theirs may come yet, and say more
        }
        if (!logs.power(meter).refine(at, milliwatts, logs.energySince[meter], ends)) {
            return false;
        }
        changed = true;
        logs.powersDirty = true;
        return true;
    }

    /** Before anything is asked that late readings change: they are noted as they come, and folded together. */
    void foldLate() {
        logs.registers.foldLate(ends);
    }

    BookedHour close(long start) {
        restate();
        if (ends.isEmpty()) {
            ends.add(firstBoundary(start));
        }
        HourEnd end = new HourEnd(start + HOUR_MILLIS, logs.meters.size());
        for (int meter = 0; meter < logs.meters.size(); meter++) {
            close(meter, start, end);
        }
        logs.registers.close(end.at());
        logs.foldsDirty = true;
        logs.powersDirty = true;
        ends.add(end);
        BookedHour hour = hour(ends.size() - 1);
        end.digest = digest(hour);
        if (ends.size() > EnergyBook.RESTATABLE_HOURS + 1) {
            settle();
        }
        return hour;
    }

    private HourEnd firstBoundary(long start) {
        HourEnd first = new HourEnd(start, logs.meters.size());
        first.settle(new long[logs.meters.size()]);
        for (int meter = 0; meter < logs.meters.size(); meter++) {
            IntervalLog intervals = logs.intervals[meter];
            if (intervals != null) {
                intervals.settle(start);
                logs.intervalsDirty = true;
            }
        }
        return first;
    }

    private void close(int meter, long start, HourEnd end) {
        Track track = logs.registers.track(meter);
        for (int i = 0; i < ends.size(); i++) {
            HourEnd earlier = ends.get(i);
            if (earlier.open(meter)) {
                if (i > 0) {
                    addBridged(meter, earlier, ends.get(i - 1).at(), track, end.at());
                }
                if (track.decided(earlier.at()) < end.at()) {
                    earlier.fix(meter, track);
                }
            }
        }
        addBridged(meter, end, start, track, end.at());
        track.countNotes(start, end.at(), end.notes);
        undecidedUntil[meter] = undecidedUntil(track, end.at());
        PowerLog power = logs.powers[meter];
        if (power != null) {
            logs.dirtyPowerMinutes.addAll(power.close(end.at(), logs.energySince[meter]));
        }
    }

    /** The minute of the reading that decided, to its end: a later one of the same minute may take its place as the last. */
    private static long undecidedUntil(Track track, long boundary) {
        long decided = track.decided(boundary);
        return decided == Long.MAX_VALUE ? decided : MeterLogs.minuteOf(decided) + MinutePoints.LENGTH_MILLIS;
    }

    private static void addBridged(int meter, HourEnd end, long start, Track track, long decidedBefore) {
        end.bridged[meter] += track.bridged(start, end.at(), decidedBefore);
        if (track.bridgedInPart(start, end.at(), decidedBefore)) {
            end.bridgedInPart.set(meter);
        }
        end.dirty = true;
    }

    /** The oldest hour that could be restated no longer can: its end is final. */
    private void settle() {
        HourEnd settled = ends.get(1);
        List<String> begun = new ArrayList<>();
        BookedHour last = hour(1);
        long[] energy = new long[logs.meters.size()];
        for (int meter = 0; meter < energy.length; meter++) {
            boolean open = settled.open(meter);
            Track track = open ? logs.registers.track(meter) : Track.untold();
            Crossing crossing = settled.crossing(meter, track);
            energy[meter] = crossing.energy();
            if (crossing.right() == null
                    && ends.getFirst().crossing(meter, track).known()) {
                begun.add(logs.meters.get(meter).name());
            }
            if (open) {
                logs.registers.knot(meter, track.settle(crossing));
            }
            IntervalLog intervals = logs.intervals[meter];
            if (intervals != null) {
                intervals.settle(settled.at());
                logs.intervalsDirty = true;
            }
            PowerLog power = logs.powers[meter];
            if (power != null) {
                power.settle(settled.at());
            }
        }
        settled.settle(energy);
        logs.registers.settle(settled.at());
        older.add(last, begun);
        dropped.add(ends.removeFirst().at());
    }

    /** A meter was silent when the settled boundary was settled, and has spoken since: each hour of its silence gets its part of the straight line. */
    private void spread() {
        for (int meter = 0; meter < logs.meters.size(); meter++) {
            Crossing.Mark since = logs.registers.silentSince(meter);
            if (since != null) {
                spread(meter, since, logs.registers.freeTrack(meter));
            }
        }
    }

    private void spread(int meter, Crossing.Mark since, Track line) {
        HourEnd settled = ends.getFirst();
        Crossing crossing = line.crossing(settled.at());
        if (crossing.right() == null || older.isEmpty()) {
            return;
        }
        older.spread(logs.meters.get(meter), since, line);
        settled.settleMore(meter, crossing.energy() - since.energy());
        logs.registers.knot(
                meter, new Track.Knot(settled.at(), crossing.energy(), new Track.Knot(since.at(), since.energy())));
        logs.foldsDirty = true;
    }

    /** Hours that changed since they were last given. */
    List<BookedHour> takeRestated() {
        restate();
        List<BookedHour> taken = List.copyOf(due);
        due.clear();
        return taken;
    }

    private void restate() {
        if (!changed) {
            return;
        }
        changed = false;
        foldLate();
        spread();
        older.takeChanged(due);
        for (int i = 1; i < ends.size(); i++) {
            HourEnd end = ends.get(i);
            BookedHour hour = hour(i);
            long digest = digest(hour);
            if (digest != end.digest) {
                end.digest = digest;
                end.revision++;
                end.dirty = true;
                due.add(new BookedHour(hour.start(), end.revision, hour.energy(), hour.meters(), hour.events()));
            }
        }
        for (int meter = 0; meter < undecidedUntil.length && !ends.isEmpty(); meter++) {
            undecidedUntil[meter] = undecidedUntil(logs.registers.track(meter), closedUntil());
        }
    }

    /** Whether nothing that can still be restated has a part of the meter: all that it gave was given by the settled boundary. */
    boolean isFinal(int meter) {
        if (logs.newest(meter) == Long.MIN_VALUE) {
            return true;
        }
        if (logs.newest(meter) >= settledUntil() || logs.knownUntil(meter) > settledUntil()) {
            return false;
        }
        Track track = logs.registers.track(meter);
        long given = ends.getFirst().crossing(meter, track).energy() + logs.unregistered(meter, settledUntil());
        return given == track.newestEnergy() + logs.unregistered(meter, Long.MAX_VALUE);
    }

    private BookedHour hour(int index) {
        HourEnd from = ends.get(index - 1);
        HourEnd to = ends.get(index);
        List<MeterSpan> spans = new ArrayList<>();
        Map<RegisterNote, Integer> notes = new EnumMap<>(RegisterNote.class);
        notes.putAll(to.notes);
        long measured = 0;
        long estimated = 0;
        int complete = 0;
        int expected = 0;
        for (int meter = 0; meter < logs.meters.size(); meter++) {
            MeterSpec spec = logs.meters.get(meter);
            boolean open = to.open(meter);
            Track track = open || from.open(meter) ? logs.registers.track(meter) : Track.untold();
            Crossing start = from.crossing(meter, track);
            Crossing end = to.crossing(meter, track);
            long bridged = to.bridged[meter] + (open ? track.bridged(from.at(), to.at(), Long.MAX_VALUE) : 0);
            boolean inPart =
                    to.bridgedInPart.get(meter) || (open && track.bridgedInPart(from.at(), to.at(), Long.MAX_VALUE));
            WindowSum sum = new WindowSum(from.at(), to.at());
            sum.register(start, end, bridged, inPart, spec.gapMillis());
            IntervalLog intervals = logs.intervals[meter];
            if (intervals != null) {
                sum.intervals(intervals);
            }
            if (logs.powers[meter] != null) {
                sum.power(logs.power(meter, from.at()), logs.power(meter, to.at()));
            }
            measured += sum.measured();
            estimated += sum.estimated();
            complete += sum.complete() ? 1 : 0;
            expected += roster.expects(meter, from.at()) || sum.complete() ? 1 : 0;
            if (end.spread(spec.gapMillis())) {
                notes.merge(RegisterNote.METER_GAP, 1, Integer::sum);
            }
            Reach reach = new Reach(from.at(), to.at());
            reach.register(start, end, to.decided(meter, track));
            if (intervals != null) {
                reach.intervals(intervals);
            }
            if (from.at() < logs.energySince[meter] && logs.powers[meter] != null) {
                reach.power(logs.power(meter).heldInto(from.at()));
            }
            MeterSpan span = new MeterSpan(
                    spec.name(),
                    sum.measured(),
                    sum.estimated(),
                    first(start, to.at()),
                    last(end, from.at()),
                    reach.from(),
                    reach.until());
            if (sum.complete() || saysSomething(span)) {
                spans.add(span);
            }
        }
        Energy energy = new Energy(measured, estimated, expected, complete);
        return new BookedHour(Instant.ofEpochMilli(from.at()), to.revision, energy, spans, events(notes));
    }

    private static boolean saysSomething(MeterSpan span) {
        return span.measuredMilliwattHours() != 0
                || span.estimatedMilliwattHours() != 0
                || span.firstMilliwattHours() != null
                || span.lastMilliwattHours() != null;
    }

    private static @Nullable Long first(Crossing start, long end) {
        return start.right() != null && start.right().at() < end ? start.right().raw() : null;
    }

    private static @Nullable Long last(Crossing end, long start) {
        return end.left() != null && end.left().at() >= start ? end.left().raw() : null;
    }

    private static List<RegisterEvent> events(Map<RegisterNote, Integer> counts) {
        List<RegisterEvent> events = new ArrayList<>();
        counts.forEach((note, count) -> events.add(new RegisterEvent(note, count)));
        return events;
    }

    /**
     * Tells whether an hour is as it was published, without keeping it. The meters' order is the site model's, which may change: it says nothing. Nor does how far its
     * readings reach: those that were named give the same as long as the rest is the same.
     */
    private static long digest(BookedHour hour) {
        PartWriter out = new PartWriter();
        out.count(hour.energy().metersComplete());
        List<MeterSpan> spans = new ArrayList<>(hour.meters());
        spans.sort(Comparator.comparing(MeterSpan::meter));
        for (MeterSpan span : spans) {
            out.text(span.meter());
            out.number(span.measuredMilliwattHours());
            out.number(span.estimatedMilliwattHours());
            out.number(span.firstMilliwattHours() == null ? -1 : span.firstMilliwattHours());
            out.number(span.lastMilliwattHours() == null ? -1 : span.lastMilliwattHours());
        }
        for (RegisterEvent event : hour.events()) {
            out.text(event.note().name());
            out.count(event.count());
        }
        long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bits
        for (byte b : out.toBytes()) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
