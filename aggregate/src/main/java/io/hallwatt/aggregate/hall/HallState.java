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

/**
 * A hall's state in parts, so that a commit writes only what changed. Now and then all is written: names, clock, open seconds, held samples, who is awaited, open minutes and quarters, and the energy
 * books' own parts. In between one part a commit holds all that changed, and what closed, which is closed once more when it is read.
 */
public final class HallState {
    static final int LAYOUT = 8;
    private static final String MODEL = "model";
    private static final String NAMES = "names";
    private static final String CLOCK = "clock";
    private static final String HELD = "held";
    private static final String FIRST = "first";
    private static final String SECONDS = "seconds";
    private static final String SPANS = "spans";
    /** With a number behind: what changed since all was written. */
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
        boolean whole = hall.changes.isFull()
                || (hall.dirty && hall.changes.wholeIsDue(hall.clock.changes(), hall.devices.size()));
        if ((whole || hall.energy.takeRenamed()) && hall.names() != hall.namesWritten) {
            sink.part(NAMES, names(hall));
            hall.namesWritten = hall.names();
        }
        if (hall.firstDirty) {
            StateWriter out = new StateWriter(LAYOUT);
            hall.firstRacks.write(out);
            hall.firstUnits.write(out);
            sink.part(FIRST, out.toBytes());
            hall.firstDirty = false;
        }
        if (whole) {
            hall.energy.startOver();
            drain(hall.energy, sink);
            writeWhole(hall, sink);
        } else {
            Often often = new Often(sink);
            drain(hall.energy, often);
            if (hall.dirty || often.count > 0) {
                writeChanges(hall, often, sink);
            }
        }
        hall.dirty = false;
    }

    private static void drain(HallEnergy energy, PartSink sink) {
        energy.it().drainDirty(sink.under(IT));
        energy.cooling().drainDirty(sink.under(COOLING));
        energy.water().drainDirty(sink.under(WATER));
    }

    /** Parts that change with nearly every commit, for the one that holds them all; the others go on. */
    private static final class Often implements PartSink {
        private final PartSink others;
        private final StateWriter parts = new StateWriter(LAYOUT);
        private int count;

        Often(PartSink others) {
            this.others = others;
        }

        @Override
        public void part(String key, byte @Nullable [] bytes) {
            others.part(key, bytes);
        }

        @Override
        public void often(String key, byte[] bytes) {
            parts.text(key);
            parts.bytes(bytes);
            count++;
        }
    }

    private static void writeWhole(HallWindows hall, PartSink sink) {
        hall.closings.forget();
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
        StateWriter held = new StateWriter(LAYOUT);
        hall.heldRacks.write(held);
        hall.heldUnits.write(held);
        hall.lastStates.write(held);
        hall.latestRacks.write(held);
        sink.part(HELD, held.toBytes());
        StateWriter spans = new StateWriter(LAYOUT);
        spans(hall.minutes, spans);
        spans(hall.quarters, spans);
        sink.part(SPANS, spans.toBytes());
    }

    private static void writeChanges(HallWindows hall, Often often, PartSink sink) {
        StateWriter out = new StateWriter(LAYOUT);
        out.integer(hall.changes.age());
        hall.closings.write(out);
        out.integerOr(hall.closedUntil, NEVER);
        hall.clock.writeChanges(out);
        int changed = 0;
        for (HallSecond second : hall.seconds.values()) {
            changed += second.changed() ? 1 : 0;
        }
        out.integer(changed);
        hall.seconds.forEach((start, second) -> {
            if (second.changed()) {
                out.integer(start);
                second.writeChanges(out);
            }
        });
        out.integer(often.count);
        out.bytes(often.parts.toBytes());
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
        byte[] first = parts.get(FIRST);
        if (first != null) {
            StateReader in = new StateReader(first, LAYOUT);
            hall.firstRacks.read(in);
            hall.firstUnits.read(in);
        }
        Map<String, byte[]> newest = new HashMap<>(parts);
        restoreWhole(hall, parts, newest);
        Hall written = model(parts);
        hall.restore(
                written == null ? hall.model() : written,
                under(IT, newest),
                under(COOLING, newest),
                under(WATER, newest));
        if (model == null) {
            hall.leave();
        } else if (!model.equals(written)) {
            hall.apply(model);
        }
    }

    /** @param newest takes the parts that changed since all was written */
    private static void restoreWhole(HallWindows hall, Map<String, byte[]> parts, Map<String, byte[]> newest) {
        byte[] clock = parts.get(CLOCK);
        byte[] seconds = parts.get(SECONDS);
        byte[] held = parts.get(HELD);
        byte[] spans = parts.get(SPANS);
        if (clock == null || seconds == null || held == null || spans == null) {
            return;
        }
        StateReader time = new StateReader(clock, LAYOUT);
        long age = time.integer();
        hall.closedUntil = time.integerOr(NEVER);
        hall.clock.read(time);
        StateReader open = new StateReader(seconds, LAYOUT);
        for (int count = open.count(); count > 0; count--) {
            long start = open.integer();
            hall.seconds.put(start, HallSecond.read(open));
        }
        StateReader holding = new StateReader(held, LAYOUT);
        hall.heldRacks.read(holding);
        hall.heldUnits.read(holding);
        hall.lastStates.add(CoolingSums.read(holding));
        hall.latestRacks.add(RackSums.read(holding));
        StateReader longer = new StateReader(spans, LAYOUT);
        spans(longer, hall.minutes);
        spans(longer, hall.quarters);
        hall.changes.read(age, (place, ofAge) -> restoreChanges(hall, parts.get(CHANGES + place), ofAge, newest));
    }

    private static boolean restoreChanges(
            HallWindows hall, byte @Nullable [] changes, long age, Map<String, byte[]> newest) {
        if (changes == null) {
            return false;
        }
        StateReader in = new StateReader(changes, LAYOUT);
        if (in.integer() != age) {
            return false;
        }
        Closings.repeat(hall, in);
        hall.passAgain(in.integerOr(NEVER));
        hall.clock.readChanges(in);
        for (int count = in.count(); count > 0; count--) {
            long start = in.integer();
            hall.seconds
                    .computeIfAbsent(start, none -> new HallSecond(hall.racks.rows(), hall.units.rows()))
                    .readChanges(in);
        }
        int often = in.count();
        StateReader others = new StateReader(in.bytes(), LAYOUT);
        for (int part = 0; part < often; part++) {
            newest.put(others.text(), others.bytes());
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
