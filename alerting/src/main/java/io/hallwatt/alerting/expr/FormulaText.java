package io.hallwatt.alerting.expr;

import java.util.List;

/** A formula as PromQL again, for people who ask which part of an expression it is. */
final class FormulaText {
    /** Where the text of an expression stands that was never written. */
    private static final int NOWHERE = 0;

    private FormulaText() {}

    static String of(Formula formula) {
        return expr(formula).toString();
    }

    private static Expr expr(Formula formula) {
        return switch (formula) {
            case Formula.Read read -> selector(read);
            case Formula.Over over -> over(over);
            case Formula.Absent absent -> call("absent", selector(absent.of()));
            case Formula.Steady steady -> call("vector", number(steady.value()));
            case Formula.Applied applied -> applied(applied);
            case Formula.WithNumber with -> withNumber(with);
            case Formula.Held held ->
                binary(
                        expr(held.of()),
                        held.bound().comparator().symbol(),
                        held.bool(),
                        number(held.bound().limit()));
            case Formula.OfTwo two -> binary(expr(two.left()), two.operation().symbol(), false, expr(two.right()));
            case Formula.Compared compared ->
                binary(expr(compared.left()), compared.comparator().symbol(), compared.bool(), expr(compared.right()));
            case Formula.Joined joined ->
                new Expr.Binary(
                        NOWHERE,
                        expr(joined.left()),
                        NOWHERE,
                        Infix.valueOf(joined.join().name()),
                        false,
                        expr(joined.right()));
        };
    }

    private static Expr withNumber(Formula.WithNumber with) {
        Expr of = expr(with.of());
        if (with.operation() == Arithmetic.TIMES && with.number() == -1 && !with.numberFirst()) {
            return new Expr.Negation(NOWHERE, of); // that is how a sign is read
        }
        Expr number = number(with.number());
        String operator = with.operation().symbol();
        return with.numberFirst() ? binary(number, operator, false, of) : binary(of, operator, false, number);
    }

    private static Expr over(Formula.Over over) {
        Expr range = new Expr.Range(NOWHERE, selector(over.of()), over.range());
        return over.function() == RangeFunction.PREDICT_LINEAR
                ? call(over.function().text(), range, number(over.argument()))
                : call(over.function().text(), range);
    }

    private static Expr applied(Formula.Applied applied) {
        Expr of = expr(applied.of());
        String function = applied.function().text();
        return switch (applied.function().numbers()) {
            case 0 -> call(function, of);
            case 1 -> call(function, of, number(applied.first()));
            default -> call(function, of, number(applied.first()), number(applied.second()));
        };
    }

    private static Expr.Selector selector(Formula.Read read) {
        return new Expr.Selector(NOWHERE, read.metric(), read.matchers());
    }

    private static Expr call(String function, Expr... arguments) {
        return new Expr.Call(NOWHERE, function, List.of(arguments));
    }

    private static Expr binary(Expr left, String operator, boolean bool, Expr right) {
        return new Expr.Binary(NOWHERE, left, NOWHERE, Infix.of(operator).orElseThrow(), bool, right);
    }

    private static Expr number(double value) {
        return value < 0
                ? new Expr.Negation(NOWHERE, new Expr.Scalar(NOWHERE, -value))
                : new Expr.Scalar(NOWHERE, value);
    }
}
