package io.hallwatt.alerting.expr;

import io.hallwatt.contract.catalogue.Dimension;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A checked expression of elements: what is computed for each rack, hall or site by itself. Both sides of an operator have the same labels, so elements meet
 * one to one. An element has a value, is not there (a comparison let it not through), or is missing: nobody knows.
 */
public sealed interface Formula {
    /** Whose elements they are; null where they have no labels: {@code vector(1)}. */
    @Nullable
    Scope scope();

    /** What the elements of one rack, hall or site are told apart by. */
    List<Dimension> dimensions();

    /** The formulas that it is computed of. */
    List<Formula> parts();

    /** {@code metric{…}}. */
    record Read(Metric metric, List<LabelMatcher> matchers) implements Formula {
        public Read {
            matchers = List.copyOf(matchers);
        }

        @Override
        public Scope scope() {
            return metric.scope();
        }

        @Override
        public List<Dimension> dimensions() {
            return metric.dimensions();
        }

        @Override
        public List<Formula> parts() {
            return List.of();
        }
    }

    /**
     * {@code function(metric{…}[range])}: over the values in (now − range, now].
     *
     * @param argument seconds from now for {@code predict_linear}; else 0
     * @param offset   where it stands in the expression
     */
    record Over(RangeFunction function, Read of, Duration range, double argument, int offset) implements Formula {
        @Override
        public Scope scope() {
            return of.metric().scope();
        }

        @Override
        public List<Dimension> dimensions() {
            return of.dimensions();
        }

        @Override
        public List<Formula> parts() {
            return List.of(of);
        }
    }

    /**
     * {@code absent(metric{…})}: 1 for the rack, hall or site that has no value.
     *
     * @param key of the element: the values that its matchers name for {@code dimensions}
     */
    record Absent(Read of, List<Dimension> dimensions, String key) implements Formula {
        public Absent {
            dimensions = List.copyOf(dimensions);
        }

        @Override
        public Scope scope() {
            return of.metric().scope();
        }

        @Override
        public List<Formula> parts() {
            return List.of(of);
        }
    }

    /** {@code vector(n)}. */
    record Steady(double value) implements Formula {
        @Override
        public @Nullable Scope scope() {
            return null;
        }

        @Override
        public List<Dimension> dimensions() {
            return List.of();
        }

        @Override
        public List<Formula> parts() {
            return List.of();
        }
    }

    /** {@code abs(a)}, {@code clamp(a, first, second)}. */
    record Applied(ElementFunction function, Formula of, double first, double second) implements Unary {}

    /** {@code a + n}, or {@code n + a}. */
    record WithNumber(Formula of, Arithmetic operation, double number, boolean numberFirst) implements Unary {}

    /** {@code a > n}: let through, or 0 and 1. */
    record Held(Formula of, Bound bound, boolean bool) implements Unary {}

    /** {@code a + b}. */
    record OfTwo(Formula left, Arithmetic operation, Formula right) implements Pair {}

    /** {@code a > b}: a, let through, or 0 and 1. */
    record Compared(Formula left, Comparator comparator, Formula right, boolean bool) implements Pair {}

    /** {@code a and b}. */
    record Joined(Formula left, Join join, Formula right) implements Pair {}

    /** Of one formula; its elements are that one's. */
    sealed interface Unary extends Formula {
        Formula of();

        @Override
        default @Nullable Scope scope() {
            return of().scope();
        }

        @Override
        default List<Dimension> dimensions() {
            return of().dimensions();
        }

        @Override
        default List<Formula> parts() {
            return List.of(of());
        }
    }

    /** Of two formulas, element by element. */
    sealed interface Pair extends Formula {
        Formula left();

        Formula right();

        @Override
        default @Nullable Scope scope() {
            return left().scope();
        }

        @Override
        default List<Dimension> dimensions() {
            return left().dimensions();
        }

        @Override
        default List<Formula> parts() {
            return List.of(left(), right());
        }
    }

    /** As PromQL: read again, it is the same formula. */
    default String text() {
        return FormulaText.of(this);
    }

    /** All metrics, in the expression's order. */
    default List<Metric> metrics() {
        Set<Metric> metrics = new LinkedHashSet<>();
        each(formula -> {
            if (formula instanceof Read read) {
                metrics.add(read.metric());
            }
        });
        return List.copyOf(metrics);
    }

    /** The metric whose values it gives, some of them or their course's extremes and means; empty where it computes others. */
    default Optional<Metric> measured() {
        return switch (this) {
            case Read read -> Optional.of(read.metric());
            case Over over ->
                switch (over.function()) {
                    case AVG_OVER_TIME, MIN_OVER_TIME, MAX_OVER_TIME, LAST_OVER_TIME ->
                        over.of().measured();
                    case SUM_OVER_TIME, COUNT_OVER_TIME, RATE, INCREASE, DELTA, DERIV, PREDICT_LINEAR ->
                        Optional.empty();
                };
            case Absent absent -> Optional.empty();
            case Steady steady -> Optional.empty();
            case Applied applied -> applied.of().measured();
            case WithNumber with -> Optional.empty();
            case Held held -> held.bool() ? Optional.empty() : held.of().measured();
            case OfTwo two -> Optional.empty();
            case Compared compared ->
                compared.bool() ? Optional.empty() : compared.left().measured();
            case Joined joined ->
                joined.join() == Join.OR ? Optional.empty() : joined.left().measured();
        };
    }

    default List<Over> ranges() {
        List<Over> ranges = new ArrayList<>();
        each(formula -> {
            if (formula instanceof Over over) {
                ranges.add(over);
            }
        });
        return ranges;
    }

    /** Whether an element can be unknown: absence and steady numbers never are. */
    default boolean canBeMissing() {
        return switch (this) {
            case Read read -> true;
            case Over over -> true;
            case Absent absent -> false;
            case Steady steady -> false;
            case Unary unary -> unary.of().canBeMissing();
            case Pair pair -> pair.left().canBeMissing() || pair.right().canBeMissing();
        };
    }

    private void each(Consumer<Formula> look) {
        look.accept(this);
        parts().forEach(part -> part.each(look));
    }
}
