package io.hallwatt.alerting.expr;

import io.hallwatt.contract.catalogue.Dimension;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PromQL's types, and ours: numbers and elements told apart, one scope, labels that can match. */
final class Checker {
    private Checker() {}

    static Condition condition(Expr expr) throws ExprFault {
        return condition(expr, List.of());
    }

    /** @param outer bounds of the comparisons around {@code expr}, in the order of evaluation */
    private static Condition condition(Expr expr, List<Bound> outer) throws ExprFault {
        if (expr instanceof Expr.Binary comparison && comparesWithNumber(comparison)) {
            List<Bound> bounds = new ArrayList<>();
            bounds.add(bound(comparison));
            bounds.addAll(outer);
            return condition(isNumber(comparison.left()) ? comparison.right() : comparison.left(), bounds);
        }
        if (isNumber(expr)) {
            return new Condition.Always(number(expr), outer);
        }
        return switch (formula(expr)) {
            case Formula.Read read -> new Condition.Watched(read.metric(), read.matchers(), outer);
            case Formula.Absent absent ->
                new Condition.Absence(absent.of().metric(), absent.of().matchers(), outer);
            case Formula.Steady steady -> new Condition.Always(steady.value(), outer);
            case Formula other -> new Condition.Computed(other, outer);
        };
    }

    /** One side is a number, the other has elements, and what it does is let through. */
    private static boolean comparesWithNumber(Expr.Binary binary) throws ExprFault {
        return binary.infix().comparator().isPresent()
                && !binary.bool()
                && isNumber(binary.left()) != isNumber(binary.right());
    }

    private static Bound bound(Expr.Binary comparison) throws ExprFault {
        Comparator comparator = comparison.infix().comparator().orElseThrow();
        return isNumber(comparison.left())
                ? new Bound(comparator.mirrored(), number(comparison.left()))
                : new Bound(comparator, number(comparison.right()));
    }

    private static boolean isNumber(Expr expr) {
        return switch (expr) {
            case Expr.Scalar scalar -> true;
            case Expr.Negation negation -> isNumber(negation.of());
            case Expr.Binary binary -> isNumber(binary.left()) && isNumber(binary.right());
            case Expr.Selector selector -> false;
            case Expr.Range range -> false;
            case Expr.Call call -> false;
        };
    }

    /** What an expression of numbers only comes to. */
    private static double number(Expr expr) throws ExprFault {
        return switch (expr) {
            case Expr.Scalar scalar -> scalar.value();
            case Expr.Negation negation -> -number(negation.of());
            case Expr.Binary binary -> {
                double left = number(binary.left());
                double right = number(binary.right());
                Infix infix = binary.infix();
                if (infix.arithmetic().isPresent()) {
                    yield infix.arithmetic().get().of(left, right);
                }
                if (infix.comparator().isPresent() && binary.bool()) {
                    yield infix.comparator().get().holds(left, right) ? 1 : 0;
                }
                throw new ExprFault(
                        binary.offset(),
                        infix.comparator().isPresent()
                                ? "two numbers are compared; give a metric on one side, or vector(1)"
                                : "%s joins metrics, not numbers".formatted(infix.text()));
            }
            case Expr.Selector selector -> throw notNumber(expr);
            case Expr.Range range -> throw notNumber(expr);
            case Expr.Call call -> throw notNumber(expr);
        };
    }

    private static ExprFault notNumber(Expr expr) {
        return new ExprFault(expr.offset(), "%s stands where a number belongs".formatted(shown(expr)));
    }

    private static Formula formula(Expr expr) throws ExprFault {
        return switch (expr) {
            case Expr.Scalar scalar ->
                throw new ExprFault(scalar.offset(), "the number %s stands where a metric belongs".formatted(scalar));
            case Expr.Selector selector -> new Formula.Read(selector.metric(), selector.matchers());
            case Expr.Range range ->
                throw new ExprFault(
                        range.offset(),
                        "%s is a range: give it to a function, as in avg_over_time(%s)"
                                .formatted(shown(range), shown(range)));
            case Expr.Negation negation -> new Formula.WithNumber(formula(negation.of()), Arithmetic.TIMES, -1, false);
            case Expr.Binary binary -> binary(binary);
            case Expr.Call call -> call(call);
        };
    }

    private static Formula binary(Expr.Binary binary) throws ExprFault {
        Infix infix = binary.infix();
        boolean numberLeft = isNumber(binary.left());
        boolean numberRight = isNumber(binary.right());
        if (numberLeft && numberRight) {
            number(binary);
            throw new ExprFault(binary.offset(), "numbers only: give a metric, or vector(%s)".formatted(binary));
        }
        if (!numberLeft && !numberRight) {
            return pair(binary);
        }
        Formula of = formula(numberLeft ? binary.right() : binary.left());
        if (infix.arithmetic().isPresent()) {
            double number = number(numberLeft ? binary.left() : binary.right());
            return new Formula.WithNumber(of, infix.arithmetic().get(), number, numberLeft);
        }
        if (infix.comparator().isPresent()) {
            return new Formula.Held(of, bound(binary), binary.bool());
        }
        throw new ExprFault(
                binary.at(),
                "%s joins metrics, and the number %s is none: write vector(…), or a comparison"
                        .formatted(infix.text(), numberLeft ? binary.left() : binary.right()));
    }

