package io.hallwatt.contract.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A password, token or key. Whatever prints it prints {@code ***}. */
public final class Secret {
    public static final Secret NONE = new Secret("");

    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** For the one place that has to send it or to compute with it. */
    public String reveal() {
        return text;
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8), secret.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return 0; // tells nothing of the text
    }

    @Override
    public String toString() {
        return isEmpty() ? "" : "***";
    }
}
