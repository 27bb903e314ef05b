package io.hallwatt.alerting.rule;

import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.config.Nearest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether a rule's parent can speak for it. */
final class ParentCheck {
    private final Map<String, List<Rule>> named = new HashMap<>();
    private final Set<String> names;

    /** @param names of rules with faults too: they are there, and their own faults are told elsewhere */
    ParentCheck(List<Rule> all, Set<String> names) {
        all.forEach(rule ->
                named.computeIfAbsent(rule.alert(), name -> new ArrayList<>()).add(rule));
        this.names = names;
    }

    /** What is wrong with the parent that the rule names, and how to mend it. */
    Optional<String> fault(Rule child) {
        String name = String.valueOf(child.parent());
        List<Rule> parents = named(name);
        if (!names.contains(name)) {
            return Optional.of("no rule is named \"%s\"%s".formatted(name, Nearest.hint(name, names)));
        }
        if (inCircle(child)) {
            return Optional.of(
                    "\"%s\" and its own parents come back to %s: leave one of them out".formatted(name, child.alert()));
        }
        return parents.stream()
                .flatMap(parent -> misplaced(child, parent).or(() -> onOtherWindows(child, parent)).stream())
                .findFirst();
    }

    private List<Rule> named(String alert) {
        return named.getOrDefault(alert, List.of());
    }

    /** By names, each once: rules of one name may have parents of their own each. */
    private boolean inCircle(Rule child) {
        Set<String> above = new HashSet<>(Set.of(String.valueOf(child.parent())));
        Deque<String> open = new ArrayDeque<>(above);
        for (String name = open.poll(); name != null; name = open.poll()) {
            for (Rule rule : named(name)) {
                if (rule.parent() != null && above.add(rule.parent())) {
                    open.add(rule.parent());
                }
            }
        }
        return above.contains(child.alert());
    }

    private static Optional<String> misplaced(Rule child, Rule parent) {
        if (parent.condition() instanceof Condition.Always) {
            return Optional.of(
                    "%s is a watchdog, which always fires: nothing below it would ever be told; name the rule whose alert explains this one"
                            .formatted(parent.alert()));
        }
        Scope of = parent.condition().scope();
        Scope over = child.condition().scope();
        if (of == over || (of == Scope.HALL && over == Scope.RACK)) {
            return Optional.empty();
        }
        return Optional.of(
                of == Scope.SITE
                        ? "%s is about the site, and this rule about a %s: halls are judged each by itself, and their tasks do not see the site's alerts; name a rule on the hall"
                                .formatted(parent.alert(), word(over))
                        : "%s is about a %s, which does not hold the %s that this rule is about; name a rule on the same or an enclosing place"
                                .formatted(parent.alert(), word(of), word(over)));
    }

    /**
     * Windows of two lengths come each when it closes, a minute up to 90 s after its last second: whether the parent is seen before or after the child's own
     * window would depend on who is late, and what is told with it.
     */
    private static Optional<String> onOtherWindows(Rule child, Rule parent) {
        if (parent.resolution() == child.resolution()) {
            return Optional.empty();
        }
        return Optional.of(
                "%s is judged on windows of %s, this rule on windows of %s: they close at different times, and whether this one is told would depend on which comes first; %s"
                        .formatted(
                                parent.alert(),
                                parent.resolution().text(),
                                child.resolution().text(),
                                remedy(child, parent)));
    }

    private static String remedy(Rule child, Rule parent) {
        if (RuleWindow.choices(child.condition()).contains(parent.resolution())) {
            return "give this rule window: " + parent.resolution().text();
        }
        if (RuleWindow.choices(parent.condition()).contains(child.resolution())) {
            return "give %s window: %s"
                    .formatted(parent.alert(), child.resolution().text());
        }
        return "name a parent on the same windows";
    }

    private static String word(Scope scope) {
        return switch (scope) {
            case SITE -> "site";
            case HALL -> "hall";
            case RACK -> "rack";
        };
    }
}
