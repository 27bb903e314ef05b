package io.hallwatt.app.config;

import io.hallwatt.contract.config.Durations;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            return choices(type).filter(choice -> written(choice).equals(text)).findFirst();
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
        return type.isEnum()
                ? choices(type).map(SettingForm::written).collect(Collectors.joining(", ", "one of ", ""))
                : "text";
    }

    private static Stream<Object> choices(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        if (constants == null) {
            throw new IllegalStateException(
                    "No way to write a %s in a configuration: add it to SettingForm".formatted(type.getName()));
        }
        return Arrays.stream(constants);
    }

    private static String written(Object choice) {
        return choice.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
