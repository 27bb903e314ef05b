package io.hallwatt.alerting.trial;

/** A text inside a test file that cannot be read: where, in characters from its start, and one sentence. */
final class TextFault extends Exception {
    private static final long serialVersionUID = 1;

    private final int offset;

    TextFault(int offset, String sentence) {
        super(sentence, null, false, false);
        this.offset = offset;
    }

    /** From 0. */
    int offset() {
        return offset;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
