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
    HUMANIZE_TIMESTAMP("humanizeTimestamp", 1),
    PRINT("print", -1),
    PRINTF("printf", -2),
    TO_UPPER("toUpper", 1),
    TO_LOWER("toLower", 1),
    TITLE("title", 1),
    REPLACE("reReplaceAll", 3);

    private static final int LONGEST_RESULT = 16_384;
    private static final int LONGEST_REPLACEMENT = 1_024;

    private final String text;

    /** How many it takes; −1: any number, −2: at least one. */
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
        if (arguments < 0 ? values.size() < -arguments - 1 : values.size() != arguments) {
            throw new Inexpansible("wrong number of args for %s: want %s got %d"
                    .formatted(text, arguments < 0 ? "at least 1" : Integer.toString(arguments), values.size()));
        }
        Object result = switch (this) {
            case HUMANIZE -> Humanize.decimal(number(values));
            case HUMANIZE_1024 -> Humanize.binary(number(values));
            case HUMANIZE_DURATION -> Humanize.duration(number(values));
            case HUMANIZE_PERCENTAGE -> Humanize.percentage(number(values));
            case HUMANIZE_TIMESTAMP -> Humanize.timestamp(number(values));
            case PRINT -> GoFormat.print(values);
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
        if (value instanceof Number number) {
            return number.doubleValue();
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
            String text = GoFormat.plain(values.get(2));
            Matcher matcher =
                    BoundedPattern.compile(GoFormat.plain(values.get(0)), 0).matcher(text);
            Replacement expanded = new Replacement(replacement);
            StringBuilder replaced = new StringBuilder();
            int after = 0;
            while (matcher.find()) {
                replaced.append(text, after, matcher.start());
                if (matcher.end() > after || matcher.start() == 0) { // Go takes no empty match right behind another
                    expanded.expand(matcher, replaced);
                }
                after = matcher.end();
                bounded(replaced.length());
            }
            return replaced.append(text.substring(after)).toString();
        } catch (PatternSyntaxException e) {
            throw new Inexpansible("error calling reReplaceAll: " + e.getMessage());
        }
    }

    /** What can be said of its arguments before there is a value: nothing where they are not written out. */
    Optional<String> faultOf(List<Part.Term> given) {
        boolean written = this == REPLACE
                && given.size() >= 2
                && given.get(0) instanceof Part.Literal
                && given.get(1) instanceof Part.Literal;
        if (!written) {
            return Optional.empty();
        }
        String pattern = GoFormat.plain(((Part.Literal) given.get(0)).constant());
        String replacement = GoFormat.plain(((Part.Literal) given.get(1)).constant());
        try {
            return new Replacement(replacement)
                    .unknownIn(BoundedPattern.compile(pattern, 0))
                    .map(group ->
                            "the replacement names a group \"%s\", which \"%s\" has not: write ${1} where text follows the number, and $$ for a dollar"
                                    .formatted(group, pattern));
        } catch (PatternSyntaxException e) {
            return Optional.of("\"%s\" is no regular expression (RE2): %s"
                    .formatted(BoundedPattern.shown(pattern), e.getDescription()));
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
