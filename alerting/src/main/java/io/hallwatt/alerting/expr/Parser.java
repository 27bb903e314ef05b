package io.hallwatt.alerting.expr;

import io.hallwatt.alerting.expr.Token.Kind;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.config.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A Pratt parser over PromQL's grammar: it knows every operator's level, so that an expression outside the subset is refused for what it is and where it
 * stands, not for what it looks like.
 */
final class Parser {
    static final String OUTSIDE =
            "outside the subset that runs here: a metric with matchers compared with a number, absent(…), vector(…)";

    /** Deepest nesting of parentheses. */
    private static final int DEEPEST = 64;

    private static final Set<String> AGGREGATIONS = Set.of(
            "sum",
            "avg",
            "count",
            "min",
            "max",
            "group",
            "stddev",
            "stdvar",
            "topk",
            "bottomk",
            "count_values",
            "quantile");
    private static final Set<String> MODIFIERS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right", "offset", "bool");

    private final List<Token> tokens;
    private int next;
    private int depth;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Expr parse(String text) throws ExprFault {
        Parser parser = new Parser(Tokenizer.cut(text));
        if (parser.peek().kind() == Kind.END) {
            throw new ExprFault(0, "the expression is empty");
        }
        Expr expr = parser.expression(0);
        Token rest = parser.peek();
        if (rest.kind() != Kind.END) {
            throw new ExprFault(rest.offset(), rest.shown() + " is too much: the expression is over before it");
        }
        return expr;
    }

    /** Reads on while operators bind tighter than {@code least}. */
    private Expr expression(int least) throws ExprFault {
        if (++depth > DEEPEST) {
            throw new ExprFault(peek().offset(), "nested deeper than " + DEEPEST);
        }
        Expr left = operand();
        while (true) {
            Token operator = peek();
            Infix infix = Infix.of(operator).orElse(null);
            if (infix == null || infix.level() <= least) {
                depth--;
                return left;
            }
            left = combine(left, take(), infix);
        }
    }

    private Expr combine(Expr left, Token operator, Infix infix) throws ExprFault {
        Comparator comparator = Comparator.of(operator.text()).orElseThrow(() -> outside(operator, operator.text()));
        if (peek().word("bool") || peek().word("on") || peek().word("ignoring")) {
            throw outside(peek(), peek().text());
        }
        Expr right = expression(infix.level());
        return new Expr.Comparison(left.offset(), left, comparator, right);
    }

    private Expr operand() throws ExprFault {
        Token token = take();
        Expr operand = switch (token.kind()) {
            case NUMBER -> new Expr.Scalar(token.offset(), number(token));
            case SYMBOL -> symbol(token);
            case NAME -> named(token);
            case STRING -> throw new ExprFault(token.offset(), "a text is no condition: " + belongs());
            case DURATION ->
                throw new ExprFault(token.offset(), "%s is a duration: %s".formatted(token.text(), belongs()));
            case END -> throw new ExprFault(token.offset(), "the expression breaks off: " + belongs());
        };
        Token after = peek();
        if (after.is("[")) {
            throw outside(after, "a range [" + "…]");
        }
        if (after.word("offset") || after.is("@")) {
            throw outside(after, after.text());
        }
        return operand;
    }

    private Expr symbol(Token token) throws ExprFault {
        return switch (token.text()) {
            case "(" -> {
                Expr inner = expression(0);
                expect(")");
                yield inner;
            }
            case "-", "+" -> {
                Token number = peek();
                if (number.kind() != Kind.NUMBER && !isInfinityOrNan(number)) {
                    throw outside(token, "a sign before anything but a number");
                }
                double value = number(take());
                yield new Expr.Scalar(token.offset(), token.text().equals("-") ? -value : value);
            }
            case "{" -> throw outside(token, "a selector without a metric's name");
            default -> throw new ExprFault(token.offset(), token.shown() + " cannot stand here: " + belongs());
        };
    }

