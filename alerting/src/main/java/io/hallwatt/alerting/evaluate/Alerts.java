package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.state.Swings;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The alerts of one task that are not inactive, by rule and row; memory and watcher are kept in step. */
final class Alerts {
    private final Map<String, Map<String, Map<AlertKey, Alert>>> byRuleAndRow = new HashMap<>();
    private final List<Alert> orphans = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    /** Those whose end is still to be told, the oldest end first. */
    private final Map<AlertKey, Alert> ended = new LinkedHashMap<>();

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
        memory.ended().stream().sorted(Comparator.comparing(Alerts::endOf)).forEach(alert -> {
            ended.put(alert.key(), alert);
            watcher.ended(alert);
        });
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
        followEnd(alert);
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
        followEnd(alert);
        watcher.ended(alert);
    }

    /** An end is kept to be told again, until the alert fires anew. */
    private void followEnd(Alert alert) {
        if (alert.fired() == null) {
            return;
        }
        Alert before = ended.remove(alert.key()); // in any case: the newest end stands last
        if (alert.fired().endedAt() != null) {
            ended.put(alert.key(), alert);
            memory.rememberEnded(alert);
        } else if (before != null) {
            memory.forgetEnded(before);
        }
    }

    /** Forgets the ends that were {@link Fired#KEPT} long enough. */
    void forgetEnded(Instant now) {
        for (Iterator<Alert> oldest = ended.values().iterator(); oldest.hasNext(); ) {
            Alert alert = oldest.next();
            if (endOf(alert).plus(Fired.KEPT).isAfter(now)) {
                return;
            }
            oldest.remove();
            memory.forgetEnded(alert);
        }
    }

    private static Instant endOf(Alert alert) {
        return Objects.requireNonNull(
                Objects.requireNonNull(alert.fired(), "it fired").endedAt(), "it ended");
    }

    /** Ends what no rule speaks for any more. */
    void endOrphans(Scope scope, String row, Instant at, Consumer<AlertTransition> tell) {
        orphans.removeIf(alert -> {
            boolean here = alert.key().scope() == scope && alert.key().row().equals(row);
            if (here) {
                String ending = names.contains(alert.name())
                        ? "the rule was changed: its labels"
                        : "the rule was removed or renamed";
                endUnmeasured(alert, at, ending, tell);
            }
            return here;
        });
    }

    /** Ends what stands in rows that the site model has no more: no window of theirs will. */
    void endGone(Predicate<String> gone, Function<AlertKey, Instant> at, Consumer<AlertTransition> tell) {
        List<Alert> theirs = byRuleAndRow.values().stream()
                .flatMap(byRow -> byRow.entrySet().stream())
                .filter(row -> !row.getValue().isEmpty() && gone.test(row.getKey()))
                .flatMap(row -> row.getValue().values().stream())
                .toList();
        theirs.forEach(alert -> endUnmeasured(alert, at.apply(alert.key()), "it is no longer in the site model", tell));
        orphans.removeIf(alert -> {
            boolean left = gone.test(alert.key().row());
            if (left) {
                endUnmeasured(alert, at.apply(alert.key()), "it is no longer in the site model", tell);
            }
            return left;
        });
    }

    /** Ends what the same rule does not say any more. */
    void endChanged(Alert alert, String ending, Instant at, Consumer<AlertTransition> tell) {
        endUnmeasured(alert, at, ending, tell);
    }

    private void endUnmeasured(Alert alert, Instant at, String ending, Consumer<AlertTransition> tell) {
        SortedMap<String, String> texts = new TreeMap<>(Map.of(
                "summary", "Ended, since " + ending, AlertTexts.ENDED, "Without a measured recovery: " + ending));
        if (alert.active()) {
            tell.accept(new AlertTransition(
                    alert.fingerprint(),
                    alert.name(),
                    alert.labels(),
                    texts,
                    alert.standing().state(),
                    AlertState.INACTIVE,
                    at,
                    Objects.requireNonNullElse(alert.standing().since(), at),
                    null,
                    null,
                    alert.maintenance(),
                    null,
                    alert.fired() == null ? null : alert.fired().at(),
                    null));
        }
        end(alert.standing(Standing.INACTIVE, Swings.NONE, null).noting(at, texts));
    }

    private void index(Alert alert) {
        byRuleAndRow
                .computeIfAbsent(alert.key().rule(), rule -> new HashMap<>())
                .computeIfAbsent(alert.key().row(), row -> new HashMap<>())
                .put(alert.key(), alert);
    }
}
