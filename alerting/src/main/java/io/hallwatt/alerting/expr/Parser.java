package io.hallwatt.alerting.expr;

import io.hallwatt.alerting.expr.Token.Kind;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.config.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A Pratt parser over PromQL's grammar: it knows every operator's level, so that an expression outside the subset is refused for what it is and where it
 * stands, not for what it looks like.
 */
final class Parser {
    /** Deepest nesting of parentheses, signs and powers. */
    private static final int DEEPEST = 64;

    /** Most operators: what is computed one after the other is a tree that is as deep. */
    private static final int MOST_OPERATORS = 256;

    private static final Set<String> MODIFIERS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right", "offset", "bool");

    private final List<Token> tokens;
    private int next;
    private int depth;
    private int operators;

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
        if (MODIFIERS.contains(rest.text().toLowerCase(Locale.ROOT)) && rest.kind() == Kind.NAME) {
            throw Outside.modifier(rest.offset(), rest.text().toLowerCase(Locale.ROOT));
        }
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
            Optional<Infix> infix = Infix.of(peek());
            if (infix.isEmpty() || infix.get().level() <= least) {
                depth--;
                return left;
            }
            left = joined(left, take(), infix.get());
        }
    }

    private Expr joined(Expr left, Token operator, Infix infix) throws ExprFault {
        if (infix == Infix.ATAN2) {
            throw Outside.fault(operator.offset(), "atan2", "no metric of the catalogue is an angle");
        }
        if (++operators > MOST_OPERATORS) {
            throw new ExprFault(operator.offset(), "more than %d operators".formatted(MOST_OPERATORS));
        }
        boolean bool = peek().word("bool");
        if (bool) {
            Token word = take();
            if (infix.comparator().isEmpty()) {
                throw new ExprFault(
                        word.offset(), "bool belongs after a comparison, not after %s".formatted(operator.shown()));
            }
        }
        if (peek().word("on") || peek().word("ignoring")) {
            throw Outside.modifier(peek().offset(), peek().text().toLowerCase(Locale.ROOT));
        }
        Expr right = expression(infix == Infix.POWER ? infix.level() - 1 : infix.level());
        return new Expr.Binary(left.offset(), left, operator.offset(), infix, bool, right);
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
            operand = range(operand);
            after = peek();
        }
        if (after.word("offset") || after.is("@")) {
            throw Outside.modifier(after.offset(), after.text().toLowerCase(Locale.ROOT));
        }
        return operand;
    }

    private Expr range(Expr of) throws ExprFault {
        Token bracket = take();
        Token length = take();
        if (length.kind() != Kind.DURATION) {
            throw new ExprFault(length.offset(), length.shown() + " stands where a duration belongs, as in [5m]");
        }
        if (peek().text().startsWith(":")) {
            throw Outside.fault(
                    bracket.offset(), "a subquery [" + length.text() + ":…]", "take a range of the metric itself");
        }
        if (!(of instanceof Expr.Selector selector)) {
            throw new ExprFault(bracket.offset(), "a range is of a metric with its matchers, as in metric[5m]");
        }
        Expr range = new Expr.Range(of.offset(), selector, RangeText.parse(length));
        expect("]");
        return range;
    }

    private Expr symbol(Token token) throws ExprFault {
        return switch (token.text()) {
            case "(" -> {
                Expr inner = expression(0);
                expect(")");
                yield inner;
            }
            case "-" -> new Expr.Negation(token.offset(), expression(Infix.SIGN_LEVEL));
            case "+" -> expression(Infix.SIGN_LEVEL);
            case "{" -> throw Outside.fault(token.offset(), "a selector without a metric's name", "give the name");
            default -> throw new ExprFault(token.offset(), token.shown() + " cannot stand here: " + belongs());
        };
    }

    private Expr named(Token name) throws ExprFault {
        if (isInfinityOrNan(name)) {
            return new Expr.Scalar(name.offset(), number(name));
        }
        String lower = name.text().toLowerCase(Locale.ROOT);
        if (Outside.AGGREGATIONS.contains(lower) && (peek().is("(") || peek().word("by") || peek().word("without"))) {
            String shown = peek().is("(") ? lower : lower + " " + peek().text().toLowerCase(Locale.ROOT);
            throw Outside.aggregation(name.offset(), shown, lower, metricAhead());
        }
        if (peek().is("(")) {
            return call(name);
        }
        if (MODIFIERS.contains(lower) || Infix.of(name).isPresent()) {
            throw new ExprFault(name.offset(), name.shown() + " cannot stand here: " + belongs());
        }
        return selector(name);
    }

    private Optional<Metric> metricAhead() {
        return tokens.subList(next, tokens.size()).stream()
                .filter(token -> token.kind() == Kind.NAME)
                .flatMap(token -> Metric.named(token.text()).stream())
                .findFirst();
    }

    private Expr call(Token function) throws ExprFault {
        if (!Functions.HERE.contains(function.text())) {
            if (Functions.PROMQL.contains(function.text())) {
                throw Outside.function(function.offset(), function.text());
            }
            throw new ExprFault(
                    function.offset(),
                    "%s is no function of PromQL%s"
                            .formatted(function.shown(), Nearest.hint(function.text(), Functions.PROMQL)));
        }
        take();
        List<Expr> arguments = new ArrayList<>();
        while (!peek().is(")")) {
            arguments.add(expression(0));
            if (!peek().is(")")) {
                expect(",");
            }
        }
        take();
        return new Expr.Call(function.offset(), function.text(), arguments);
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

    /** @param token of which the tokenizer, or {@link #isInfinityOrNan}, has said that it is one */
    private static double number(Token token) {
        return NumberText.parse(token.text()).orElseThrow();
    }

    private static String belongs() {
        return "a metric, a number or a function belongs here";
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
