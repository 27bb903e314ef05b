package io.hallwatt.alerting.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A piece of a template: text, or a hole with the pipeline that fills it. */
sealed interface Part {
    /** Taken over as it is. */
    record Plain(String text) implements Part {}

    /** {@code {{ pipeline }}}. */
    record Hole(Pipeline pipeline) implements Part {}

    /** Terms joined by {@code |}: the result of each is the last argument of the next, which is a call. */
    record Pipeline(List<Term> terms) {
        Object evaluate(Map<String, String> labels, double value) {
            Object result = terms.getFirst().evaluate(labels, value, null);
            for (Term term : terms.subList(1, terms.size())) {
                result = term.evaluate(labels, value, result);
            }
            return result;
        }

        boolean usesValue() {
            return terms.stream().anyMatch(Term::usesValue);
        }

        void labelsUsed(Set<String> into) {
            terms.forEach(term -> term.labelsUsed(into));
        }
    }

    /** Something that has a value: text, or a number (Double; Long where it is written without a point). */
    sealed interface Term {
        /** @param piped what comes through the pipe, null for a pipeline's first term */
        Object evaluate(Map<String, String> labels, double value, @Nullable Object piped);

        default boolean usesValue() {
            return false;
        }

        default void labelsUsed(Set<String> into) {}
    }

    /** {@code "text"}, {@code 3}. */
    record Literal(Object constant) implements Term {
        @Override
        public Object evaluate(Map<String, String> labels, double value, @Nullable Object piped) {
            return constant;
        }
    }

    /** {@code $labels.rack}; empty where the element has no such label. */
    record LabelOf(String label) implements Term {
        @Override
        public Object evaluate(Map<String, String> labels, double value, @Nullable Object piped) {
            return labels.getOrDefault(label, "");
        }

        @Override
        public void labelsUsed(Set<String> into) {
            into.add(label);
        }
    }

    /** {@code index $labels "rack"}. */
    record Index(Term label) implements Term {
        @Override
        public Object evaluate(Map<String, String> labels, double value, @Nullable Object piped) {
            return labels.getOrDefault(GoFormat.plain(label.evaluate(labels, value, null)), "");
        }

        @Override
        public boolean usesValue() {
            return label.usesValue();
        }

        @Override
        public void labelsUsed(Set<String> into) {
            if (label instanceof Literal literal) {
                into.add(GoFormat.plain(literal.constant()));
            }
            label.labelsUsed(into);
        }
    }

    /** {@code $value}. */
    record Value() implements Term {
        @Override
        public Object evaluate(Map<String, String> labels, double value, @Nullable Object piped) {
            return value;
        }

        @Override
        public boolean usesValue() {
            return true;
        }
    }

    /** {@code printf "%.1f" $value}. */
    record Call(Function function, List<Term> arguments) implements Term {
        @Override
        public Object evaluate(Map<String, String> labels, double value, @Nullable Object piped) {
            List<Object> values = new ArrayList<>();
            arguments.forEach(argument -> values.add(argument.evaluate(labels, value, null)));
            if (piped != null) {
                values.add(piped);
            }
            return function.apply(values);
        }

        @Override
        public boolean usesValue() {
            return arguments.stream().anyMatch(Term::usesValue);
        }

        @Override
        public void labelsUsed(Set<String> into) {
            arguments.forEach(argument -> argument.labelsUsed(into));
        }
    }

    /** {@code (pipeline)} as an argument. */
    record Group(Pipeline pipeline) implements Term {
        @Override
        public Object evaluate(Map<String, String> labels, double value, @Nullable Object piped) {
            return pipeline.evaluate(labels, value);
        }

        @Override
        public boolean usesValue() {
            return pipeline.usesValue();
        }

        @Override
        public void labelsUsed(Set<String> into) {
            pipeline.labelsUsed(into);
        }
    }
}
