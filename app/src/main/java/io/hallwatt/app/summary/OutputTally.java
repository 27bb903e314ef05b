package io.hallwatt.app.summary;

import io.hallwatt.app.summary.Summary.Alert;
import io.hallwatt.app.summary.Summary.Latencies;
import io.hallwatt.app.summary.Summary.Latency;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergySubject.HallIt;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Counts the records of the output topics as they come, and keeps the newest of each for the view. Used by several threads. */
final class OutputTally {
    private static final long LONGEST_MILLIS = 3_600_000;
    private static final Duration RESOLVED_SHOWN = Duration.ofMinutes(1);

    private final EnergyJournal journal = new EnergyJournal();
    private final EnumMap<Resolution, Long> windows = new EnumMap<>(Resolution.class);
    private final SortedMap<String, long[]> transitions = new TreeMap<>();
    private final SortedMap<HallId, HallMetrics> halls = new TreeMap<>();
    private final SortedMap<String, AlertTransition> firing = new TreeMap<>();
    private final SortedMap<String, AlertTransition> pending = new TreeMap<>();
    private final SortedMap<String, Resolved> resolved = new TreeMap<>();
    private final Histogram toHallMetric = new Histogram(LONGEST_MILLIS, 3);
    private final Histogram toAlert = new Histogram(LONGEST_MILLIS, 3);
    private @Nullable SiteMetrics site;
    private @Nullable Instant firstHallMetricAt;

    /**
     * What came with a record.
     *
     * @param ofThisRun     false for what was there before
     * @param at            when it was received
     * @param newestReading epoch ms of the newest reading that went in; empty where that is not said or the readings are not live
     */
    record Arrival(boolean ofThisRun, Instant at, OptionalLong newestReading) {
        OptionalLong latencyMillis() {
            return newestReading.isPresent()
                    ? OptionalLong.of(Math.clamp(at.toEpochMilli() - newestReading.getAsLong(), 0, LONGEST_MILLIS))
                    : OptionalLong.empty();
        }
    }

    /** An alert that is over, and when that was received: of a past that runs fast, a minute of event time is nothing to a reader. */
    private record Resolved(AlertTransition transition, Instant received) {}

    synchronized void hall(HallMetrics metrics, Arrival arrival) {
        if (metrics.window().resolution() == Resolution.SECOND) {
            halls.put(metrics.hall(), metrics);
            if (arrival.ofThisRun()) {
                firstHallMetricAt = firstHallMetricAt == null ? arrival.at() : firstHallMetricAt;
                arrival.latencyMillis().ifPresent(toHallMetric::recordValue);
            }
        }
        if (arrival.ofThisRun()) {
            windows.merge(metrics.window().resolution(), 1L, Long::sum);
        }
    }

    synchronized void site(SiteMetrics metrics) {
        site = metrics;
    }

    synchronized void energy(EnergyHour hour, Arrival arrival) {
        journal.add(hour);
        if (arrival.ofThisRun() && hour.revision() == 0 && hour.subject() instanceof HallIt) {
            windows.merge(Resolution.HOUR, 1L, Long::sum);
        }
    }

    synchronized void alert(AlertTransition transition, Arrival arrival) {
        if (transition.restated() != null) {
            return; // of the past: nothing changed its state
        }
        boolean over = resolves(transition);
        place(transition);
        if (!arrival.ofThisRun()) {
            return;
        }
        long[] counts = transitions.computeIfAbsent(transition.rule(), rule -> new long[3]);
        counts[0] += transition.to() == AlertState.PENDING ? 1 : 0;
        counts[1] += transition.to() == AlertState.FIRING ? 1 : 0;
        counts[2] += over ? 1 : 0;
        if (over) {
            resolved.put(transition.fingerprint(), new Resolved(transition, arrival.at()));
        }
        arrival.latencyMillis().ifPresent(toAlert::recordValue);
    }

    /** Where the view shows it from now on. What cannot be seen stays where it is. */
    private void place(AlertTransition transition) {
        if (transition.to() == AlertState.UNKNOWN) {
            return;
        }
        String alert = transition.fingerprint();
        firing.remove(alert);
        pending.remove(alert);
        resolved.remove(alert);
        if (transition.to() == AlertState.FIRING) {
            firing.put(alert, transition);
        } else if (transition.to() == AlertState.PENDING) {
            pending.put(alert, transition);
        }
    }

    /**
     * Whether something that fired is over. From unknown, that it had fired is known by what came before; and only a value says that it is over, since what was
     * taken out of the site model ends without one.
     */
    private boolean resolves(AlertTransition transition) {
        if (transition.to() != AlertState.INACTIVE) {
            return false;
        }
        return switch (transition.from()) {
            case FIRING -> true;
            case UNKNOWN -> transition.value() != null && firing.containsKey(transition.fingerprint());
            case PENDING, SUPPRESSED, INACTIVE -> false;
        };
    }

    synchronized Glimpse glimpse(Instant now) {
        resolved.values().removeIf(over -> !now.isBefore(over.received().plus(RESOLVED_SHOWN)));
        return new Glimpse(
                site,
                new ArrayList<>(halls.values()),
                new ArrayList<>(firing.values()),
                new ArrayList<>(pending.values()),
                resolved.values().stream().map(Resolved::transition).toList());
    }

    synchronized Map<String, Long> windows() {
        Map<String, Long> byLength = new LinkedHashMap<>();
        for (Resolution resolution : Resolution.values()) {
            byLength.put(resolution.text(), windows.getOrDefault(resolution, 0L));
        }
        return byLength;
    }

    synchronized List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>();
        transitions.forEach((rule, counts) -> alerts.add(new Alert(rule, counts[0], counts[1], counts[2])));
        return alerts;
    }

    synchronized Latencies latencies() {
        return new Latencies(latency(toHallMetric), latency(toAlert));
    }

    synchronized Optional<Instant> firstHallMetricAt() {
        return Optional.ofNullable(firstHallMetricAt);
    }

    synchronized Summary.Renewable renewable(Site site) {
        return RenewableMatch.of(site, journal);
    }

    synchronized long hourlyMilliwattHours() {
        return journal.totalMilliwattHours();
    }

    synchronized long estimatedMilliwattHours() {
        return journal.estimatedMilliwattHours();
    }

    private static Latency latency(Histogram histogram) {
        return histogram.getTotalCount() == 0
                ? Latency.NONE
                : new Latency(
                        histogram.getValueAtPercentile(50),
                        histogram.getValueAtPercentile(99),
                        histogram.getMaxValue());
    }
}
