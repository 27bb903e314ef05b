package io.hallwatt.aggregate.energy;

import io.hallwatt.contract.EnergyHour.MeterSpan;
import io.hallwatt.contract.EnergyHour.RegisterEvent;
import io.hallwatt.contract.RegisterNote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was last given of hours that readings can no longer restate one by one: sums, so that a meter that was silent since then can be given its part of them
 * (ADR 13). What its meters had is in the revisions before.
 */
final class OlderHours {
    /** A month: longer silences give what is older to the oldest hour kept. */
    static final int KEPT = 31 * 24;

    /** One hour. Of what is added, {@link #spans} names the meters until it is given. */
    private static final class Older {
        private long measured;
        private long estimated;
        private int expected;
        private int complete;
        private int revision;
        private final Map<RegisterNote, Integer> notes = new EnumMap<>(RegisterNote.class);
        /** Meters that are known from the hour's start on, but not to its end. */
        private final Collection<String> begun = new TreeSet<>();

        private final List<MeterSpan> spans = new ArrayList<>();
        private boolean changed;
        private boolean dirty;

        private void note(RegisterNote note) {
            notes.merge(note, 1, Integer::sum);
        }
    }

    private final TreeMap<Long, Older> hours = new TreeMap<>();
    private final List<Long> dropped = new ArrayList<>();

    /**
     * An hour that was given so for the last time by its readings.
     *
     * @param begun meters that are known from its start on, but not to its end
     */
    void add(BookedHour hour, Collection<String> begun) {
        Older older = new Older();
        older.measured = hour.energy().measuredMilliwattHours();
        older.estimated = hour.energy().estimatedMilliwattHours();
        older.expected = hour.energy().metersExpected();
        older.complete = hour.energy().metersComplete();
        older.revision = hour.revision();
        hour.events().forEach(event -> older.notes.put(event.note(), event.count()));
        older.begun.addAll(begun);
        older.dirty = true;
        hours.put(hour.start().toEpochMilli(), older);
        while (hours.size() > KEPT) {
            dropped.add(hours.pollFirstEntry().getKey());
        }
    }

    boolean isEmpty() {
        return hours.isEmpty();
    }

    /**
     * Gives each hour that a meter was silent in its part of the straight line.
     *
     * @param since  time and energy of the last reading before the silence
     * @param line   the meter's readings as they are, whatever was settled: its line crosses the end of the newest hour here
     */
    void spread(MeterSpec meter, Crossing.Mark since, Track line) {
        long given = since.energy();
        boolean oldest = true;
        for (Map.Entry<Long, Older> entry :
                hours.tailMap(since.at() - ClosedHours.HOUR_MILLIS, false).entrySet()) {
            long start = entry.getKey();
            Older hour = entry.getValue();
            Crossing from = line.crossing(start);
            Crossing to = line.crossing(start + ClosedHours.HOUR_MILLIS);
            if (oldest && start > since.at() && from.energy() > given) {
                hour.note(RegisterNote.METER_GAP_BEFORE);
            }
            oldest = false;
            long part = to.energy() - given;
            given = to.energy();
            boolean inPart = line.bridgedInPart(start, start + ClosedHours.HOUR_MILLIS, Long.MAX_VALUE);
            boolean began = start > since.at() || hour.begun.remove(meter.name());
            boolean whole = began && (start > since.at() ? from : to).wholeUntil(to, inPart);
            if (to.spread(meter.gapMillis())) {
                hour.note(RegisterNote.METER_GAP);
            }
            if (part > 0) {
                Reach reach = new Reach(start, start + ClosedHours.HOUR_MILLIS);
                reach.register(start > since.at() ? from : to, to, line.decided(start + ClosedHours.HOUR_MILLIS));
                hour.spans.add(new MeterSpan(meter.name(), 0, part, null, null, reach.from(), reach.until()));
            }
            hour.estimated += part;
            hour.complete += whole ? 1 : 0;
            hour.expected = Math.max(hour.expected, hour.complete);
            hour.changed = true;
            hour.dirty = true;
        }
    }

    /** Hours that were given a part since this was last asked, each once. */
    void takeChanged(Collection<BookedHour> taken) {
        hours.forEach((start, hour) -> {
            if (hour.changed) {
                hour.changed = false;
                hour.dirty = true;
                hour.revision++;
                List<RegisterEvent> events = new ArrayList<>();
                hour.notes.forEach((note, count) -> events.add(new RegisterEvent(note, count)));
                taken.add(new BookedHour(
                        Instant.ofEpochMilli(start),
                        hour.revision,
                        new Energy(hour.measured, hour.estimated, hour.expected, hour.complete),
                        hour.spans,
                        events));
                hour.spans.clear();
            }
        });
    }

    /** Gives the hours that changed since this was last called, and those that are gone: null. */
    void drainDirty(String prefix, PartSink sink) {
        dropped.forEach(start -> sink.part(prefix + start, null));
        dropped.clear();
        hours.forEach((start, hour) -> {
            if (hour.dirty) {
                sink.part(prefix + start, write(hour));
                hour.dirty = false;
            }
        });
    }

    void all(String prefix, PartSink sink) {
        hours.forEach((start, hour) -> sink.part(prefix + start, write(hour)));
    }

    /** Another book goes on with the same hours: what was not written yet, it must. */
    void followTo(OlderHours next) {
        next.dropped.addAll(dropped);
        hours.forEach((start, hour) -> {
            Older same = next.hours.get(start);
            if (same != null) {
                same.dirty |= hour.dirty;
            }
        });
    }

    private static byte[] write(Older hour) {
        PartWriter out = new PartWriter();
        out.number(hour.measured);
        out.number(hour.estimated);
        out.count(hour.expected);
        out.count(hour.complete);
        out.count(hour.revision);
        out.count(hour.notes.size());
        hour.notes.forEach((note, count) -> {
            out.text(note.name());
            out.count(count);
        });
        out.count(hour.begun.size());
        hour.begun.forEach(out::text);
        out.flag(hour.changed);
        out.count(hour.spans.size());
        hour.spans.forEach(span -> {
            out.text(span.meter());
            out.number(span.estimatedMilliwattHours());
            out.number(millis(span.readFrom()));
            out.number(millis(span.readUntil()));
        });
        return out.toBytes();
    }

    void read(long start, byte[] part) {
        PartReader in = new PartReader(part);
        Older hour = new Older();
        hour.measured = in.number();
        hour.estimated = in.number();
        hour.expected = in.count();
        hour.complete = in.count();
        hour.revision = in.count();
        for (int count = in.count(); count > 0; count--) {
            RegisterNote note = RegisterNote.valueOf(in.text());
            hour.notes.put(note, in.count());
        }
        for (int count = in.count(); count > 0; count--) {
            hour.begun.add(in.text());
        }
        hour.changed = in.flag();
        for (int count = in.count(); count > 0; count--) {
            hour.spans.add(
                    new MeterSpan(in.text(), 0, in.number(), null, null, instant(in.number()), instant(in.number())));
        }
        hours.put(start, hour);
    }

    private static long millis(@Nullable Instant at) {
        return at == null ? Long.MIN_VALUE : at.toEpochMilli();
    }

    private static @Nullable Instant instant(long millis) {
        return millis == Long.MIN_VALUE ? null : Instant.ofEpochMilli(millis);
    }
}