    private static Formula pair(Expr.Binary binary) throws ExprFault {
        Formula left = formula(binary.left());
        Formula right = formula(binary.right());
        if (left.scope() != right.scope()) {
            throw new ExprFault(
                    binary.at(),
                    "%s is %s, %s is %s: all metrics of one expression are of racks, of halls, or of sites; write a rule for each"
                            .formatted(
                                    shown(binary.left()),
                                    owner(left.scope()),
                                    shown(binary.right()),
                                    owner(right.scope())));
        }
        if (!left.dimensions().equals(right.dimensions())) {
            throw new ExprFault(binary.at(), unlike(binary, left, right));
        }
        Infix infix = binary.infix();
        if (infix.arithmetic().isPresent()) {
            return new Formula.OfTwo(left, infix.arithmetic().get(), right);
        }
        if (infix.comparator().isPresent()) {
            return new Formula.Compared(left, infix.comparator().get(), right, binary.bool());
        }
        return new Formula.Joined(left, Join.valueOf(infix.name()), right);
    }

    /** Why the elements of the two sides never meet. */
    private static String unlike(Expr.Binary binary, Formula left, Formula right) {
        List<Dimension> more = new ArrayList<>(left.dimensions());
        more.removeAll(right.dimensions());
        boolean leftHas = !more.isEmpty();
        if (!leftHas) {
            more.addAll(right.dimensions());
            more.removeAll(left.dimensions());
        }
        return "%s has the label %s, %s has not: their elements never meet; write about metrics with the same labels, or a rule for each"
                .formatted(
                        shown(leftHas ? binary.left() : binary.right()),
                        more.stream()
                                .map(Dimension::label)
                                .reduce((a, b) -> a + " and " + b)
                                .orElse("?"),
                        shown(leftHas ? binary.right() : binary.left()));
    }

    private static String owner(@Nullable Scope scope) {
        return scope == null
                ? "nobody's: it has no labels"
                : switch (scope) {
                    case RACK -> "a rack's";
                    case HALL -> "a hall's";
                    case SITE -> "the site's";
                };
    }

    private static Formula call(Expr.Call call) throws ExprFault {
        RangeFunction range = RangeFunction.of(call.function()).orElse(null);
        if (range != null) {
            return over(call, range);
        }
        ElementFunction element = ElementFunction.of(call.function()).orElse(null);
        if (element != null) {
            arguments(call, 1 + element.numbers());
            Formula of = formula(call.arguments().getFirst());
            double first = element.numbers() > 0 ? number(call.arguments().get(1)) : 0;
            double second = element.numbers() > 1 ? number(call.arguments().get(2)) : 0;
            if (element == ElementFunction.CLAMP && first > second) {
                throw new ExprFault(
                        call.offset(),
                        "clamp(…) to between %s and %s holds nothing: give the lower bound first"
                                .formatted(Double.toString(first), Double.toString(second)));
            }
            return new Formula.Applied(element, of, first, second);
        }
        arguments(call, 1);
        Expr argument = call.arguments().getFirst();
        if (call.function().equals("vector")) {
            if (!isNumber(argument)) {
                throw new ExprFault(argument.offset(), "vector(…) takes a number");
            }
            return new Formula.Steady(number(argument));
        }
        if (!(argument instanceof Expr.Selector selector)) {
            throw new ExprFault(
                    argument.offset(),
                    "absent(…) of anything but a metric with matchers is PromQL, but outside the subset that runs here: write absent(metric{…}), or `unless`");
        }
        return absent(selector.metric(), selector.matchers());
    }

    private static Formula over(Expr.Call call, RangeFunction function) throws ExprFault {
        arguments(call, function == RangeFunction.PREDICT_LINEAR ? 2 : 1);
        Expr argument = call.arguments().getFirst();
        if (!(argument instanceof Expr.Range range)) {
            throw new ExprFault(
                    argument.offset(),
                    argument instanceof Expr.Selector
                            ? "%s(…) takes a range: write %s[5m]".formatted(call.function(), shown(argument))
                            : "%s(…) takes a range of a metric, as in metric[5m]".formatted(call.function()));
        }
        double number = call.arguments().size() > 1 ? number(call.arguments().get(1)) : 0;
        Formula.Read of = new Formula.Read(range.of().metric(), range.of().matchers());
        return new Formula.Over(function, of, range.length(), number, call.offset());
    }

    private static void arguments(Expr.Call call, int count) throws ExprFault {
        if (call.arguments().size() != count) {
            throw new ExprFault(
                    call.offset(),
                    "%s(…) takes %d argument%s, not %d"
                            .formatted(
                                    call.function(),
                                    count,
                                    count == 1 ? "" : "s",
                                    call.arguments().size()));
        }
    }

    private static Formula absent(Metric metric, List<LabelMatcher> matchers) {
        List<Dimension> named = new ArrayList<>();
        List<String> key = new ArrayList<>();
        for (Dimension dimension : metric.dimensions()) {
            for (LabelMatcher matcher : matchers) {
                if (matcher.isEquality() && matcher.label().equals(dimension.label()) && !named.contains(dimension)) {
                    named.add(dimension);
                    key.add(matcher.value());
                }
            }
        }
        return new Formula.Absent(new Formula.Read(metric, matchers), named, String.join("/", key));
    }

    /** An expression in a message: a long one is cut. */
    private static String shown(Expr expr) {
        String text = expr.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
