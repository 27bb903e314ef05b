package io.hallwatt.alerting.expr;

/** An expression that cannot be read or run: where, in characters from the expression's start, and one sentence. */
public final class ExprFault extends Exception {
    private static final long serialVersionUID = 1;

    private final int offset;

    ExprFault(int offset, String sentence) {
        super(sentence, null, false, false);
        this.offset = offset;
    }

    /** From 0. */
    public int offset() {
        return offset;
    }

    /** One sentence: what is wrong and what to write. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
