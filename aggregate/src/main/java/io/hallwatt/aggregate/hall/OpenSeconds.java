package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A hall's seconds: until when they are closed, which are open, and which of them closes next. */
final class OpenSeconds {
    /** A longer hole in live time (the stage was away) is passed over, not filled with empty seconds. */
    private static final long LONGEST_FILLED_MILLIS = 60_000;

    private final HallDevices devices;
    private final boolean live;
    private final TreeMap<Long, HallSecond> open = new TreeMap<>();
    /** End of the newest closed second. */
    private long closedUntil = NEVER;
    /** The open second that was spoken of last: mostly the one that is spoken of next. */
    private @Nullable HallSecond current;

    private long currentStart;
    /** What {@link #next()} gives, as long as no second is opened or closed and no time passes. */
    private long nextStart;

    private boolean nextKnown;

    /** @param live whether seconds in which nobody speaks are closed too */
    OpenSeconds(HallDevices devices, boolean live) {
        this.devices = devices;
        this.live = live;
    }

    /** End of the newest closed second, epoch ms; {@link io.hallwatt.aggregate.window.DeviceFrontiers#NEVER} where none is closed. */
    long closedUntil() {
        return closedUntil;
    }

    /** All seconds that end at or before {@code until} are closed, or passed over. */
    void closed(long until) {
        closedUntil = until;
        nextKnown = false;
    }

    /** Whether anything was ever open or closed. */
    boolean begun() {
        return closedUntil != NEVER || !open.isEmpty();
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Start of the first open second; there must be one. */
    long first() {
        return open.firstKey();
    }

    /** Start of the second that closes next: in live time the very next one, else the next in which anybody spoke; {@code NEVER} where none is open. */
    long next() {
        if (!nextKnown) {
            nextStart = findNext();
            nextKnown = true;
        }
        return nextStart;
    }

    private long findNext() {
        if (open.isEmpty()) {
            return NEVER;
        }
        long first = open.firstKey();
        boolean fill = live && closedUntil != NEVER && !isFar(first);
        return fill ? closedUntil : first;
    }

    /** Whether so long a hole is between what is closed and {@code to} that it is passed over; something must be closed. */
    boolean isFar(long to) {
        return to - closedUntil > LONGEST_FILLED_MILLIS;
    }

    /** The open second that begins at {@code start}; opened if it is not yet. */
    HallSecond at(long start) {
        HallSecond second = current;
        if (second == null || currentStart != start) {
            second = open.computeIfAbsent(start, none -> empty());
            current = second;
            currentStart = start;
            nextKnown = false;
        }
        return second;
    }

    /** As {@link #at}, and it is open no longer. */
    HallSecond take(long start) {
        HallSecond second = open.remove(start);
        current = null;
        return second == null ? empty() : second;
    }

    private HallSecond empty() {
        return new HallSecond(devices.racks.rows(), devices.units.rows());
    }

    /** Makes room for racks and units that are new in the model. */
    void grow() {
        open.values().forEach(second -> second.grow(devices.racks.rows(), devices.units.rows()));
    }

    void write(StateWriter out) {
        out.integer(open.size());
        open.forEach((start, second) -> {
            out.integer(start);
            second.write(out);
        });
    }

    void read(StateReader in) {
        for (int count = in.count(); count > 0; count--) {
            long start = in.integer();
            open.put(start, HallSecond.read(in));
        }
    }

    /** What changed in the open seconds since they were last written. */
    void writeChanges(StateWriter out) {
        int changed = 0;
        for (HallSecond second : open.values()) {
            changed += second.changed() ? 1 : 0;
        }
        out.integer(changed);
        open.forEach((start, second) -> {
            if (second.changed()) {
                out.integer(start);
                second.writeChanges(out);
            }
        });
    }

    /** Takes over what {@link #writeChanges} wrote. */
    void readChanges(StateReader in) {
        for (int count = in.count(); count > 0; count--) {
            long start = in.integer();
            open.computeIfAbsent(start, none -> empty()).readChanges(in);
        }
    }
}
