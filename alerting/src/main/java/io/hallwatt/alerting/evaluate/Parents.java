package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.state.ParentState;
import io.hallwatt.alerting.state.Standing;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The rules above one rule and below it. Two alerts belong together where every label of place that both rules' alerts have (site, hall, rack, feed …) is the
 * same.
 */
final class Parents {
    private final List<Kin> parents;
    private final List<Kin> children;
    private final Alerts alerts;
    private final PlannedWork maintenance;

    private Parents(List<Kin> parents, List<Kin> children, Alerts alerts, PlannedWork maintenance) {
        this.parents = parents;
        this.children = children;
        this.alerts = alerts;
        this.maintenance = maintenance;
    }

    /** Who names whom, of all rules. */
    static final class Tree {
        private final Map<String, List<Rule>> named = new HashMap<>();
        private final Map<String, List<Rule>> children = new HashMap<>();
        /** By alert name, of its rules the deepest one's. */
        private final Map<String, Integer> depths = new HashMap<>();

        Tree(List<Rule> rules) {
            for (Rule rule : rules) {
                named.computeIfAbsent(rule.alert(), name -> new ArrayList<>()).add(rule);
                if (rule.parent() != null) {
                    children.computeIfAbsent(rule.parent(), name -> new ArrayList<>())
                            .add(rule);
                }
            }
            measure();
        }

        /** From the top down, each rule once, however many ways lead to it: a name is passed when all of its rules' parents are. */
        private void measure() {
            Map<String, Long> waiting = new HashMap<>();
            Deque<String> passed = new ArrayDeque<>();
            named.forEach((name, rules) -> {
                long below =
                        rules.stream().filter(rule -> !above(rule).isEmpty()).count();
                waiting.put(name, below);
                if (below == 0) {
                    passed.add(name);
                }
            });
            for (String name = passed.poll(); name != null; name = passed.poll()) {
                int depth = depths.getOrDefault(name, 0);
                for (Rule child : children.getOrDefault(name, List.of())) {
                    depths.merge(child.alert(), depth + 1, Math::max);
                    if (waiting.merge(child.alert(), -1L, Long::sum) == 0) {
                        passed.add(child.alert());
                    }
                }
            }
        }

        Parents of(Rule rule, Alerts alerts, PlannedWork maintenance) {
            return new Parents(
                    above(rule).stream().map(parent -> Kin.of(parent, rule)).toList(),
                    children.getOrDefault(rule.alert(), List.of()).stream()
                            .map(child -> Kin.of(child, rule))
                            .toList(),
                    alerts,
                    maintenance);
        }

        /** How many rules are above it, for the order of evaluation: parents first. */
        int depth(Rule rule) {
            return above(rule).isEmpty()
                    ? 0
                    : 1 + depths.getOrDefault(above(rule).getFirst().alert(), 0);
        }

        private List<Rule> above(Rule rule) {
            return rule.parent() == null ? List.of() : named.getOrDefault(rule.parent(), List.of());
        }
    }

    /** @param common labels that say whether an alert of it and one of the rule are about the same place */
    private record Kin(String identity, List<String> common) {
        static Kin of(Rule other, Rule rule) {
            List<String> common = other.condition().labels().stream()
                    .filter(rule.condition().labels()::contains)
                    .toList();
            return new Kin(other.identity(), common);
        }

        boolean related(Alert alert, SortedMap<String, String> labels) {
            for (int i = 0; i < common.size(); i++) {
                String own = labels.get(common.get(i));
                if (own != null && !own.equals(alert.labels().get(common.get(i)))) {
                    return false;
                }
            }
            return true;
        }
    }

    boolean orphan() {
        return parents.isEmpty();
    }

    /** Whether any parent is pending or fires in the row: if none does, nobody needs to ask by labels. */
    boolean quiet(String row) {
        for (Kin parent : parents) {
            for (Alert alert : alerts.of(parent.identity(), row).values()) {
                if (alert.active()) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * What the parents say of the place that an alert with these labels is in: only one that is in breach, or that people have been told of. Of planned work
     * nobody is told: a parent in it speaks for those that are in planned work themselves.
     */
    ParentState over(String row, SortedMap<String, String> labels, Instant at) {
        ParentState most = ParentState.QUIET;
        for (Kin parent : parents) {
            for (Alert alert : alerts.of(parent.identity(), row).values()) {
                if (!alert.key().blind() && parent.related(alert, labels)) {
                    ParentState says = says(alert.standing());
                    boolean more = says.compareTo(most) > 0;
                    most = more && (!planned(alert, at) || isPlanned(labels, at)) ? says : most;
                }
            }
        }
        return most;
    }

    private static ParentState says(Standing standing) {
        return switch (standing) {
            case Standing.Inactive inactive -> ParentState.QUIET;
            case Standing.Pending pending -> ParentState.PENDING;
            // Held by keep_firing_for or for flapping, it is not in breach: it explains nothing of what breaches now.
            case Standing.Firing firing -> firing.recoveringSince() == null ? ParentState.FIRING : ParentState.QUIET;
            case Standing.Unknown unknown -> unknown.wasFiring() ? ParentState.FIRING : ParentState.QUIET;
            case Standing.Suppressed suppressed -> suppressed.parentFired() ? ParentState.FIRING : ParentState.PENDING;
        };
    }

    /** Whether planned work keeps the alert from people, or will. */
    private boolean planned(Alert alert, Instant at) {
        return alert.firing() ? alert.maintenance() != null : isPlanned(alert.labels(), at);
    }

    private boolean isPlanned(SortedMap<String, String> labels, Instant at) {
        return maintenance.during(labels, at).isPresent();
    }

    /** How many alerts of children an alert of the rule speaks for. */
    int affected(String row, SortedMap<String, String> labels) {
        int count = 0;
        for (Kin child : children) {
            for (Alert alert : alerts.of(child.identity(), row).values()) {
                if (alert.standing() instanceof Standing.Suppressed && child.related(alert, labels)) {
                    count++;
                }
            }
        }
        return count;
    }
}
