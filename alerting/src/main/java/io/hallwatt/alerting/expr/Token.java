package io.hallwatt.alerting.expr;

/**
 * One word of an expression.
 *
 * @param text   a string's content without quotes and escapes, else as written
 * @param offset of its first character, from 0
 */
record Token(Kind kind, String text, int offset) {
    enum Kind {
        NUMBER,
        DURATION,
        NAME,
        STRING,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean word(String word) {
        return kind == Kind.NAME && text.equalsIgnoreCase(word);
    }

    /** For messages. */
    String shown() {
        return switch (kind) {
            case END -> "the end";
            case STRING -> "the text \"" + text + "\"";
            case NUMBER, DURATION, NAME, SYMBOL -> "\"" + text + "\"";
        };
    }
}
