package io.hallwatt.alerting.template;

/** What is wrong in one hole of a template: where, in characters from the template's start, and one sentence. */
public final class TemplateFault extends Exception {
    private static final long serialVersionUID = 1;

    private final int offset;

    TemplateFault(int offset, String sentence) {
        super(sentence, null, false, false);
        this.offset = offset;
    }

    /** From 0. */
    public int offset() {
        return offset;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
