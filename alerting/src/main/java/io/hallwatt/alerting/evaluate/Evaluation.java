package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** All rules of one task over its windows. Confined to one thread. */
public final class Evaluation {
    private final Map<Scope, Map<Resolution, List<RuleRun>>> runs = new EnumMap<>(Scope.class);
    private final Memory memory;
    private final Alerts alerts;

    /**
     * @param memory its alerts are taken up where they were; those of rules that are no longer there end at their row's next window
     * @param seen   told of each alert that changes or ends, and of those taken up from memory
     */
    public Evaluation(RuleSet rules, Memory memory, AlertWatcher seen) {
        this.memory = memory;
        this.alerts = new Alerts(memory, seen);
        Set<String> known = new HashSet<>();
        for (Rule rule : rules.rules()) {
            known.add(rule.identity());
            runs.computeIfAbsent(rule.condition().scope(), scope -> new EnumMap<>(Resolution.class))
                    .computeIfAbsent(rule.resolution(), resolution -> new ArrayList<>())
                    .add(new RuleRun(rule, alerts, seen));
        }
        alerts.takeUp(known);
    }

    /** What became of a window. */
    public enum Outcome {
        EVALUATED,
        /** Published again after it, or one after it, was evaluated: what was told stays told. */
        RESTATED
    }

    /**
     * Holds the rules against one closed window.
     *
     * @param tell takes the transitions, in the rules' order
     */
    public Outcome close(Sight sight, Consumer<AlertTransition> tell) {
        Resolution resolution = sight.window().resolution();
        Instant end = sight.window().end();
        Instant before = memory.evaluatedTo(sight.scope(), resolution, sight.row());
        if (before != null && !end.isAfter(before)) {
            return Outcome.RESTATED;
        }
        Instant from = sight.window().start();
        for (RuleRun run : runs.getOrDefault(sight.scope(), Map.of()).getOrDefault(resolution, List.of())) {
            if (before != null && before.isBefore(from)) {
                run.missed(sight.row(), before, from, tell);
            }
            run.see(sight, tell);
        }
        alerts.endOrphans(sight.scope(), sight.row(), end, tell);
        alerts.forgetEnded(end);
        memory.evaluatedTo(sight.scope(), resolution, sight.row(), end);
        return Outcome.EVALUATED;
    }
}
