package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;

import io.hallwatt.aggregate.energy.PartSink;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
        Unwritten unwritten = hall.unwritten;
        if (unwritten.model) {
            sink.part(MODEL, Codecs.SITE.write(around(hall.site(), hall.model())));
            unwritten.model = false;
        }
        boolean whole = unwritten.changes.isFull() || (unwritten.dirty && unwritten.allIsDue(hall.devices));
        if (whole || unwritten.dirty) {
            unwritten.writing(whole, hall.devices);
        }
        if ((whole || hall.energy.takeRenamed()) && names(hall) != unwritten.namesWritten) {
            sink.part(NAMES, part(out -> writeNames(hall, out)));
            unwritten.namesWritten = names(hall);
        }
        if (hall.devices.firstChanged()) {
            sink.part(FIRST, part(hall.devices::writeFirst));
        }
        if (whole) {
            hall.energy.startOver();
            drain(hall.energy, sink);
            writeWhole(hall, sink);
        } else {
            Often often = new Often(sink);
            drain(hall.energy, often);
            if (unwritten.dirty || often.count > 0) {
                writeChanges(hall, often, sink);
            }
        }
        unwritten.dirty = false;
    }

    private static byte[] part(Consumer<StateWriter> fields) {
        StateWriter out = new StateWriter(LAYOUT);
        fields.accept(out);
        return out.toBytes();
    }

    private static int names(HallWindows hall) {
        HallEnergy energy = hall.energy;
        return hall.devices.nameCount()
                + energy.whole().size()
                + energy.water().units().size();
    }

    private static void writeNames(HallWindows hall, StateWriter out) {
        hall.devices.writeNames(out);
        out.texts(hall.energy.whole());
        out.texts(hall.energy.water().units());
    }

    private static void readNames(HallWindows hall, StateReader in) {
        hall.devices.readNames(in);
        hall.energy.whole().addAll(in.texts());
        hall.energy.water().units().addAll(in.texts());
        hall.unwritten.namesWritten = names(hall);
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
        HallTime time = hall.time;
        hall.unwritten.closings.forget();
        sink.part(CLOCK, part(out -> {
            out.integer(hall.unwritten.changes.nextAge());
            out.integerOr(hall.closedUntil(), NEVER);
            hall.devices.clock.write(out);
        }));
        sink.part(SECONDS, part(time.seconds::write));
        sink.part(HELD, part(time.held::write));
        sink.part(SPANS, part(time.spans::write));
    }

    private static void writeChanges(HallWindows hall, Often often, PartSink sink) {
        StateWriter out = new StateWriter(LAYOUT);
        out.integer(hall.unwritten.changes.age());
        hall.unwritten.closings.write(out);
        out.integerOr(hall.closedUntil(), NEVER);
        hall.devices.clock.writeChanges(out);
        hall.time.seconds.writeChanges(out);
        out.integer(often.count);
        out.bytes(often.parts.toBytes());
        sink.part(CHANGES + hall.unwritten.changes.nextPlace(), out.toBytes());
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
            readNames(hall, new StateReader(names, LAYOUT));
        }
        byte[] first = parts.get(FIRST);
        if (first != null) {
            hall.devices.readFirst(new StateReader(first, LAYOUT));
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
        StateReader in = new StateReader(clock, LAYOUT);
        long age = in.integer();
        hall.time.seconds.closed(in.integerOr(NEVER));
        hall.devices.clock.read(in);
        hall.time.seconds.read(new StateReader(seconds, LAYOUT));
        hall.time.held.read(new StateReader(held, LAYOUT));
        hall.time.spans.read(new StateReader(spans, LAYOUT));
        hall.unwritten.changes.read(
                age, (place, ofAge) -> restoreChanges(hall, parts.get(CHANGES + place), ofAge, newest));
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
        Closings.repeat(hall.time, in);
        hall.time.passAgain(in.integerOr(NEVER));
        hall.devices.clock.readChanges(in);
        hall.time.seconds.readChanges(in);
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
}
