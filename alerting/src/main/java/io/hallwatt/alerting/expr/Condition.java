package io.hallwatt.alerting.expr;

import io.hallwatt.contract.catalogue.Dimension;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A checked expression: what is looked at, and the bounds that its value must all hold for the alert to be on. */
public sealed interface Condition {
    /**
     * Reads an expression.
     *
     * @throws ExprFault with place and sentence if it is no PromQL, or PromQL outside the subset
     */
    static Condition parse(String text) throws ExprFault {
        return Checker.condition(Parser.parse(text));
    }

    /** What one window must be about for the condition to be evaluated on it. */
    Scope scope();

    /** In the order of evaluation; all must hold. */
    List<Bound> bounds();

    /** The metrics looked at, in the expression's order; none for a watchdog. */
    List<Metric> metrics();

    /** The names of the labels that its elements have, those of the scope first. */
    List<String> labels();

    /** Whether there can be windows without a value: not of absence, nor of a watchdog. */
    default boolean canBeMissing() {
        return this instanceof Watched;
    }

    /** Whether one window is judged by windows before it too. */
    default boolean looksBack() {
        return false;
    }

    default boolean holds(double value) {
        for (int i = 0; i < bounds().size(); i++) {
            if (!bounds().get(i).holds(value)) {
                return false;
            }
        }
        return true;
    }

    /** What a message names as the threshold: the last bound's limit. */
    default Optional<Double> threshold() {
        return bounds().isEmpty()
                ? Optional.empty()
                : Optional.of(bounds().getLast().limit());
    }

    /** On for each element of the selector that the bounds hold for. */
    record Watched(Metric watched, List<LabelMatcher> matchers, List<Bound> bounds) implements Condition {
        @Override
        public Scope scope() {
            return watched.scope();
        }

        @Override
        public List<Metric> metrics() {
            return List.of(watched);
        }

        @Override
        public List<String> labels() {
            return labelsOf(watched);
        }
    }

    /** On for each rack, hall or site whose window has no value that the selector selects. */
    record Absence(Metric watched, List<LabelMatcher> matchers, List<Bound> bounds) implements Condition {
        @Override
        public Scope scope() {
            return watched.scope();
        }

        @Override
        public List<Metric> metrics() {
            return List.of(watched);
        }

        @Override
        public List<String> labels() {
            List<String> labels = new ArrayList<>(scopeLabels(scope()));
            for (LabelMatcher matcher : matchers) {
                if (matcher.isEquality() && !labels.contains(matcher.label())) {
                    labels.add(matcher.label());
                }
            }
            return labels;
        }
    }

    /** On, or not, at each window of the site: a watchdog. */
    record Always(double value, List<Bound> bounds) implements Condition {
        @Override
        public Scope scope() {
            return Scope.SITE;
        }

        @Override
        public List<Metric> metrics() {
            return List.of();
        }

        @Override
        public List<String> labels() {
            return scopeLabels(Scope.SITE);
        }
    }

    /** On for each element of the formula that the bounds hold for. */
    record Computed(Formula formula, List<Bound> bounds) implements Condition {
        public Computed {
            bounds = List.copyOf(bounds);
        }

        @Override
        public Scope scope() {
            Scope scope = formula.scope();
            return scope == null ? Scope.SITE : scope;
        }

        @Override
        public List<Metric> metrics() {
            return formula.metrics();
        }

        @Override
        public List<String> labels() {
            return labelsOf(scope(), formula.dimensions());
        }

        @Override
        public boolean canBeMissing() {
            return formula.canBeMissing();
        }

        @Override
        public boolean looksBack() {
            return !formula.ranges().isEmpty();
        }
    }

    /** The labels of a metric's series: its scope's ids, then its dimensions. */
    static List<String> labelsOf(Metric metric) {
        return labelsOf(metric.scope(), metric.dimensions());
    }

    private static List<String> labelsOf(Scope scope, List<Dimension> dimensions) {
        List<String> labels = new ArrayList<>(scopeLabels(scope));
        dimensions.stream().map(Dimension::label).forEach(labels::add);
        return List.copyOf(labels);
    }

    private static List<String> scopeLabels(Scope scope) {
        return switch (scope) {
            case RACK -> List.of("site", "hall", "rack");
            case HALL -> List.of("site", "hall");
            case SITE -> List.of("site");
        };
    }
}
