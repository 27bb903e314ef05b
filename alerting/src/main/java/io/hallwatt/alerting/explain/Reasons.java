package io.hallwatt.alerting.explain;

import io.hallwatt.alerting.evaluate.Term;
import io.hallwatt.alerting.evaluate.Term.Known;
import io.hallwatt.alerting.evaluate.Unmatched;
import io.hallwatt.alerting.expr.Formula;
import io.hallwatt.alerting.expr.Join;
import io.hallwatt.alerting.expr.LabelMatcher;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which part of an expression decides what it comes to at one element, in clauses that a sentence can be made of. */
final class Reasons {
    private Reasons() {}

    /** Why the rule does not look at the element: the first matcher that it does not pass. Empty where it looks. */
    static Optional<String> elsewhere(Term term) {
        return switch (term.formula()) {
            case Formula.Read read -> term.unmatched() == null ? Optional.empty() : Optional.of(asks(term.unmatched()));
            case Formula.Over over -> elsewhere(term.parts().getFirst());
            case Formula.Absent absent ->
                term.known() == Known.NOTHING ? elsewhere(term.parts().getFirst()) : Optional.empty();
            case Formula.Steady steady -> Optional.empty();
            case Formula.Unary unary -> elsewhere(term.parts().getFirst());
            case Formula.Joined joined ->
                switch (joined.join()) {
                    case AND -> elsewhereEither(term);
                    case OR ->
                        elsewhere(term.parts().getFirst())
                                .filter(left ->
                                        elsewhere(term.parts().getLast()).isPresent());
                    case UNLESS -> elsewhere(term.parts().getFirst());
                };
            case Formula.Pair pair -> elsewhereEither(term);
        };
    }

    private static Optional<String> elsewhereEither(Term pair) {
        return elsewhere(pair.parts().getFirst())
                .or(() -> elsewhere(pair.parts().getLast()));
    }

    private static String asks(Unmatched unmatched) {
        LabelMatcher matcher = unmatched.matcher();
        return "its matcher %s does not match %s \"%s\"".formatted(matcher, matcher.label(), unmatched.actual());
    }

    /** What lets nothing through, of a term that is known not to be there: each comparison with both its values. */
    static String nothing(Term term) {
        return nothings(term).distinct().collect(Collectors.joining("; "));
    }

    private static Stream<String> nothings(Term term) {
        if (term.known() != Known.NOTHING) {
            return Stream.of();
        }
        List<String> ofParts = term.parts().stream().flatMap(Reasons::nothings).toList();
        return switch (term.formula()) {
            case Formula.Read read -> elsewhere(term).stream();
            case Formula.Over over -> elsewhere(term).stream();
            case Formula.Absent absent ->
                Stream.of(elsewhere(term)
                        .orElseGet(() -> "%s, so it is not absent"
                                .formatted(shown(term.parts().getFirst()))));
            case Formula.Steady steady -> Stream.of();
            case Formula.Held held ->
                ofParts.isEmpty()
                        ? Stream.of("%s, which is not %s"
                                .formatted(shown(term.parts().getFirst()), Explanation.text(held.bound())))
                        : ofParts.stream();
            case Formula.Compared compared ->
                ofParts.isEmpty() ? Stream.of(compared(term, compared, "not ")) : ofParts.stream();
            case Formula.Joined joined -> joined.join() == Join.UNLESS ? unless(term) : ofParts.stream();
            case Formula.Unary unary -> ofParts.stream();
            case Formula.Pair pair -> ofParts.stream();
        };
    }

    private static Stream<String> unless(Term term) {
        Term left = term.parts().getFirst();
        return left.known() == Known.NOTHING
                ? nothings(left)
                : holds(term.parts().getLast()).map(right -> right + ", and \"unless\" takes that out");
    }

    /** What is let through and why, of a term that has a value. */
    static String holding(Term term) {
        return holds(term).distinct().collect(Collectors.joining("; "));
    }

    private static Stream<String> holds(Term term) {
        if (term.known() != Known.VALUE) {
            return Stream.of();
        }
        return switch (term.formula()) {
            case Formula.Read read -> Stream.of(shown(term));
            case Formula.Over over -> Stream.of(shown(term));
            case Formula.Absent absent ->
                Stream.of("%s has no value".formatted(absent.of().text()));
            case Formula.Steady steady -> Stream.of(shown(term));
            case Formula.Held held ->
                Stream.of(
                        held.bool()
                                ? shown(term)
                                : "%s, which is %s"
                                        .formatted(shown(term.parts().getFirst()), Explanation.text(held.bound())));
            case Formula.Compared compared -> Stream.of(compared.bool() ? shown(term) : compared(term, compared, ""));
            case Formula.Joined joined ->
                switch (joined.join()) {
                    case AND -> term.parts().stream().flatMap(Reasons::holds);
                    case OR ->
                        holds(
                                term.parts().getFirst().known() == Known.VALUE
                                        ? term.parts().getFirst()
                                        : term.parts().getLast());
                    case UNLESS -> holds(term.parts().getFirst());
                };
            case Formula.Unary unary -> Stream.of(shown(term));
            case Formula.Pair pair -> Stream.of(shown(term));
        };
    }

    /** @param not {@code "not "} where the comparison does not hold, else empty */
    private static String compared(Term term, Formula.Compared compared, String not) {
        return "%s, which is %s%s %s (%s)"
                .formatted(
                        shown(term.parts().getFirst()),
                        not,
                        compared.comparator().symbol(),
                        compared.right().text(),
                        value(term.parts().getLast()));
    }

    /** What has no value, of a term that is missing: metrics, and ranges with too few windows. */
    static String missing(Term term) {
        return missings(term).distinct().collect(Collectors.joining(", "));
    }

    private static Stream<String> missings(Term term) {
        if (term.known() != Known.MISSING) {
            return Stream.of();
        }
        return switch (term.formula()) {
            case Formula.Read read -> Stream.of(read.text());
            case Formula.Over over -> Stream.of(few(term, over));
            case Formula.Absent absent -> Stream.of();
            case Formula.Steady steady -> Stream.of();
            case Formula.Unary unary -> missingsOfParts(term);
            case Formula.Pair pair -> missingsOfParts(term);
        };
    }

    /** Where none of its parts is missing, it is itself what has no value. */
    private static Stream<String> missingsOfParts(Term term) {
        return term.parts().stream().noneMatch(part -> part.known() == Known.MISSING)
                ? Stream.of("%s (it is no number: a division of 0 by 0, or the like)"
                        .formatted(term.formula().text()))
                : term.parts().stream().flatMap(Reasons::missings);
    }

    private static String few(Term term, Formula.Over over) {
        Term.Basis basis = term.basis();
        return basis == null
                ? over.text()
                : "%s (it needs %s with a value, and has %d of %d)"
                        .formatted(
                                over.text(),
                                over.function().leastValues() == 1
                                        ? "1 window"
                                        : over.function().leastValues() + " windows",
                                basis.windows(),
                                basis.expected());
    }

    private static String shown(Term term) {
        return "%s is %s".formatted(term.formula().text(), value(term));
    }

    private static String value(Term term) {
        return switch (term.known()) {
            case VALUE -> Explanation.number(term.value());
            case NOTHING -> "nothing";
            case MISSING -> "missing";
        };
    }
}
