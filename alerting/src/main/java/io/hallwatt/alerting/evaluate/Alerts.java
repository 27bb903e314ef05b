package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.state.Swings;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The alerts of one task that are not inactive, by rule and row; memory and watcher are kept in step. */
final class Alerts {
    private final Map<String, Map<String, Map<AlertKey, Alert>>> byRuleAndRow = new HashMap<>();
    private final List<Alert> orphans = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Memory memory;
    private final AlertWatcher watcher;

    Alerts(Memory memory, AlertWatcher watcher) {
        this.memory = memory;
        this.watcher = watcher;
    }

    /**
     * Goes on where the memory stops; alerts of rules that are not {@code known} any more wait for their end.
     *
     * @param named alert names of the rules that there are: one that is among them was not taken out but changed
     */
    void takeUp(Set<String> known, Set<String> named) {
        names.addAll(named);
        for (Alert alert : memory.alerts()) {
            if (known.contains(alert.key().rule())) {
                index(alert);
            } else {
                orphans.add(alert);
            }
            if (alert.active()) {
                watcher.stands(alert);
            }
        }
    }

    /** Not to be changed, and only good until the next change. */
    Map<AlertKey, Alert> of(String rule, String row) {
        return byRuleAndRow.getOrDefault(rule, Map.of()).getOrDefault(row, Map.of());
    }

    void keep(Alert alert) {
        index(alert);
        memory.remember(alert);
        if (alert.active()) {
            watcher.stands(alert);
        } else {
            watcher.ended(alert); // it is remembered for having fired lately, and not shown
        }
    }

    void end(Alert alert) {
        Map<String, Map<AlertKey, Alert>> byRow =
                byRuleAndRow.getOrDefault(alert.key().rule(), Map.of());
        Map<AlertKey, Alert> alerts = byRow.getOrDefault(alert.key().row(), Map.of());
        if (!alerts.isEmpty()) {
            alerts.remove(alert.key());
        }
        memory.forget(alert);
        watcher.ended(alert);
    }

    /** Ends what no rule speaks for any more. */
    void endOrphans(Scope scope, String row, Instant at, Consumer<AlertTransition> tell) {
        orphans.removeIf(alert -> {
            boolean here = alert.key().scope() == scope && alert.key().row().equals(row);
            if (here && alert.active()) {
                String ending = names.contains(alert.name())
                        ? "the rule was changed: its group, metric or labels"
                        : "the rule was removed or renamed";
                tell.accept(new AlertTransition(
                        alert.fingerprint(),
                        alert.name(),
                        alert.labels(),
                        new TreeMap<>(Map.of(
                                "summary",
                                "Ended, since " + ending,
                                AlertTexts.ENDED,
                                "Without a measured recovery: " + ending)),
                        alert.standing().state(),
                        AlertState.INACTIVE,
                        at,
                        Objects.requireNonNullElse(alert.standing().since(), at),
                        null,
                        null,
                        alert.maintenance(),
                        null));
            }
            if (here) {
                end(alert.standing(Standing.INACTIVE, Swings.NONE, null));
            }
            return here;
        });
    }

    private void index(Alert alert) {
        byRuleAndRow
                .computeIfAbsent(alert.key().rule(), rule -> new HashMap<>())
                .computeIfAbsent(alert.key().row(), row -> new HashMap<>())
                .put(alert.key(), alert);
    }
}
