package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All rules of one task over its windows. Confined to one thread. */
public final class Evaluation {
    private final Map<Scope, Map<Resolution, List<RuleRun>>> runs = new EnumMap<>(Scope.class);
    private final Memory memory;
    private final Alerts alerts;
    private final Histories histories;
    /** End of the first window of each row that was evaluated here. */
    private final Map<History, Instant> begun = new HashMap<>();

    private final Extremes extremes = new Extremes();
    private final Calculations calculations = new Calculations();

    /** As where nobody knows what the site model has. */
    public Evaluation(RuleSet rules, Memory memory, AlertWatcher seen) {
        this(rules, memory, Inventory.UNKNOWN, seen);
    }

    /**
     * @param memory its alerts are taken up where they were; those of rules that are no longer there end at their row's next window
     * @param seen   told of each alert that changes or ends, and of those taken up from memory
     */
    public Evaluation(RuleSet rules, Memory memory, Inventory inventory, AlertWatcher seen) {
        this.memory = memory;
        this.alerts = new Alerts(memory, seen);
        this.histories = new Histories(rules.rules());
        Set<String> known = new HashSet<>();
        PlannedWork planned = new PlannedWork(rules.maintenance(), inventory);
        Parents.Tree tree = new Parents.Tree(rules.rules());
        List<Rule> parentsFirst = rules.rules().stream()
                .sorted(Comparator.comparingInt(tree::depth))
                .toList();
        for (Rule rule : parentsFirst) {
            known.add(rule.identity());
            runs.computeIfAbsent(rule.condition().scope(), scope -> new EnumMap<>(Resolution.class))
                    .computeIfAbsent(rule.resolution(), resolution -> new ArrayList<>())
                    .add(new RuleRun(
                            rule, alerts, tree.of(rule, alerts, planned), planned, calculations, inventory, seen));
        }
        alerts.takeUp(known, rules.rules().stream().map(Rule::alert).collect(Collectors.toSet()));
    }

    /**
     * Goes on from the past that the rules before these kept; they are evaluated no more.
     *
     * @return false where these look back to more than that; then nothing was taken, and all of it is to be {@linkplain #prime given back}
     */
    public boolean adopt(Evaluation before) {
        boolean enough = before.histories.cover(histories);
        if (enough) {
            histories.adopt(before.histories);
        }
        return enough;
    }

    /** What became of a window. */
    public enum Outcome {
        EVALUATED,
        /** Published again after it, or one after it, was evaluated: what was told stays told. */
        RESTATED
    }

    /** How far back the rules' ranges look on such windows; zero where none does. */
    public Duration reach(Scope scope, Resolution resolution) {
        return histories.reach(scope, resolution);
    }

    /**
     * Gives back a past that a restart forgot, or that a new rule asks for: windows that were evaluated before, oldest first. Others are not for here, and
     * passed over.
     */
    public void prime(Sight sight) {
        Instant evaluated = memory.evaluatedTo(sight.scope(), sight.window().resolution(), sight.row());
        if (evaluated != null && !sight.window().end().isAfter(evaluated)) {
            histories.of(sight).add(sight);
        }
    }

    /**
     * Ends the alerts of rows that are there no more: a hall that left the site model, or a site whose model is deleted, has no windows that could.
     *
     * @param gone asked of a row: site, or site/hall
     */
    public void retire(Predicate<String> gone, Consumer<AlertTransition> tell) {
        alerts.endGone(gone, this::newest, tell);
    }

    /** End of the newest window of the alert's row that was evaluated. */
    private Instant newest(AlertKey key) {
        return Arrays.stream(Resolution.values())
                .map(resolution -> memory.evaluatedTo(key.scope(), resolution, key.row()))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /**
     * Holds the rules against one closed window.
     *
     * @param tell takes the transitions, in the rules' order, parents first
     */
    public Outcome close(Sight sight, Consumer<AlertTransition> tell) {
        Resolution resolution = sight.window().resolution();
        Instant end = sight.window().end();
        Instant before = memory.evaluatedTo(sight.scope(), resolution, sight.row());
        History history = histories.of(sight);
        if (before != null && !end.isAfter(before)) {
            history.restate(sight);
            calculations.begin();
            for (RuleRun run : runs.getOrDefault(sight.scope(), Map.of()).getOrDefault(resolution, List.of())) {
                run.restate(sight, history, before, begun.getOrDefault(history, Instant.MAX), tell);
            }
            return Outcome.RESTATED;
        }
        history.add(sight);
        begun.putIfAbsent(history, end);
        extremes.begin();
        calculations.begin();
        Instant from = sight.window().start();
        // First, what no rule says any more: its labels may be those of an alert that begins now, and who is told last
        // is believed.
        alerts.endOrphans(sight.scope(), sight.row(), end, tell);
        for (RuleRun run : runs.getOrDefault(sight.scope(), Map.of()).getOrDefault(resolution, List.of())) {
            if (before != null && before.isBefore(from)) {
                run.missed(sight.row(), before, from, tell);
            }
            run.see(sight, extremes, history, tell);
        }
        alerts.forgetEnded(end);
        memory.evaluatedTo(sight.scope(), resolution, sight.row(), end);
        return Outcome.EVALUATED;
    }
}
