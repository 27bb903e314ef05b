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
    REPLACE("reReplaceAll", 3),
    MATCH("match", 2),
    AND("and", -2),
    OR("or", -2),
    NOT("not", 1),
    EQ("eq", -2),
    NE("ne", 2),
    LT("lt", 2),
    LE("le", 2),
    GT("gt", 2),
    GE("ge", 2);

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
            case MATCH -> matches(values);
            case AND, OR -> values.getLast(); // none before decided it
            case NOT -> !truth(values.getFirst());
            case EQ -> equal(values);
            case NE, LT, LE, GT, GE -> compared(values.get(0), values.get(1));
        };
        bounded(GoFormat.plain(result).length());
        return result;
    }

    /** As Go has it: what is false, 0 or empty is not true. */
    static boolean truth(Object value) {
        return switch (value) {
            case Boolean truth -> truth;
            case Long number -> number != 0;
            case Double number -> number != 0;
            default -> !GoFormat.plain(value).isEmpty();
        };
    }

    /** Whether the arguments behind this one are not asked any more. */
    boolean isDecidedBy(Object argument) {
        return (this == AND && !truth(argument)) || (this == OR && truth(argument));
    }

    /** Of the first to any of the others. */
    private boolean equal(List<Object> values) {
        if (values.size() < 2) {
            throw new Inexpansible("error calling eq: missing argument for comparison");
        }
        return values.subList(1, values.size()).stream().anyMatch(other -> compared(values.getFirst(), other));
    }

    /** Whether the two stand to each other as this function asks. In Go {@code ne}, {@code gt} and {@code ge} are the contrary of the others, so with NaN they hold. */
    private boolean compared(Object left, Object right) {
        if (left.getClass() != right.getClass()) {
            throw new Inexpansible("error calling %s: incompatible types for comparison".formatted(text));
        }
        if (left instanceof Boolean && this != EQ && this != NE) {
            throw new Inexpansible("error calling %s: invalid type for comparison".formatted(text));
        }
        if (left instanceof Double l && right instanceof Double r && (l.isNaN() || r.isNaN())) {
            return this == NE || this == GT || this == GE;
        }
        int order = switch (left) {
            case Long number -> number.compareTo((Long) right);
            case Double number -> Double.compare(number + 0.0, (Double) right + 0.0); // -0 is 0
            case Boolean truth -> truth.compareTo((Boolean) right);
            default -> GoFormat.plain(left).compareTo(GoFormat.plain(right));
        };
        return switch (this) {
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
            default -> order == 0;
        };
    }

    private static boolean matches(List<Object> values) {
        try {
            return BoundedPattern.compile(GoFormat.plain(values.get(0)), 0)
                    .matcher(GoFormat.plain(values.get(1)))
                    .find();
        } catch (PatternSyntaxException e) {
            throw new Inexpansible("error calling match: " + e.getMessage());
        }
    }

    /** Of what it gives. */
    Part.Kind kind(List<Part.Kind> arguments) {
        return switch (this) {
            case NOT, EQ, NE, LT, LE, GT, GE, MATCH -> Part.Kind.TRUTH;
            case AND, OR -> arguments.stream().distinct().count() == 1 ? arguments.getFirst() : Part.Kind.ANY;
            default -> Part.Kind.TEXT;
        };
    }

    /**
     * Why it can never be computed for arguments of these kinds, where that is known before there are any.
     *
     * @param given with what comes through the pipe
     */
    Optional<String> misfit(List<Part.Kind> given) {
        return switch (this) {
            case AND, OR, NOT, MATCH, EQ, NE, LT, LE, GT, GE -> {
                int least = this == EQ ? 2 : arguments < 0 ? -arguments - 1 : arguments;
                if (given.size() < least || (arguments > 0 && given.size() > arguments)) {
                    yield Optional.of("%s takes %s%d, not %d"
                            .formatted(text, arguments < 0 ? "at least " : "", least, given.size()));
                }
                yield compares() ? unlike(given) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private boolean compares() {
        return switch (this) {
            case EQ, NE, LT, LE, GT, GE -> true;
            default -> false;
        };
    }

    private Optional<String> unlike(List<Part.Kind> given) {
        List<Part.Kind> kinds =
                given.stream().filter(kind -> kind != Part.Kind.ANY).distinct().toList();
        if (kinds.contains(Part.Kind.TRUTH) && this != EQ && this != NE) {
            return Optional.of("%s orders numbers and texts, and this is true or false".formatted(text));
        }
        if (kinds.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(
                kinds.contains(Part.Kind.NUMBER) && kinds.contains(Part.Kind.WHOLE)
                        ? "%s compares no value with a whole number, as in Prometheus: write the number with a point, 5.0"
                                .formatted(text)
                        : "%s compares only what is of one kind, as in Prometheus: text with text (\"5\"), a value with a number that has a point (5.0)"
                                .formatted(text));
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
        if (this == MATCH && !given.isEmpty() && given.getFirst() instanceof Part.Literal pattern) {
            return patternFault(GoFormat.plain(pattern.constant()));
        }
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

    private static Optional<String> patternFault(String pattern) {
        try {
            BoundedPattern.compile(pattern, 0);
            return Optional.empty();
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
