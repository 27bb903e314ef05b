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
        return of(Parser.parse(text), List.of());
    }

    /** What one window must be about for the condition to be evaluated on it. */
    Scope scope();

    /** In the order of evaluation; all must hold. */
    List<Bound> bounds();

    /** The metric looked at; empty where none is. */
    Optional<Metric> metric();

    /** The names of the labels that its elements have, those of the scope first. */
    List<String> labels();

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
        public Optional<Metric> metric() {
            return Optional.of(watched);
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
        public Optional<Metric> metric() {
            return Optional.of(watched);
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
        public Optional<Metric> metric() {
            return Optional.empty();
        }

        @Override
        public List<String> labels() {
            return scopeLabels(Scope.SITE);
        }
    }

    /** The labels of a metric's series: its scope's ids, then its dimensions. */
    static List<String> labelsOf(Metric metric) {
        List<String> labels = new ArrayList<>(scopeLabels(metric.scope()));
        metric.dimensions().stream().map(Dimension::label).forEach(labels::add);
        return List.copyOf(labels);
    }

    private static List<String> scopeLabels(Scope scope) {
        return switch (scope) {
            case RACK -> List.of("site", "hall", "rack");
            case HALL -> List.of("site", "hall");
            case SITE -> List.of("site");
        };
    }

    /** @param outer bounds of the comparisons around {@code expr}, in the order of evaluation */
    private static Condition of(Expr expr, List<Bound> outer) throws ExprFault {
        return switch (expr) {
            case Expr.Selector s -> new Watched(s.metric(), s.matchers(), outer);
            case Expr.Absent a -> new Absence(a.of().metric(), a.of().matchers(), outer);
            case Expr.Constant c -> new Always(c.value(), outer);
            case Expr.Scalar n -> new Always(n.value(), outer);
            case Expr.Comparison c -> {
                boolean numberLeft = c.left() instanceof Expr.Scalar;
                Expr vector = numberLeft ? c.right() : c.left();
                Expr number = numberLeft ? c.left() : c.right();
                if (!(number instanceof Expr.Scalar limit)) {
                    throw new ExprFault(
                            number.offset(), "a comparison of two metrics is PromQL, but " + Parser.OUTSIDE);
                }
                if (vector instanceof Expr.Scalar) {
                    throw new ExprFault(
                            expr.offset(), "two numbers are compared; give a metric on one side, or vector(1)");
                }
                List<Bound> bounds = new ArrayList<>();
                bounds.add(new Bound(numberLeft ? c.comparator().mirrored() : c.comparator(), limit.value()));
                bounds.addAll(outer);
                yield of(vector, List.copyOf(bounds));
            }
        };
    }
}
