package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.Window;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A hall's minutes and quarters that are open: minutes add up closed seconds, quarters closed minutes. */
final class OpenSpans {
    private final HallDevices devices;
    private final TreeMap<Long, HallSpan> minutes = new TreeMap<>();
    private final TreeMap<Long, HallSpan> quarters = new TreeMap<>();

    OpenSpans(HallDevices devices) {
        this.devices = devices;
    }

    /** Takes what closes, in order. */
    @FunctionalInterface
    interface Closed {
        void span(HallSpan span, Window window);
    }

    boolean isEmpty() {
        return minutes.isEmpty() && quarters.isEmpty();
    }

    /** Start of the first open one, epoch ms; the largest of all numbers where none is open. */
    long first() {
        long minute = minutes.isEmpty() ? Long.MAX_VALUE : minutes.firstKey();
        return quarters.isEmpty() ? minute : Math.min(minute, quarters.firstKey());
    }

    /** The minute that holds that time. */
    HallSpan minute(long at) {
        return span(minutes, Resolution.MINUTE, at);
    }

    private HallSpan span(Map<Long, HallSpan> spans, Resolution resolution, long at) {
        long start = resolution.startMillis(at);
        HallSpan span = spans.get(start);
        if (span == null) {
            span = new HallSpan(devices.racks.rows(), devices.units.rows());
            spans.put(start, span);
        }
        span.racks.grow(devices.racks.rows());
        span.cooling.grow(devices.units.rows());
        return span;
    }

    /** Minutes that end in (from, to] keep what their silent racks last said; what comes after their end shall not change it. */
    void hold(HeldReports held, long from, long to) {
        minutes.forEach((start, minute) -> {
            long end = start + Resolution.MINUTE.millis();
            if (end > from && end <= to) {
                held.fill(minute, end);
            }
        });
    }

    /**
     * Closes what is due: a minute when what is behind it is closed too, a quarter when its minutes are.
     *
     * @param closedUntil  up to when seconds are closed, epoch ms; the largest of all numbers closes all
     * @param boundaryWait how long a minute waits for registers behind its end, ms
     */
    void close(long closedUntil, long boundaryWait, Closed to) {
        while (!minutes.isEmpty() && closedUntil >= end(minutes, Resolution.MINUTE) + boundaryWait) {
            Map.Entry<Long, HallSpan> minute = minutes.pollFirstEntry();
            to.span(minute.getValue(), window(minute.getKey(), Resolution.MINUTE));
            addToQuarter(minute);
        }
        while (!quarters.isEmpty()) {
            long end = end(quarters, Resolution.QUARTER);
            boolean minutesClosed = closedUntil >= end && (minutes.isEmpty() || minutes.firstKey() >= end);
            if (!minutesClosed) {
                return;
            }
            Map.Entry<Long, HallSpan> quarter = quarters.pollFirstEntry();
            to.span(quarter.getValue(), window(quarter.getKey(), Resolution.QUARTER));
        }
    }

    private static long end(SortedMap<Long, HallSpan> spans, Resolution resolution) {
        return spans.firstKey() + resolution.millis();
    }

    private static Window window(long start, Resolution resolution) {
        return new Window(Instant.ofEpochMilli(start), resolution);
    }

    private void addToQuarter(Map.Entry<Long, HallSpan> minute) {
        span(quarters, Resolution.QUARTER, minute.getKey()).add(minute.getValue());
    }

    /** At a restart: so many were closed and published after all was written. */
    void closeAgain(int closedMinutes, int closedQuarters) {
        for (int minute = 0; minute < closedMinutes; minute++) {
            addToQuarter(minutes.pollFirstEntry());
        }
        for (int quarter = 0; quarter < closedQuarters; quarter++) {
            quarters.pollFirstEntry();
        }
    }

    void write(StateWriter out) {
        write(minutes, out);
        write(quarters, out);
    }

    void read(StateReader in) {
        read(in, minutes);
        read(in, quarters);
    }

    private static void write(Map<Long, HallSpan> spans, StateWriter out) {
        out.integer(spans.size());
        spans.forEach((start, span) -> {
            out.integer(start);
            span.write(out);
        });
    }

    private static void read(StateReader in, Map<Long, HallSpan> into) {
        for (int count = in.count(); count > 0; count--) {
            long start = in.integer();
            into.put(start, HallSpan.read(in));
        }
    }
}
