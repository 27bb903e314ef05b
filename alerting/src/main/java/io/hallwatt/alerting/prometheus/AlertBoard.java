package io.hallwatt.alerting.prometheus;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.evaluate.AlertKey;
import io.hallwatt.alerting.state.Standing;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The alerts that are pending or fire, as {@code hallwatt_alerts} and {@code hallwatt_alert_since_seconds}. One that is unknown is shown as what it was:
 * taking it away would read as recovery.
 */
final class AlertBoard implements MultiCollector {
    private static final String ALERTS = "hallwatt_alerts";
    private static final String SINCE = "hallwatt_alert_since_seconds";
    private static final String SUPPRESSED = "hallwatt_alerts_suppressed";

    private final Map<AlertKey, Shown> shown = new ConcurrentHashMap<>();
    private final Predicate<Alert> visible;

    /** @param visible asked at each scrape: a watchdog is there only while its way is open */
    AlertBoard(Predicate<Alert> visible) {
        this.visible = visible;
    }

    private record Shown(Object owner, Alert alert) {}

    void stands(Object owner, Alert alert) {
        shown.put(alert.key(), new Shown(owner, alert));
    }

    void ended(Object owner, Alert alert) {
        shown.computeIfPresent(alert.key(), (key, old) -> old.owner().equals(owner) ? null : old);
    }

    void forget(Object owner) {
        shown.values().removeIf(alert -> alert.owner().equals(owner));
    }

    @Override
    public MetricSnapshots collect() {
        GaugeSnapshot.Builder states = GaugeSnapshot.builder()
                .name(ALERTS)
                .help(
                        "1 for each alert that is pending or fires (maintenance: fires, and nobody is told); unknown ones as what they were");
        GaugeSnapshot.Builder since = GaugeSnapshot.builder()
                .name(SINCE)
                .help("Event time of the first breach of the alert, in seconds since 1970");
        for (Alert alert : oneEach().values()) {
            states.dataPoint(point(1, alert, List.of("alertstate", shownAs(alert))));
            long millis = Objects.requireNonNull(alert.standing().since(), "an active alert has begun")
                    .toEpochMilli();
            since.dataPoint(point(millis / 1000.0, alert, List.of()));
        }
        GaugeSnapshot.Builder suppressed = GaugeSnapshot.builder()
                .name(SUPPRESSED)
                .help("Alerts in breach that their rules' parent speaks for, by alert name");
        suppressedByName()
                .forEach((name, count) ->
                        suppressed.dataPoint(new GaugeDataPointSnapshot(count, Labels.of("alertname", name), null)));
        return MetricSnapshots.of(states.build(), since.build(), suppressed.build());
    }

    private SortedMap<String, Long> suppressedByName() {
        return shown.values().stream()
                .map(Shown::alert)
                .filter(alert -> alert.standing() instanceof Standing.Suppressed)
                .collect(Collectors.groupingBy(Alert::name, TreeMap::new, Collectors.counting()));
    }

    /** Two rules may give alerts with the same labels: the one that fires stands for both, since a series can be there but once. */
    private SortedMap<String, Alert> oneEach() {
        SortedMap<String, Alert> alerts = new TreeMap<>();
        shown.values().stream()
                .map(Shown::alert)
                .filter(alert -> !(alert.standing() instanceof Standing.Suppressed) && visible.test(alert))
                .forEach(alert -> alerts.merge(alert.fingerprint(), alert, (a, b) -> a.firing() ? a : b));
        return alerts;
    }

    private static String shownAs(Alert alert) {
        if (!alert.firing()) {
            return "pending";
        }
        return alert.maintenance() == null ? "firing" : "maintenance";
    }

    private static GaugeDataPointSnapshot point(double value, Alert alert, List<String> more) {
        Labels.Builder labels = Labels.builder();
        alert.labels().forEach(labels::label);
        for (int i = 0; i < more.size(); i += 2) {
            labels.label(more.get(i), more.get(i + 1));
        }
        return new GaugeDataPointSnapshot(value, labels.build(), null);
    }
}
