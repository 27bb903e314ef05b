package io.hallwatt.alerting.template;

import com.google.re2j.Matcher;
import com.google.re2j.PatternSyntaxException;
import io.hallwatt.alerting.expr.BoundedPattern;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The functions of Prometheus's templates that alert texts use (prometheus/prometheus template/template.go, docs/configuration/template_reference.md). */
enum Function {
    HUMANIZE("humanize", 1),
    HUMANIZE_1024("humanize1024", 1),
    HUMANIZE_DURATION("humanizeDuration", 1),
    HUMANIZE_PERCENTAGE("humanizePercentage", 1),
    PRINTF("printf", -1),
    TO_UPPER("toUpper", 1),
    TO_LOWER("toLower", 1),
    TITLE("title", 1),
    REPLACE("reReplaceAll", 3);

    private static final int LONGEST_RESULT = 16_384;
    private static final int LONGEST_REPLACEMENT = 1_024;

    private final String text;
    private final int arguments;

    Function(String text, int arguments) {
        this.text = text;
        this.arguments = arguments;
    }

    static Optional<Function> named(String name) {
        return Arrays.stream(values()).filter(f -> f.text.equals(name)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(f -> f.text).toList();
    }

    Object apply(List<Object> values) {
        if (arguments < 0 ? values.isEmpty() : values.size() != arguments) {
            throw new Inexpansible("wrong number of args for %s: want %s got %d"
                    .formatted(text, arguments < 0 ? "at least 1" : Integer.toString(arguments), values.size()));
        }
        Object result = switch (this) {
            case HUMANIZE -> Humanize.decimal(number(values));
            case HUMANIZE_1024 -> Humanize.binary(number(values));
            case HUMANIZE_DURATION -> Humanize.duration(number(values));
            case HUMANIZE_PERCENTAGE -> Humanize.percentage(number(values));
            case PRINTF -> GoFormat.printf(GoFormat.plain(values.getFirst()), values.subList(1, values.size()));
            case TO_UPPER -> GoFormat.plain(values.getFirst()).toUpperCase(Locale.ROOT);
            case TO_LOWER -> GoFormat.plain(values.getFirst()).toLowerCase(Locale.ROOT);
            case TITLE -> title(GoFormat.plain(values.getFirst()));
            case REPLACE -> replace(values);
        };
        bounded(GoFormat.plain(result).length());
        return result;
    }

    /** A text may be put through functions again and again: none of them may let it grow without end. */
    private static void bounded(int length) {
        if (length > LONGEST_RESULT) {
            throw new Inexpansible("a text longer than %,d characters".formatted(LONGEST_RESULT));
        }
    }

    private double number(List<Object> values) {
        Object value = values.getFirst();
        if (value instanceof Double number) {
            return number;
        }
        try {
            return Double.parseDouble(GoFormat.plain(value));
        } catch (NumberFormatException e) {
            throw new Inexpansible("error calling %s: \"%s\" is no number".formatted(text, GoFormat.plain(value)));
        }
    }

    private static String replace(List<Object> values) {
        String replacement = GoFormat.plain(values.get(1));
        if (replacement.length() > LONGEST_REPLACEMENT) {
            throw new Inexpansible("error calling reReplaceAll: a replacement longer than %,d characters"
                    .formatted(LONGEST_REPLACEMENT));
        }
        try {
            Matcher matcher =
                    BoundedPattern.compile(GoFormat.plain(values.get(0)), 0).matcher(GoFormat.plain(values.get(2)));
            StringBuilder replaced = new StringBuilder();
            while (matcher.find()) {
                matcher.appendReplacement(replaced, replacement);
                bounded(replaced.length());
            }
            matcher.appendTail(replaced);
            return replaced.toString();
        } catch (Inexpansible e) {
            throw e;
        } catch (PatternSyntaxException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new Inexpansible("error calling reReplaceAll: " + e.getMessage());
        }
    }

    private static String title(String text) {
        StringBuilder titled = new StringBuilder();
        boolean start = true;
        for (char c : text.toCharArray()) {
            titled.append(start ? Character.toTitleCase(c) : c);
            start = !Character.isLetterOrDigit(c) && c != '_' && c != '\'';
        }
        return titled.toString();
    }
}
