package io.hallwatt.alerting.backtest;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.evaluate.AlertWatcher;
import io.hallwatt.alerting.evaluate.Evaluation;
import io.hallwatt.alerting.evaluate.HeapMemory;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.history.Episode;
import io.hallwatt.alerting.history.Episodes;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One set of rules over closed windows of the past. A row's windows come in the order in which they were published, as a partition keeps them; how rows are
 * mixed changes nothing, since a rule looks at one row alone; but one with a parent in another scope wants windows in the order of their ends.
 */
public final class Backtest {
    private final RuleSet rules;
    private final Evaluation evaluation;
    private final Episodes episodes = new Episodes();
    private final List<AlertTransition> transitions = new ArrayList<>();
    private final Map<Kind, Looked> looked =
            new TreeMap<>(Comparator.comparing(Kind::scope).thenComparing(Kind::resolution));

    private record Kind(Scope scope, Resolution resolution) {
        static Kind of(Rule rule) {
            return new Kind(rule.condition().scope(), rule.resolution());
        }
    }

    public Backtest(RuleSet rules) {
        this.rules = rules;
        this.evaluation = new Evaluation(rules, new HeapMemory(), AlertWatcher.NOBODY);
    }

    public void see(Sight window) {
        looked.merge(
                new Kind(window.scope(), window.window().resolution()),
                Looked.at(window.scope(), window.window()),
                Looked::and);
        evaluation.close(window, transition -> {
            transitions.add(transition);
            episodes.add(transition);
        });
    }

    /** Those that are tested. */
    public RuleSet rules() {
        return rules;
    }

    /** What was seen of each kind of windows that there are rules for; empty before any was. */
    public List<Looked> looked() {
        return List.copyOf(looked.values());
    }

    /**
     * Whether the windows of the transition's rule were seen at its time: what the live stage told of others says nothing about these rules. One of a rule that
     * is not among these counts as soon as any window was seen then.
     */
    public boolean covers(AlertTransition transition) {
        String blind = transition.labels().get("blind");
        String name = blind != null && transition.rule().equals(Alert.BLIND) ? blind : transition.rule();
        List<Kind> kinds = rules.rules().stream()
                .filter(rule -> rule.alert().equals(name))
                .map(Kind::of)
                .toList();
        if (kinds.isEmpty()) {
            return looked.values().stream().anyMatch(seen -> seen.covers(transition.at()));
        }
        return kinds.stream().map(looked::get).allMatch(seen -> seen != null && seen.covers(transition.at()));
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
                        span(alert),
                        end(alert)))
                .toList();
    }

    /** The shortest that one of the rules of that name was held against. */
    private Duration span(String alert) {
        return seen(alert).stream()
                .map(Looked::span)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private Instant end(String alert) {
        return seen(alert).stream()
                .map(Looked::last)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    private List<Looked> seen(String alert) {
        return rules.rules().stream()
                .filter(rule -> rule.alert().equals(alert))
                .flatMap(rule -> Optional.ofNullable(looked.get(Kind.of(rule))).stream())
                .toList();
    }
}
