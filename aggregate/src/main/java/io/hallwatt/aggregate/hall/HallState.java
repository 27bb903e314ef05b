package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;

import io.hallwatt.aggregate.energy.PartSink;
import io.hallwatt.aggregate.rack.RackSums;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A hall's state in parts, so that a commit writes only what changed: names, clock, held samples, who is awaited, open seconds, open minutes and quarters, and the energy books' own parts. */
public final class HallState {
    private static final int LAYOUT = 5;
    private static final String MODEL = "model";
    private static final String NAMES = "names";
    private static final String CLOCK = "clock";
    private static final String HELD = "held";
    private static final String FIRST = "first";
    private static final String SECONDS = "seconds";
    private static final String SPANS = "spans";
    /** With a number behind: what changed of clock and seconds since both were written. */
    private static final String CHANGES = "changes/";

    private static final String IT = "it|";
    private static final String COOLING = "cooling|";
    private static final String WATER = "water|";

    private HallState() {}

    /** Gives the parts that changed since the last time. */
    public static void drainDirty(HallWindows hall, PartSink sink) {
        if (hall.modelDirty) {
            sink.part(MODEL, Codecs.SITE.write(around(hall.site(), hall.model())));
            hall.modelDirty = false;
        }
        if (hall.names() != hall.namesWritten) {
            sink.part(NAMES, names(hall));
            hall.namesWritten = hall.names();
        }
        if (hall.clockDirty || hall.secondsDirty) {
            drainOpen(hall, sink);
            hall.clockDirty = false;
            hall.secondsDirty = false;
        }
        if (hall.heldDirty) {
            StateWriter out = new StateWriter(LAYOUT);
            hall.heldRacks.write(out);
            hall.heldUnits.write(out);
            hall.lastStates.write(out);
            hall.latestRacks.write(out);
            sink.part(HELD, out.toBytes());
            hall.heldDirty = false;
        }
        if (hall.firstDirty) {
            StateWriter out = new StateWriter(LAYOUT);
            hall.firstRacks.write(out);
            hall.firstUnits.write(out);
            sink.part(FIRST, out.toBytes());
            hall.firstDirty = false;
        }
        if (hall.spansDirty) {
            StateWriter out = new StateWriter(LAYOUT);
            spans(hall.minutes, out);
            spans(hall.quarters, out);
            sink.part(SPANS, out.toBytes());
            hall.spansDirty = false;
        }
        hall.energy.it().drainDirty((key, bytes) -> sink.part(IT + key, bytes));
        hall.energy.cooling().drainDirty((key, bytes) -> sink.part(COOLING + key, bytes));
        hall.energy.water().drainDirty((key, bytes) -> sink.part(WATER + key, bytes));
    }

    /** Clock and open seconds: whole, or only the devices that spoke since the last commit. */
    private static void drainOpen(HallWindows hall, PartSink sink) {
        if (hall.changes.wholeIsDue(hall.clock.changes(), hall.devices.size())) {
            StateWriter clock = new StateWriter(LAYOUT);
            clock.integer(hall.changes.nextAge());
            clock.integerOr(hall.closedUntil, NEVER);
            hall.clock.write(clock);
            sink.part(CLOCK, clock.toBytes());
            StateWriter seconds = new StateWriter(LAYOUT);
            seconds.integer(hall.seconds.size());
            hall.seconds.forEach((start, second) -> {
                seconds.integer(start);
                second.write(seconds);
            });
            sink.part(SECONDS, seconds.toBytes());
            return;
        }
        StateWriter out = new StateWriter(LAYOUT);
        out.integer(hall.changes.age());
        out.integerOr(hall.closedUntil, NEVER);
        hall.clock.writeChanges(out);
        out.integer(hall.seconds.values().stream().filter(HallSecond::changed).count());
        hall.seconds.forEach((start, second) -> {
            if (second.changed()) {
                out.integer(start);
                second.writeChanges(out);
            }
        });
        sink.part(CHANGES + hall.changes.nextPlace(), out.toBytes());
    }

    private static byte[] names(HallWindows hall) {
        StateWriter out = new StateWriter(LAYOUT);
        texts(hall.racks.ids(), out);
        texts(hall.units.ids(), out);
        texts(hall.devices, out);
        texts(hall.energy.whole(), out);
        texts(hall.energy.water().units(), out);
        return out.toBytes();
    }

    /** A site of this hall alone: halls are written in sites. */
    private static Site around(SiteId site, Hall hall) {
        return new Site(site, site.text(), ZoneOffset.UTC, 0, 0, List.of(hall), List.of());
    }

