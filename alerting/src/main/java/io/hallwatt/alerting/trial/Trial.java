package io.hallwatt.alerting.trial;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.evaluate.AlertWatcher;
import io.hallwatt.alerting.evaluate.Evaluation;
import io.hallwatt.alerting.evaluate.HeapMemory;
import io.hallwatt.alerting.evaluate.Inventory;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.trial.RuleTest.Expectation;
import io.hallwatt.alerting.trial.RuleTest.Shown;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One test, run: a window of each row closes each second (and each minute, and quarter), as live, from the first sample to the last expectation.
 *
 * <p>A series holds its newest sample for five minutes, as in Prometheus: {@code stale} is how a test says that a value is missing. Annotations are those of
 * the newest evaluation in which the alert was in breach, at {@code evaluation_interval}, as Prometheus shows them.
 */
public final class Trial {
    private final RuleSet rules;
    private final Inventory inventory;
    private final RuleTest test;
    private final Map<String, Rule> byIdentity = new HashMap<>();
    private final HeapMemory memory = new HeapMemory();
    private final Map<String, SortedMap<String, String>> annotations = new HashMap<>();
    private final List<Mismatch> mismatches = new ArrayList<>();
    private final Deque<Sight> past = new ArrayDeque<>();

    private Trial(RuleSet rules, Inventory inventory, RuleTest test) {
        this.rules = rules;
        this.inventory = inventory;
        this.test = test;
        rules.rules().forEach(rule -> byIdentity.put(rule.identity(), rule));
    }

    /**
     * @param inventory what there is throughout the test
     * @return what does not hold, by time; empty where the test passes
     */
    public static List<Mismatch> run(RuleSet rules, Inventory inventory, RuleTest test) {
        Trial trial = new Trial(rules, inventory, test);
        trial.run();
        return List.copyOf(trial.mismatches);
    }

    private void run() {
        List<Expectation> open = new ArrayList<>(test.expectations());
        open.sort(Comparator.comparing(Expectation::at));
        Evaluation evaluation = new Evaluation(rules, memory, inventory, AlertWatcher.NOBODY);
        Rows rows = new Rows(test);
        for (long second = 0; !open.isEmpty(); second++) {
            Duration at = Duration.ofSeconds(second);
            while (!open.isEmpty() && open.getFirst().at().compareTo(at) < 0) {
                check(open.removeFirst());
            }
            if (open.isEmpty()) {
                return;
            }
            List<Sight> ending = rows.ending(Instant.EPOCH.plus(at));
            ending.forEach(sight -> evaluation.close(sight, this::shows));
            if (at.toMillis() % test.evaluationInterval().toMillis() == 0
                    && !memory.alerts().isEmpty()) {
                renew(ending);
            }
            remember(evaluation, ending);
        }
    }

    private void shows(AlertTransition transition) {
        if (transition.to() == AlertState.PENDING || transition.to() == AlertState.FIRING) {
            annotations.put(transition.fingerprint(), transition.annotations());
        }
    }

    /** The texts of what is in breach now: those of an alert that would be new, with the past that ranges look back on. */
    private void renew(List<Sight> windows) {
        HeapMemory nothingYet = new HeapMemory();
        Evaluation fresh = new Evaluation(rules, nothingYet, inventory, AlertWatcher.NOBODY);
        for (Sight sight : past) {
            nothingYet.evaluatedTo(
                    sight.scope(),
                    sight.window().resolution(),
                    sight.row(),
                    sight.window().end());
            fresh.prime(sight);
        }
        windows.forEach(sight -> fresh.close(sight, this::shows));
    }

    /** Keeps what the rules' ranges may ask for. */
    private void remember(Evaluation evaluation, List<Sight> windows) {
        for (Sight sight : windows) {
            if (!evaluation.reach(sight.scope(), sight.window().resolution()).isZero()) {
                past.add(sight);
            }
        }
        while (!past.isEmpty()) {
            Sight oldest = past.getFirst();
            Instant kept = windows.getLast()
                    .window()
                    .end()
                    .minus(evaluation.reach(oldest.scope(), oldest.window().resolution()));
            if (oldest.window().end().isAfter(kept)) {
                return;
            }
            past.removeFirst();
        }
    }

    private void check(Expectation expectation) {
        List<Shown> got = new ArrayList<>();
        for (Alert alert : memory.alerts()) {
            if (alert.name().equals(expectation.alertname()) && fires(alert.standing())) {
                got.add(new Shown(
                        compared(alert, expectation), annotations.getOrDefault(alert.fingerprint(), new TreeMap<>())));
            }
        }
        List<Shown> sortedGot = sorted(got);
        List<Shown> expected = sorted(expectation.alerts());
        if (!sortedGot.equals(expected)) {
            mismatches.add(new Mismatch(test.name(), expectation.alertname(), expectation.at(), expected, sortedGot));
        }
    }

    private static boolean fires(Standing standing) {
        return switch (standing) {
            case Standing.Firing firing -> true;
            case Standing.Unknown unknown -> unknown.wasFiring();
            case Standing.Pending pending -> false;
            case Standing.Suppressed suppressed -> false;
            case Standing.Inactive inactive -> false;
        };
    }

    /** The alert's labels, without those that Hallwatt adds by itself and the test does not speak of: Prometheus has none of them. */
    private SortedMap<String, String> compared(Alert alert, Expectation expectation) {
        SortedMap<String, String> labels = new TreeMap<>(alert.labels());
        Rule rule = byIdentity.get(alert.key().rule());
        Map.of("severity", "warning", "source", "hallwatt").forEach((label, value) -> {
            boolean own = rule != null && rule.labels().containsKey(label);
            boolean spokenOf = expectation.alerts().stream()
                    .anyMatch(shown -> shown.labels().containsKey(label));
            if (!own && !spokenOf) {
                labels.remove(label, value);
            }
        });
        return labels;
    }

    private static List<Shown> sorted(List<Shown> alerts) {
        return alerts.stream()
                .sorted(Comparator.comparing((Shown shown) -> Shown.text(shown.labels()))
                        .thenComparing(shown -> Shown.text(shown.annotations())))
                .toList();
    }
}
