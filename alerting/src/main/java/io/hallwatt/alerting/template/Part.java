package io.hallwatt.alerting.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        Object evaluate(Given given) {
            Object result = terms.getFirst().evaluate(given, null);
            for (Term term : terms.subList(1, terms.size())) {
                result = term.evaluate(given, result);
            }
            return result;
        }

        /** Of what comes out of it. */
        Kind kind() {
            return terms.getLast().kind();
        }

        boolean usesValue() {
            return terms.stream().anyMatch(Term::usesValue);
        }

        void labelsUsed(Set<String> into) {
            terms.forEach(term -> term.labelsUsed(into));
        }
    }

    /**
     * {@code {{ if pipeline }} … {{ else }} … {{ end }}}, or {@code with}.
     *
     * @param with whether what the pipeline gives is the dot within {@code then}
     */
    record Choice(Pipeline on, boolean with, List<Part> then, List<Part> otherwise) implements Part {
        public Choice {
            then = List.copyOf(then);
            otherwise = List.copyOf(otherwise);
        }
    }

    /**
     * What a template is expanded for.
     *
     * @param dot of the {@code with} around; null outside of any
     */
    record Given(
            Map<String, String> labels,
            double value,
            @Nullable Object dot) {
        Given with(Object at) {
            return new Given(labels, value, at);
        }
    }

    /** What is known of a value before there is one. */
    enum Kind {
        NUMBER,
        /** Written without a point: Go compares it with its like only. */
        WHOLE,
        TEXT,
        TRUTH,
        ANY
    }

    /** Something that has a value: text, a truth, or a number (Double; Long where it is written without a point). */
    sealed interface Term {
        Kind kind();

        /** @param piped what comes through the pipe, null for a pipeline's first term */
        Object evaluate(Given given, @Nullable Object piped);

        default boolean usesValue() {
            return false;
        }

        default void labelsUsed(Set<String> into) {}
    }

    /** {@code "text"}, {@code 3}. */
    record Literal(Object constant) implements Term {
        @Override
        public Kind kind() {
            return switch (constant) {
                case Double number -> Kind.NUMBER;
                case Long number -> Kind.WHOLE;
                case Boolean truth -> Kind.TRUTH;
                default -> Kind.TEXT;
            };
        }

        @Override
        public Object evaluate(Given given, @Nullable Object piped) {
            return constant;
        }
    }

    /** {@code $labels.rack}; empty where the element has no such label. */
    record LabelOf(String label) implements Term {
        @Override
        public Kind kind() {
            return Kind.TEXT;
        }

        @Override
        public Object evaluate(Given given, @Nullable Object piped) {
            return given.labels().getOrDefault(label, "");
        }

        @Override
        public void labelsUsed(Set<String> into) {
            into.add(label);
        }
    }

    /** {@code index $labels "rack"}. */
    record Index(Term label) implements Term {
        @Override
        public Kind kind() {
            return Kind.TEXT;
        }

        @Override
        public Object evaluate(Given given, @Nullable Object piped) {
            return given.labels().getOrDefault(GoFormat.plain(label.evaluate(given, null)), "");
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
        public Kind kind() {
            return Kind.NUMBER;
        }

        @Override
        public Object evaluate(Given given, @Nullable Object piped) {
            return given.value();
        }

        @Override
        public boolean usesValue() {
            return true;
        }
    }

    /**
     * {@code .} within a {@code with}.
     *
     * @param usesValue whether what the {@code with} is of does
     */
    record Dot(Kind kind, boolean usesValue) implements Term {
        static Dot of(Pipeline with) {
            return new Dot(with.kind(), with.usesValue());
        }

        @Override
        public Object evaluate(Given given, @Nullable Object piped) {
            return Objects.requireNonNull(given.dot(), "read within a with only");
        }
    }

    /** {@code printf "%.1f" $value}. */
    record Call(Function function, List<Term> arguments) implements Term {
        @Override
        public Kind kind() {
            return function.kind(arguments.stream().map(Term::kind).toList());
        }

        @Override
        public Object evaluate(Given given, @Nullable Object piped) {
            List<Object> values = new ArrayList<>();
            for (Term argument : arguments) {
                values.add(argument.evaluate(given, null));
                if (function.isDecidedBy(values.getLast())) {
                    return values.getLast();
                }
            }
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
        public Kind kind() {
            return pipeline.kind();
        }

        @Override
        public Object evaluate(Given given, @Nullable Object piped) {
            return pipeline.evaluate(given);
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