    private Expr named(Token name) throws ExprFault {
        if (isInfinityOrNan(name)) {
            return new Expr.Scalar(name.offset(), number(name));
        }
        String lower = name.text().toLowerCase(Locale.ROOT);
        if (AGGREGATIONS.contains(lower) && (peek().is("(") || peek().word("by") || peek().word("without"))) {
            throw outside(
                    name, peek().is("(") ? lower : lower + " " + peek().text().toLowerCase(Locale.ROOT));
        }
        if (peek().is("(")) {
            return call(name);
        }
        if (MODIFIERS.contains(lower) || Infix.of(name).isPresent()) {
            throw new ExprFault(name.offset(), name.shown() + " cannot stand here: " + belongs());
        }
        return selector(name);
    }

    private Expr call(Token function) throws ExprFault {
        take();
        return switch (function.text()) {
            case "absent" -> {
                Expr argument = expression(0);
                expect(")");
                if (!(argument instanceof Expr.Selector selector)) {
                    throw new ExprFault(
                            argument.offset(),
                            "absent(…) of anything but a metric with matchers is PromQL, but " + OUTSIDE);
                }
                yield new Expr.Absent(function.offset(), selector);
            }
            case "vector" -> {
                Expr argument = expression(0);
                expect(")");
                if (!(argument instanceof Expr.Scalar scalar)) {
                    throw new ExprFault(argument.offset(), "vector(…) takes a number");
                }
                yield new Expr.Constant(function.offset(), scalar.value());
            }
            default -> {
                if (Functions.PROMQL.contains(function.text())) {
                    throw outside(function, function.text() + "(…)");
                }
                throw new ExprFault(
                        function.offset(),
                        "%s is no function of PromQL%s"
                                .formatted(function.shown(), Nearest.hint(function.text(), Functions.PROMQL)));
            }
        };
    }

    private Expr.Selector selector(Token name) throws ExprFault {
        Metric metric = Metric.named(name.text()).orElse(null);
        if (metric == null) {
            List<String> known =
                    Arrays.stream(Metric.values()).map(Metric::prometheusName).toList();
            throw new ExprFault(
                    name.offset(),
                    "no metric of the catalogue is called %s%s"
                            .formatted(name.shown(), Nearest.hint(name.text(), known)));
        }
        List<LabelMatcher> matchers = new ArrayList<>();
        if (peek().is("{")) {
            take();
            while (!peek().is("}")) {
                matchers.add(matcher(metric));
                if (!peek().is("}")) {
                    expect(",");
                }
            }
            take();
        }
        return new Expr.Selector(name.offset(), metric, matchers);
    }

    private LabelMatcher matcher(Metric metric) throws ExprFault {
        Token label = take();
        if (label.kind() != Kind.NAME) {
            throw new ExprFault(label.offset(), label.shown() + " cannot stand here: a label's name belongs here");
        }
        List<String> labels = Condition.labelsOf(metric);
        if (!labels.contains(label.text())) {
            throw new ExprFault(
                    label.offset(),
                    "%s has no label %s, but %s%s"
                            .formatted(
                                    metric.prometheusName(),
                                    label.shown(),
                                    String.join(", ", labels),
                                    Nearest.hint(label.text(), labels)));
        }
        Token operator = take();
        if (!operator.is("=") && !operator.is("!=") && !operator.is("=~") && !operator.is("!~")) {
            throw new ExprFault(
                    operator.offset(), operator.shown() + " cannot stand here: one of = != =~ !~ belongs here");
        }
        Token value = take();
        if (value.kind() != Kind.STRING) {
            throw new ExprFault(value.offset(), value.shown() + " cannot stand here: a value in quotes belongs here");
        }
        return LabelMatcher.of(label.text(), operator.text(), value.text(), value.offset());
    }

    private static boolean isInfinityOrNan(Token token) {
        return token.word("inf") || token.word("nan");
    }

    private static double number(Token token) {
        String text = token.text().toLowerCase(Locale.ROOT);
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> text.startsWith("0x") ? Long.parseLong(text.substring(2), 16) : Double.parseDouble(text);
        };
    }

    private static String belongs() {
        return "a metric, a number, absent(…) or vector(…) belongs here";
    }

    private static ExprFault outside(Token at, String what) {
        return new ExprFault(at.offset(), "\"%s\" is PromQL, but %s".formatted(what, OUTSIDE));
    }

    private void expect(String symbol) throws ExprFault {
        Token token = take();
        if (!token.is(symbol)) {
            throw new ExprFault(token.offset(), "%s stands where \"%s\" belongs".formatted(token.shown(), symbol));
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }
}
