package io.hallwatt.contract.config;

/** What others say went wrong, inside a sentence of ours that goes on or ends after it: without the full stop at its end. */
public final class Said {
    private Said() {}

    public static String of(String text) {
        return text.strip().replaceFirst("\\.+$", "");
    }

    /** Its message, else its kind. */
    public static String by(Throwable fault) {
        String message = fault.getMessage();
        return message == null || message.isBlank() ? fault.getClass().getSimpleName() : of(message);
    }
}
