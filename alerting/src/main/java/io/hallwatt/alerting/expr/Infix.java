package io.hallwatt.alerting.expr;

import java.util.Locale;
import java.util.Optional;

/** PromQL's binary operators, from loosest to tightest; operators of one level group from the left, {@code ^} from the right. */
enum Infix {
    OR("or", 1),
    AND("and", 2),
    UNLESS("unless", 2),
    EQUAL("==", 3),
    UNEQUAL("!=", 3),
    ABOVE(">", 3),
    AT_LEAST(">=", 3),
    BELOW("<", 3),
    AT_MOST("<=", 3),
    PLUS("+", 4),
    MINUS("-", 4),
    TIMES("*", 5),
    DIVIDED("/", 5),
    REMAINDER("%", 5),
    ATAN2("atan2", 5),
    POWER("^", 6);

    /** A sign binds as {@code *} does: {@code -2 ^ 2} is -4. */
    static final int SIGN_LEVEL = 5;

    private final String text;
    private final int level;

    Infix(String text, int level) {
        this.text = text;
        this.level = level;
    }

    String text() {
        return text;
    }

    int level() {
        return level;
    }

    /** {@code > >= < <= == !=}. */
    Optional<Comparator> comparator() {
        return Comparator.of(text);
    }

    /** {@code + - * / % ^}. */
    Optional<Arithmetic> arithmetic() {
        return Arithmetic.of(text);
    }

    static Optional<Infix> of(Token token) {
        if (token.kind() != Token.Kind.SYMBOL && token.kind() != Token.Kind.NAME) {
            return Optional.empty();
        }
        return of(token.text().toLowerCase(Locale.ROOT));
    }

    static Optional<Infix> of(String text) {
        for (Infix infix : values()) {
            if (infix.text.equals(text)) {
                return Optional.of(infix);
            }
        }
        return Optional.empty();
    }
}
