package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Hall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All that a hall closed. */
final class Taken implements HallOutput {
    /** On the hour. */
    static final long START = 1_767_268_800_000L;

    /** Of each hour the newest revision. */
    final Map<String, EnergyHour> hours = new HashMap<>();

    /** All of them, as they came. */
    final List<EnergyHour> revisions = new ArrayList<>();

    final List<HallMetrics> metrics = new ArrayList<>();
    final List<RackFrame> frames = new ArrayList<>();

    /** A hall that says here what it closes, and has its model: in live time, or by event time alone. */
    HallWindows begun(Hall hall, boolean live) {
        HallWindows windows = windows(hall, live);
        windows.apply(hall);
        return windows;
    }

    /** Likewise, before its model or its state. */
    HallWindows windows(Hall hall, boolean live) {
        HallSettings settings = new HallSettings(2_000, 2_000, 3_600_000, live, "rack", "cooling");
        return new HallWindows(new SiteId("small"), hall, settings, this);
    }

    @Override
    public void racks(RackFrame frame, long newestReading) {
        frames.add(frame);
    }

    @Override
    public void hall(HallMetrics closed, long newestReading) {
        metrics.add(closed);
    }

    @Override
    public void hour(EnergyHour hour) {
        revisions.add(hour);
        hours.put(hour.subject().text() + " " + hour.start(), hour);
    }

    List<HallMetrics> between(long from, long to) {
        return metrics.stream()
                .filter(m -> m.window().resolution() == Resolution.SECOND)
                .filter(m -> m.window().start().toEpochMilli() >= from)
                .filter(m -> m.window().end().toEpochMilli() <= to)
                .toList();
    }

    /** Of the first rack, by seconds. */
    List<Double> completeness(long from, long to) {
        return frames.stream()
                .filter(frame -> frame.window().resolution() == Resolution.SECOND)
                .filter(frame -> frame.window().start().toEpochMilli() >= from)
                .filter(frame -> frame.window().end().toEpochMilli() <= to)
                .map(frame -> Objects.requireNonNull(frame.column(Metric.RACK_COMPLETENESS, ""))[0])
                .toList();
    }

    List<HallMetrics> seconds() {
        return of(Resolution.SECOND);
    }

    List<HallMetrics> minutes() {
        return of(Resolution.MINUTE);
    }

    private List<HallMetrics> of(Resolution resolution) {
        return metrics.stream()
                .filter(m -> m.window().resolution() == resolution)
                .toList();
    }

    HallMetrics quarter() {
        return metrics.stream()
                .filter(m -> m.window().resolution() == Resolution.QUARTER)
                .findFirst()
                .orElseThrow();
    }

    EnergyHour hour(String subject) {
        return Objects.requireNonNull(hours.get(subject + " " + Instant.ofEpochMilli(START)), subject);
    }

    long total() {
        return hours.values().stream()
                .mapToLong(EnergyHour::totalMilliwattHours)
                .sum();
    }
}
