package io.hallwatt.alerting.backtest;

import io.hallwatt.alerting.evaluate.AlertWatcher;
import io.hallwatt.alerting.evaluate.Evaluation;
import io.hallwatt.alerting.evaluate.HeapMemory;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.history.Episode;
import io.hallwatt.alerting.history.Episodes;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One set of rules over closed windows of the past. A row's windows come in the order in which they were published, as a partition keeps them; how rows are
 * mixed changes nothing, since a rule looks at one row alone; but one with a parent in another scope wants windows in the order of their ends.
 */
public final class Backtest {
    private final RuleSet rules;
    private final Evaluation evaluation;
    private final Episodes episodes = new Episodes();
    private final List<AlertTransition> transitions = new ArrayList<>();
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private long windows;

    public Backtest(RuleSet rules) {
        this.rules = rules;
        this.evaluation = new Evaluation(rules, new HeapMemory(), AlertWatcher.NOBODY);
    }

    public void see(Sight window) {
        windows++;
        first = first.isBefore(window.window().start())
                ? first
                : window.window().start();
        last = last.isAfter(window.window().end()) ? last : window.window().end();
        evaluation.close(window, transition -> {
            transitions.add(transition);
            episodes.add(transition);
        });
    }

    /** Closed windows seen, the republished among them. */
    public long windows() {
        return windows;
    }

    /** From the start of the first window to the end of the last; nothing before any was seen. */
    public Duration span() {
        return windows == 0 ? Duration.ZERO : Duration.between(first, last);
    }

    /** Start of the first window; meaningless before any was seen. */
    public Instant first() {
        return first;
    }

    /** End of the last window; meaningless before any was seen. */
    public Instant last() {
        return last;
    }

    /** By time; of one instant by rule and labels, so that the list does not depend on how rows were mixed. */
    public List<AlertTransition> transitions() {
        return inOrder(transitions);
    }

    /** By time; of one instant by rule and labels; one alert's own stay as they are. */
    public static List<AlertTransition> inOrder(List<AlertTransition> transitions) {
        return transitions.stream()
                .sorted(Comparator.comparing(AlertTransition::at)
                        .thenComparing(AlertTransition::rule)
                        .thenComparing(transition -> transition.labels().toString()))
                .toList();
    }

    public List<Episode> episodes() {
        return episodes.all();
    }

    /** A line a name of alerts, in the rules' order; those that never fired too. */
    public List<RuleFigures> figures() {
        List<Episode> all = episodes();
        return rules.rules().stream()
                .map(Rule::alert)
                .distinct()
                .map(alert -> RuleFigures.of(
                        alert,
                        all.stream()
                                .filter(episode -> episode.rule().equals(alert))
                                .toList(),
                        span(),
                        last))
                .toList();
    }
}
