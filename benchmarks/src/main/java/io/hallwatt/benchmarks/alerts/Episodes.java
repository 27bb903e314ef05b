package io.hallwatt.benchmarks.alerts;

import io.hallwatt.app.summary.Summary.Latency;
import io.hallwatt.contract.HallId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** When halls were first in breach, by the readings themselves, and when that was to be seen where. */
final class Episodes {
    private static final long LONGEST_MILLIS = 600_000;

    private final Map<HallId, List<Episode>> byHall = new HashMap<>();
    private final Map<String, Set<String>> known = new HashMap<>();
    private Instant from = Instant.MAX;

    private record Episode(Instant began, Map<String, Instant> seen) {}

    /** Episodes that begin from now on count. */
    synchronized void begin(Instant now) {
        from = now;
    }

    /** A hall's first reading in breach. */
    synchronized void began(HallId hall, Instant reading) {
        byHall.computeIfAbsent(hall, h -> new ArrayList<>()).add(new Episode(reading, new HashMap<>()));
    }

    /** The hall's alert is to be seen: that of its newest episode. */
    synchronized void seen(String where, HallId hall, Instant when) {
        List<Episode> episodes = byHall.getOrDefault(hall, List.of());
        for (int i = episodes.size() - 1; i >= 0; i--) {
            if (!episodes.get(i).began().isAfter(when)) {
                episodes.get(i).seen().putIfAbsent(where, when);
                return;
            }
        }
    }

    /** The same where alerts are told again: only the first telling of each counts. */
    synchronized void told(String where, HallId hall, Receiver.Arrived alert) {
        String which = alert.labels() + " " + alert.startsAt();
        if (alert.fires() && known.computeIfAbsent(where, w -> new HashSet<>()).add(which)) {
            seen(where, hall, alert.came());
        }
    }

    /** Episodes that count, those left out that began too late for everybody to see. */
    synchronized int count(Instant until) {
        return counted(until).size();
    }

    /** @param until episodes that began later are left out */
    synchronized AlertLatencyResult.Way way(String where, Instant until) {
        Histogram millis = new Histogram(LONGEST_MILLIS, 3);
        List<Episode> counted = counted(until);
        for (Episode episode : counted) {
            Instant seen = episode.seen().get(where);
            if (seen != null) {
                millis.recordValue(
                        Math.clamp(Duration.between(episode.began(), seen).toMillis(), 0, LONGEST_MILLIS));
            }
        }
        int heard = (int) millis.getTotalCount();
        return new AlertLatencyResult.Way(
                where,
                heard,
                counted.size() - heard,
                heard == 0
                        ? Latency.NONE
                        : new Latency(
                                millis.getValueAtPercentile(50),
                                millis.getValueAtPercentile(99),
                                millis.getMaxValue()));
    }

    private List<Episode> counted(Instant until) {
        return byHall.values().stream()
                .flatMap(List::stream)
                .filter(episode ->
                        !episode.began().isBefore(from) && !episode.began().isAfter(until))
                .toList();
    }
}
