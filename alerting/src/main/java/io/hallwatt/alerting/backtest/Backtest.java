package io.hallwatt.alerting.backtest;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.evaluate.AlertWatcher;
import io.hallwatt.alerting.evaluate.Evaluation;
import io.hallwatt.alerting.evaluate.HeapMemory;
import io.hallwatt.alerting.evaluate.Inventory;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.evaluate.Turns;
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
import java.util.function.Function;

/**
 * One set of rules over closed windows of the past. A row's windows come in the order in which they were published, as a partition keeps them; how rows are
 * mixed changes nothing, since a rule looks at one row alone, and {@link Turns} orders the rows of one with a parent in another scope, as it does live.
 */
public final class Backtest {
    private final RuleSet rules;
    private final Inventory inventory;
    private final Evaluation evaluation;
    private final Turns<Sight> turns;
    private final Episodes episodes = new Episodes();
    private final List<AlertTransition> transitions = new ArrayList<>();
    private final Map<Kind, Coverage> looked =
            new TreeMap<>(Comparator.comparing(Kind::scope).thenComparing(Kind::resolution));

    private record Kind(Scope scope, Resolution resolution) {
        static Kind of(Rule rule) {
            return new Kind(rule.condition().scope(), rule.resolution());
        }
    }

    /** As where nobody knows what the site model has. */
    public Backtest(RuleSet rules) {
        this(rules, Inventory.UNKNOWN);
    }

    /** @param inventory what there is by the end: what it has not, ends with the first window without its value */
    public Backtest(RuleSet rules, Inventory inventory) {
        this.rules = rules;
        this.inventory = inventory;
        HeapMemory memory = new HeapMemory();
        this.evaluation = new Evaluation(rules, memory, inventory, AlertWatcher.NOBODY);
        this.turns = new Turns<>(rules, memory, Function.identity());
    }

    public void see(Sight window) {
        Kind kind = new Kind(window.scope(), window.window().resolution());
        looked.computeIfAbsent(kind, of -> new Coverage(of.scope(), of.resolution()))
                .add(window);
        turns.see(window, this::close);
    }

    /** All windows have been seen: what still waits for its companion waits no more, and a hall that is gone has no more to come. */
    public void end() {
        turns.giveUp(waiting -> true, this::close);
        evaluation.retire(inventory::gone, this::tell);
    }

    private void close(Sight window) {
        evaluation.close(window, this::tell);
    }

    private void tell(AlertTransition transition) {
        transitions.add(transition);
        episodes.add(transition);
    }

    /** Those that are tested. */
    public RuleSet rules() {
        return rules;
    }

    /** What was seen of each kind of windows that there are rules for; empty before any was. */
    public List<Looked> looked() {
        return looked.values().stream().map(Coverage::looked).toList();
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
        String row = row(transition);
        if (kinds.isEmpty()) {
            return looked.values().stream().anyMatch(seen -> seen.covers(row, transition.at()));
        }
        return kinds.stream().map(looked::get).allMatch(seen -> seen != null && seen.covers(row, transition.at()));
    }

    private static String row(AlertTransition transition) {
        String site = transition.labels().getOrDefault("site", "");
        String hall = transition.labels().get("hall");
        return hall == null ? site : site + "/" + hall;
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
                        end(alert),
                        holes(alert)))
                .toList();
    }

    /** The shortest that one of the rules of that name was held against, its holes apart. */
    private Duration span(String alert) {
        return seen(alert).stream()
                .map(Looked::seen)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private Instant end(String alert) {
        return seen(alert).stream()
                .map(Looked::last)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /** Those that the windows of all rules of that name have; of several mostly one. */
    private List<Looked.Hole> holes(String alert) {
        return seen(alert).stream()
                .map(Looked::holes)
                .min(Comparator.comparing(holes -> Looked.sum(holes, Looked.Hole::length)))
                .orElse(List.of());
    }

    private List<Looked> seen(String alert) {
        return rules.rules().stream()
                .filter(rule -> rule.alert().equals(alert))
                .flatMap(rule -> Optional.ofNullable(looked.get(Kind.of(rule))).stream())
                .map(Coverage::looked)
                .toList();
    }
}
