package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.Resolution;
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

    @Override
    public void racks(RackFrame frame, long newestReading) {}

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
