package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All that a hall closed; of each hour the newest revision. */
final class Taken implements HallOutput {
    /** On the hour. */
    static final long START = 1_767_268_800_000L;

    final Map<String, EnergyHour> hours = new HashMap<>();
    final List<HallMetrics> metrics = new ArrayList<>();
    final List<RackFrame> frames = new ArrayList<>();

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

    List<HallMetrics> minutes() {
        return metrics.stream()
                .filter(m -> m.window().resolution() == Resolution.MINUTE)
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
