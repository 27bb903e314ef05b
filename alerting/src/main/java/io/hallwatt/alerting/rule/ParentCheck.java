package io.hallwatt.alerting.rule;

import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.config.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a rule's parent can speak for it. */
final class ParentCheck {
    private final List<Rule> all;
    private final Set<String> names;

    /** @param names of rules with faults too: they are there, and their own faults are told elsewhere */
    ParentCheck(List<Rule> all, Set<String> names) {
        this.all = all;
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
                .flatMap(parent -> misplaced(child, parent).stream())
                .findFirst();
    }

    private List<Rule> named(String alert) {
        return all.stream().filter(rule -> rule.alert().equals(alert)).toList();
    }

    private boolean inCircle(Rule child) {
        Set<String> seen = new HashSet<>();
        List<Rule> above = named(String.valueOf(child.parent()));
        while (!above.isEmpty()) {
            if (above.stream().anyMatch(rule -> rule.alert().equals(child.alert()))) {
                return true;
            }
            above = above.stream()
                    .filter(rule -> rule.parent() != null && seen.add(rule.alert()))
                    .flatMap(rule -> named(String.valueOf(rule.parent())).stream())
                    .toList();
        }
        return false;
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

    private static String word(Scope scope) {
        return switch (scope) {
            case SITE -> "site";
            case HALL -> "hall";
            case RACK -> "rack";
        };
    }
}
