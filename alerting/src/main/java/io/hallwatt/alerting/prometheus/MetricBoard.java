package io.hallwatt.alerting.prometheus;

import io.hallwatt.alerting.evaluate.CatchUp;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest closed window of each row, as gauges. A metric comes from the shortest windows that it exists for. A series is there as long as windows come and
 * hold its value: Prometheus marks it stale with the next scrape.
 */
final class MetricBoard implements MultiCollector {
    private final Map<Row, Shown> shown = new ConcurrentHashMap<>();
    private final List<Metric> metrics;
    private final Duration staleAfter;
    private final InstantSource clock;

    /**
     * @param racks      whether racks' series are shown too: thousands
     * @param staleAfter how long, beyond the window's own length, a row outlives its last window
     */
    MetricBoard(boolean racks, Duration staleAfter, InstantSource clock) {
        this.metrics = Arrays.stream(Metric.values())
                .filter(metric -> racks || metric.scope() != Scope.RACK)
                .toList();
        this.staleAfter = staleAfter;
        this.clock = clock;
    }

    private record Row(Scope scope, Resolution resolution, String row) {}

    private record Shown(Object owner, Sight sight, Instant arrived) {}

    /** @param owner who shows it, and may take it away again */
    void show(Object owner, Sight sight) {
        Row row = new Row(sight.scope(), sight.window().resolution(), sight.row());
        Shown now = new Shown(owner, sight, clock.instant());
        shown.merge(
                row,
                now,
                (old, next) -> next.sight()
                                .window()
                                .end()
                                .isBefore(old.sight().window().end())
                        ? old
                        : next);
    }

    void forget(Object owner) {
        shown.values().removeIf(row -> row.owner().equals(owner));
    }

    /** Whether windows of the site still come, and are of the present: a way on which everything is an hour late is not open. */
    boolean alive(String site) {
        Shown row = shown.get(new Row(Scope.SITE, Resolution.SECOND, site));
        return row != null
                && fresh(row)
                && row.sight().window().end().plus(CatchUp.BEHIND).isAfter(clock.instant());
    }

    private boolean fresh(Shown row) {
        Duration most = staleAfter.plus(row.sight().window().resolution().length());
        return Duration.between(row.arrived(), clock.instant()).compareTo(most) <= 0;
    }

    @Override
    public MetricSnapshots collect() {
        List<Sight> fresh =
                shown.values().stream().filter(this::fresh).map(Shown::sight).toList();
        MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        for (Metric metric : metrics) {
            List<GaugeDataPointSnapshot> points = points(metric, fresh);
            if (!points.isEmpty()) {
                GaugeSnapshot.Builder gauge =
                        GaugeSnapshot.builder().name(metric.prometheusName()).help(help(metric));
                points.forEach(gauge::dataPoint);
                snapshots.metricSnapshot(gauge.build());
            }
        }
        estimated(Scope.HALL, fresh, snapshots);
        estimated(Scope.SITE, fresh, snapshots);
        return snapshots.build();
    }

    /** A sample cannot say that it is estimated: a series beside it does, one a metric and row, as long as it is. */
    private void estimated(Scope scope, List<Sight> fresh, MetricSnapshots.Builder snapshots) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name("hallwatt_%s_estimated".formatted(scope.text()))
                .help(
                        "1 while the value of the metric is estimated, in whole or in part, in the last closed window that it comes from");
        boolean any = false;
        for (Metric metric : metrics) {
            for (Sight sight : fresh) {
                if (shows(sight, metric, scope) && sight.estimated(metric)) {
                    Labels row = scope == Scope.HALL
                            ? Labels.of("site", sight.site(), "hall", sight.hall())
                            : Labels.of("site", sight.site());
                    gauge.dataPoint(new GaugeDataPointSnapshot(1, row.add("metric", metric.prometheusName()), null));
                    any = true;
                }
            }
        }
        if (any) {
            snapshots.metricSnapshot(gauge.build());
        }
    }

    private static boolean shows(Sight sight, Metric metric, Scope scope) {
        return metric.scope() == scope
                && sight.scope() == scope
                && sight.window().resolution() == Rule.finest(metric);
    }

    private static List<GaugeDataPointSnapshot> points(Metric metric, List<Sight> fresh) {
        List<GaugeDataPointSnapshot> points = new ArrayList<>();
        String[] names = Condition.labelsOf(metric).toArray(String[]::new);
        for (Sight sight : fresh) {
            if (shows(sight, metric, metric.scope())) {
                sight.each(metric, (index, key, value) -> {
                    if (!Double.isNaN(value)) {
                        points.add(new GaugeDataPointSnapshot(
                                value, Labels.of(names, values(sight, index, key, names.length)), null));
                    }
                });
            }
        }
        return points;
    }

    private static String[] values(Sight sight, int index, String key, int count) {
        List<String> values = new ArrayList<>(count);
        values.add(sight.site());
        if (sight.scope() != Scope.SITE) {
            values.add(sight.hall());
        }
        if (sight.scope() == Scope.RACK) {
            values.add(sight.rack(index));
        }
        if (!key.isEmpty()) {
            values.addAll(Arrays.asList(key.split("/", -1)));
        }
        return values.toArray(String[]::new);
    }

    private static String help(Metric metric) {
        return "%s, in the last closed window of %s"
                .formatted(metric.help(), Rule.finest(metric).text());
    }
}
