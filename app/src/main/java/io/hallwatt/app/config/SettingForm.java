package io.hallwatt.app.config;

import io.hallwatt.contract.config.Choices;
import io.hallwatt.contract.config.Durations;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** How a value of each type is written. */
final class SettingForm {
    private SettingForm() {}

    /** Empty where the text is not of the type's form. */
    static Optional<Object> parse(Class<?> type, String text) {
        try {
            if (type == String.class) {
                return Optional.of(text);
            }
            if (type == Path.class) {
                return Optional.of(Path.of(text));
            }
            if (type == int.class) {
                return Optional.of(Integer.valueOf(text));
            }
            if (type == long.class) {
                return Optional.of(Long.valueOf(text));
            }
            if (type == double.class) {
                return Optional.<Object>of(Double.valueOf(text)).filter(number -> Double.isFinite((Double) number));
            }
            if (type == Instant.class) {
                return Optional.of(Instant.parse(text));
            }
            if (type == URI.class) {
                return Optional.of(URI.create(text));
            }
            if (type == Duration.class) {
                return Durations.parse(text).map(Object.class::cast);
            }
            if (type == boolean.class) {
                return text.equals("true") || text.equals("false")
                        ? Optional.of(Boolean.valueOf(text))
                        : Optional.empty();
            }
            return Choices.read(enumeration(type), text).map(Object.class::cast);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** What to give, for a message. */
    static String of(Class<?> type) {
        if (type == Duration.class) {
            return "a duration such as 500ms, 30s, 5m, 2h";
        }
        if (type == URI.class) {
            return "an address such as https://host:9093";
        }
        if (type == Instant.class) {
            return "a UTC time such as 2026-01-31T12:00:00Z";
        }
        if (type == int.class || type == long.class) {
            return "a whole number";
        }
        if (type == double.class) {
            return "a number";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        return type.isEnum() ? "one of " + String.join(", ", Choices.of(enumeration(type))) : "text";
    }

    @SuppressWarnings("unchecked") // it is an enumeration: the only way to be one is to extend Enum of itself
    private static Class<? extends Enum<?>> enumeration(Class<?> type) {
        if (!type.isEnum()) {
            throw new IllegalStateException(
                    "No way to write a %s in a configuration: add it to SettingForm".formatted(type.getName()));
        }
        return (Class<? extends Enum<?>>) type;
    }
}
