package io.hallwatt.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;

/** The lengths of windows, each a whole number of the one before: live, minute, settlement, ledger. */
public enum Resolution {
    SECOND("1s", Duration.ofSeconds(1)),
    MINUTE("1m", Duration.ofMinutes(1)),
    QUARTER("15m", Duration.ofMinutes(15)),
    HOUR("1h", Duration.ofHours(1));

    private final String text;
    private final Duration length;

    Resolution(String text, Duration length) {
        this.text = text;
        this.length = length;
    }

    /** {@code 1s}, {@code 1m}, {@code 15m} or {@code 1h}. */
    @JsonCreator
    public static Resolution of(String text) {
        for (Resolution resolution : values()) {
            if (resolution.text.equals(text)) {
                return resolution;
            }
        }
        throw new IllegalArgumentException("resolution \"%s\": one of 1s, 1m, 15m, 1h".formatted(text));
    }

    @JsonValue
    public String text() {
        return text;
    }

    public Duration length() {
        return length;
    }

    public long millis() {
        return length.toMillis();
    }

    /** Start of the window that holds {@code epochMillis}, aligned to UTC, right before 1970 too. */
    public long startMillis(long epochMillis) {
        return Math.floorDiv(epochMillis, millis()) * millis();
    }

    /** The window that holds {@code at}. */
    public Window windowAt(Instant at) {
        return new Window(Instant.ofEpochMilli(startMillis(at.toEpochMilli())), this);
    }
}
