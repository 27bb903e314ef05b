package io.hallwatt.alerting.template;

import io.hallwatt.contract.config.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a template: Go's text/template without control structures. */
final class TemplateParser {
    private static final Set<String> CONTROL =
            Set.of("if", "else", "end", "range", "with", "define", "template", "block", "break", "continue");

    /** Longest template, in characters. */
    private static final int MOST_CHARACTERS = 16_384;

    /** Deepest nesting of parentheses. */
    private static final int DEEPEST = 32;

    private static final int LONGEST_NUMBER = 64;

    private static final String INDEX = "index";

    private final String text;
    private final List<TemplateFault> faults = new ArrayList<>();
    private int at;
    private int depth;

    TemplateParser(String text) {
        this.text = text;
    }

    /** What is wrong in each hole; empty where the template is good. To be asked after {@link #parts()}. */
    List<TemplateFault> faults() {
        return faults;
    }

    /** The template without the holes that cannot be read. */
    List<Part> parts() {
        if (text.length() > MOST_CHARACTERS) {
            faults.add(new TemplateFault(
                    0, "a text of %,d characters; at most %,d are read".formatted(text.length(), MOST_CHARACTERS)));
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        boolean trimNext = false;
        while (at < text.length()) {
            int open = text.indexOf("{{", at);
            String plain = text.substring(at, open < 0 ? text.length() : open);
            plain = trimNext ? plain.stripLeading() : plain;
            if (open < 0) {
                parts.add(new Part.Plain(plain));
                return parts;
            }
            at = open + 2;
            if (text.startsWith("- ", at)) {
                plain = plain.stripTrailing();
                at++;
            }
            parts.add(new Part.Plain(plain));
            try {
                if (!skippedComment()) {
                    parts.add(new Part.Hole(pipeline(open)));
                }
                trimNext = close(open);
            } catch (TemplateFault e) {
                faults.add(e);
                skipHole();
            }
        }
        return parts;
    }

    /** Goes on behind the next closing braces: what stands after a hole that cannot be read may have faults of its own. */
    private void skipHole() {
        int end = text.indexOf("}}", Math.min(at, text.length()));
        at = end < 0 ? text.length() : end + 2;
        depth = 0;
    }

    private boolean skippedComment() throws TemplateFault {
        skipBlanks();
        if (!text.startsWith("/*", at)) {
            return false;
        }
        int end = text.indexOf("*/", at);
        if (end < 0) {
            throw new TemplateFault(at, "a comment without its closing */");
        }
        at = end + 2;
        return true;
    }

    /** Reads the closing braces; true where they ask to trim the blanks that follow. */
    private boolean close(int open) throws TemplateFault {
        skipBlanks();
        boolean trim = text.startsWith("-}}", at);
        at += trim ? 1 : 0;
        if (!text.startsWith("}}", at)) {
            throw at >= text.length()
                    ? new TemplateFault(open, "{{ without its closing }}")
                    : new TemplateFault(at, "\"%s\" cannot stand here".formatted(rest()));
        }
        at += 2;
        return trim;
    }

    private Part.Pipeline pipeline(int open) throws TemplateFault {
        List<Part.Term> terms = new ArrayList<>();
        terms.add(term(open));
        skipBlanks();
        while (at < text.length() && text.charAt(at) == '|') {
            at++;
            skipBlanks();
            int start = at;
            Part.Term term = term(open);
            if (!(term instanceof Part.Call)) {
                throw new TemplateFault(start, "a function belongs after |");
            }
            terms.add(term);
            skipBlanks();
        }
        return new Part.Pipeline(terms);
    }

    /** A call with its arguments, or a single value. */
    private Part.Term term(int open) throws TemplateFault {
        skipBlanks();
        if (at < text.length() && Character.isLetter(text.charAt(at))) {
            int start = at;
            String name = word();
            if (CONTROL.contains(name)) {
                throw new TemplateFault(
                        start,
                        "{{ %s }} is a control structure of Go's templates, which are not run here: write two rules, or plain text"
                                .formatted(name));
            }
            if (name.equals(INDEX)) {
                return index(open, start);
            }
            Function function = Function.named(name)
                    .orElseThrow(() -> new TemplateFault(
                            start, "function \"%s\" not defined%s".formatted(name, Nearest.hint(name, functions()))));
            List<Part.Term> arguments = new ArrayList<>();
            for (skipBlanks(); startsArgument(); skipBlanks()) {
                arguments.add(argument(open));
            }
            Optional<String> fault = function.faultOf(arguments);
            if (fault.isPresent()) {
                throw new TemplateFault(start, fault.get());
            }
            return new Part.Call(function, List.copyOf(arguments));
        }
        return argument(open);
    }

    /** Of labels only: there is nothing else that has parts. */
    private Part.Term index(int open, int start) throws TemplateFault {
        skipBlanks();
        for (String labels : List.of("$labels", ".Labels")) {
            if (text.startsWith(labels + " ", at)) {
                at += labels.length();
                skipBlanks();
                if (startsArgument()) {
                    return new Part.Index(argument(open));
                }
            }
        }
        throw new TemplateFault(start, "index takes the labels and the name of one: index $labels \"rack\"");
    }

    private static List<String> functions() {
        List<String> names = new ArrayList<>(Function.names());
        names.add(INDEX);
        return names;
    }

    private boolean startsArgument() {
        if (at >= text.length() || text.startsWith("-}}", at)) {
            return false;
        }
        char c = text.charAt(at);
        return c == '$' || c == '.' || c == '"' || c == '`' || c == '(' || c == '-' || Character.isDigit(c);
    }

    private Part.Term argument(int open) throws TemplateFault {
        if (at >= text.length()) {
            throw new TemplateFault(open, "{{ without its closing }}");
        }
        int start = at;
        char c = text.charAt(at);
        if (c == '(') {
            at++;
            if (++depth > DEEPEST) {
                throw new TemplateFault(start, "nested deeper than " + DEEPEST);
            }
            Part.Pipeline inner = pipeline(open);
            depth--;
            if (at >= text.length() || text.charAt(at) != ')') {
                throw new TemplateFault(start, "( without its closing )");
            }
            at++;
            return new Part.Group(inner);
        }
        if (c == '"' || c == '`') {
            return new Part.Literal(quoted(c));
        }
        if (c == '-' || Character.isDigit(c)) {
            return new Part.Literal(number());
        }
        if (c == '$' || c == '.') {
            at++;
            return variable(start, c + word());
        }
        throw new TemplateFault(
                at,
                "\"%s\" cannot stand here: $labels.…, $value, a function or a text in quotes belongs here"
                        .formatted(rest()));
    }

    private Number number() throws TemplateFault {
        int start = at++;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        String number = text.substring(start, Math.min(at, start + LONGEST_NUMBER + 1));
        try {
            if (number.length() <= LONGEST_NUMBER) {
                return number.indexOf('.') < 0 ? (Number) Long.valueOf(number) : Double.valueOf(number);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TemplateFault(start, "\"%s\" is no number".formatted(number));
    }

    private Part.Term variable(int start, String name) throws TemplateFault {
        return switch (name) {
            case "$value", ".Value" -> new Part.Value();
            case "$labels", ".Labels" -> labelOf(start, name);
            case "$externalURL", "$externalLabels", ".ExternalURL", ".ExternalLabels" ->
                throw new TemplateFault(
                        start,
                        "%s is Prometheus's own, which Hallwatt has none of: links to an alert are added to its texts by --external-url; write others out"
                                .formatted(name));
            default ->
                throw new TemplateFault(
                        start,
                        "undefined variable \"%s\"%s; known here: $labels.…, $value"
                                .formatted(name, Nearest.hint(name, List.of("$labels", "$value"))));
        };
    }

    private Part.Term labelOf(int start, String name) throws TemplateFault {
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            String label = word();
            if (!label.isEmpty()) {
                return new Part.LabelOf(label);
            }
        }
        throw new TemplateFault(start, "name the label: %s.rack".formatted(name));
    }

    private String quoted(char quote) throws TemplateFault {
        int start = at++;
        StringBuilder content = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\\' && quote == '"' && at < text.length()) {
                char escaped = text.charAt(at++);
                c = switch (escaped) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case '"', '\\' -> escaped;
                    default -> throw new TemplateFault(at - 2, "the escape \\%s is not known".formatted(escaped));
                };
            }
            content.append(c);
        }
        if (at >= text.length()) {
            throw new TemplateFault(start, "a quoted text without its closing %s".formatted(quote));
        }
        at++;
        return content.toString();
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    private String rest() {
        int end = at;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && end < at + 20) {
            end++;
        }
        return text.substring(at, Math.max(end, Math.min(at + 1, text.length())));
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