    /** The model that a hall was written under; null where none was written. */
    public static @Nullable Hall model(Map<String, byte[]> parts) {
        byte[] model = parts.get(MODEL);
        try {
            return model == null ? null : Codecs.SITE.read(model).halls().getFirst();
        } catch (Malformed e) {
            throw new IllegalStateException("a hall in the stage's own state that cannot be read", e);
        }
    }

    /**
     * Puts written parts into a new hall, under the model that they were written under, and then lets today's follow as if it had come while running.
     *
     * @param model today's; null where the site model no longer has the hall
     * @param parts by the keys that {@link #drainDirty} gave
     */
    public static void restore(HallWindows hall, @Nullable Hall model, Map<String, byte[]> parts) {
        byte[] names = parts.get(NAMES);
        if (names != null) {
            StateReader in = new StateReader(names, LAYOUT);
            hall.racks.restore(texts(in));
            hall.units.restore(texts(in));
            hall.devices.addAll(texts(in));
            hall.energy.whole().addAll(texts(in));
            hall.energy.water().units().addAll(texts(in));
            hall.namesWritten = hall.names();
        }
        restoreOpen(hall, parts);
        byte[] held = parts.get(HELD);
        if (held != null) {
            StateReader in = new StateReader(held, LAYOUT);
            hall.heldRacks.read(in);
            hall.heldUnits.read(in);
            hall.lastStates.add(CoolingSums.read(in));
            hall.latestRacks.add(RackSums.read(in));
        }
        byte[] first = parts.get(FIRST);
        if (first != null) {
            StateReader in = new StateReader(first, LAYOUT);
            hall.firstRacks.read(in);
            hall.firstUnits.read(in);
        }
        byte[] spans = parts.get(SPANS);
        if (spans != null) {
            StateReader in = new StateReader(spans, LAYOUT);
            spans(in, hall.minutes);
            spans(in, hall.quarters);
        }
        Hall written = model(parts);
        hall.restore(
                written == null ? hall.model() : written, under(IT, parts), under(COOLING, parts), under(WATER, parts));
        if (model == null) {
            hall.leave();
        } else if (!model.equals(written)) {
            hall.apply(model);
        }
    }

    private static void restoreOpen(HallWindows hall, Map<String, byte[]> parts) {
        byte[] clock = parts.get(CLOCK);
        byte[] seconds = parts.get(SECONDS);
        if (clock == null || seconds == null) {
            return;
        }
        StateReader whole = new StateReader(clock, LAYOUT);
        long age = whole.integer();
        hall.closedUntil = whole.integerOr(NEVER);
        hall.clock.read(whole);
        StateReader open = new StateReader(seconds, LAYOUT);
        for (int count = open.count(); count > 0; count--) {
            long start = open.integer();
            hall.seconds.put(start, HallSecond.read(open));
        }
        hall.changes.read(age, (place, ofAge) -> restoreChanges(hall, parts.get(CHANGES + place), ofAge));
        hall.seconds.headMap(hall.closedUntil).clear(); // closed since they were written
    }

    private static boolean restoreChanges(HallWindows hall, byte @Nullable [] changes, long age) {
        if (changes == null) {
            return false;
        }
        StateReader in = new StateReader(changes, LAYOUT);
        if (in.integer() != age) {
            return false;
        }
        hall.closedUntil = in.integerOr(NEVER);
        hall.clock.readChanges(in);
        for (int count = in.count(); count > 0; count--) {
            long start = in.integer();
            HallSecond before = hall.seconds.get(start);
            HallSecond second = before == null ? new HallSecond(hall.racks.rows(), hall.units.rows()) : before;
            hall.seconds.put(start, second.withChanges(in));
        }
        return true;
    }

    private static Map<String, byte[]> under(String prefix, Map<String, byte[]> parts) {
        Map<String, byte[]> under = new HashMap<>();
        parts.forEach((key, bytes) -> {
            if (key.startsWith(prefix)) {
                under.put(key.substring(prefix.length()), bytes);
            }
        });
        return under;
    }

    private static void spans(Map<Long, HallSpan> spans, StateWriter out) {
        out.integer(spans.size());
        spans.forEach((start, span) -> {
            out.integer(start);
            span.write(out);
        });
    }

    private static void spans(StateReader in, Map<Long, HallSpan> into) {
        for (int count = in.count(); count > 0; count--) {
            long start = in.integer();
            into.put(start, HallSpan.read(in));
        }
    }

    private static void texts(Collection<String> texts, StateWriter out) {
        out.integer(texts.size());
        texts.forEach(out::text);
    }

    private static List<String> texts(StateReader in) {
        List<String> texts = new ArrayList<>();
        for (int count = in.count(); count > 0; count--) {
            texts.add(in.text());
        }
        return texts;
    }
}
