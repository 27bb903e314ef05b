package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.expr.Formula;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pasts of all rows of one task. */
final class Histories {
    private final Map<Scope, Map<Resolution, Map<Metric, Duration>>> reach = new EnumMap<>(Scope.class);
    private final Map<Scope, Map<Resolution, Map<String, History>>> histories = new EnumMap<>(Scope.class);

    Histories(List<Rule> rules) {
        for (Rule rule : rules) {
            if (rule.condition() instanceof Condition.Computed computed) {
                Map<Metric, Duration> metrics = reach.computeIfAbsent(
                                computed.scope(), scope -> new EnumMap<>(Resolution.class))
                        .computeIfAbsent(rule.resolution(), resolution -> new EnumMap<>(Metric.class));
                for (Formula.Over over : computed.formula().ranges()) {
                    metrics.merge(over.of().metric(), over.range(), (a, b) -> a.compareTo(b) > 0 ? a : b);
                }
            }
        }
    }

    /** How far back the rules look; zero where none does. */
    Duration reach(Scope scope, Resolution resolution) {
        return metrics(scope, resolution).values().stream()
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Whether these look back as far as others, on each metric. */
    boolean cover(Histories others) {
        return others.reach.entrySet().stream()
                .allMatch(scope -> scope.getValue().entrySet().stream()
                        .allMatch(resolution -> resolution.getValue().entrySet().stream()
                                .allMatch(metric -> metrics(scope.getKey(), resolution.getKey())
                                                .getOrDefault(metric.getKey(), Duration.ZERO)
                                                .compareTo(metric.getValue())
                                        >= 0)));
    }

    /** Goes on from what rules before these have kept; it is theirs no more. */
    void adopt(Histories known) {
        known.histories.forEach((scope, byResolution) -> byResolution.forEach((resolution, byRow) ->
                byRow.forEach((row, history) -> of(scope, resolution, row).adopt(history))));
    }

    /** The past of the window's row. */
    History of(Sight sight) {
        return of(sight.scope(), sight.window().resolution(), sight.row());
    }

    private History of(Scope scope, Resolution resolution, String row) {
        return histories
                .computeIfAbsent(scope, s -> new EnumMap<>(Resolution.class))
                .computeIfAbsent(resolution, r -> new HashMap<>())
                .computeIfAbsent(row, r -> new History(metrics(scope, resolution)));
    }

    private Map<Metric, Duration> metrics(Scope scope, Resolution resolution) {
        return reach.getOrDefault(scope, Map.of()).getOrDefault(resolution, Map.of());
    }
}
