package io.hallwatt.alerting.template;

import io.hallwatt.contract.config.Nearest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a template: Go's text/template with {@code if} and {@code with}, without what repeats or names a part. */
final class TemplateParser {
    private static final Set<String> CHOICE = Set.of("if", "with", "else", "end");

    private static final Set<String> NOT_RUN = Set.of("range", "define", "template", "block", "break", "continue");

    /** Prometheus's, over its own storage. */
    private static final Set<String> QUERIES = Set.of("query", "first", "label", "value", "strvalue", "sortByLabel");

    /** Longest template, in characters. */
    private static final int MOST_CHARACTERS = 16_384;

    /** Deepest nesting of parentheses, and of {@code if} and {@code with}; a chain of {@code else if} is as deep as its {@code if}. */
    private static final int DEEPEST = 32;

    /** Longest chain of {@code else if}. */
    private static final int LONGEST_CHAIN = 256;

    private static final int LONGEST_NUMBER = 64;

    private static final String INDEX = "index";

    private final String text;
    private final List<TemplateFault> faults = new ArrayList<>();
    /** What {@code if} and {@code with} have opened, the innermost first; at the end the template itself. */
    private final Deque<Branch> open = new ArrayDeque<>(List.of(new Branch(-1, "", null, false)));

    private int at;
    private int depth;

    /** An {@code if} or {@code with} whose {@code end} is still to come. */
    private static final class Branch {
        final int start;
        final String word;
        /** Null where it cannot be read. */
        final Part.@Nullable Pipeline on;
        /** Of an {@code else if}: its {@code end} ends the one that it stands in, too. */
        final boolean chained;

        final List<Part> then = new ArrayList<>();
        final List<Part> otherwise = new ArrayList<>();
        boolean hasElse;

        Branch(int start, String word, Part.@Nullable Pipeline on, boolean chained) {
            this.start = start;
            this.word = word;
            this.on = on;
            this.chained = chained;
        }

        List<Part> parts() {
            return hasElse ? otherwise : then;
        }
    }

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
        boolean trimNext = false;
        while (at < text.length()) {
            int braces = text.indexOf("{{", at);
            String plain = text.substring(at, braces < 0 ? text.length() : braces);
            plain = trimNext ? plain.stripLeading() : plain;
            if (braces < 0) {
                open.getFirst().parts().add(new Part.Plain(plain));
                break;
            }
            at = braces + 2;
            if (text.startsWith("- ", at)) {
                plain = plain.stripTrailing();
                at++;
            }
            open.getFirst().parts().add(new Part.Plain(plain));
            try {
                if (!skippedComment() && !choice(braces)) {
                    open.getFirst().parts().add(new Part.Hole(pipeline(braces)));
                }
                trimNext = close(braces);
            } catch (TemplateFault e) {
                faults.add(e);
                skipHole();
            }
        }
        while (open.size() > 1) {
            Branch branch = open.getFirst();
            if (!branch.chained) {
                faults.add(new TemplateFault(branch.start, "{{ %s }} without its {{ end }}".formatted(branch.word)));
            }
            end();
        }
        return open.getFirst().then;
    }

    /** Reads {@code if}, {@code with}, {@code else} or {@code end}, if one stands here. */
    private boolean choice(int braces) throws TemplateFault {
        int start = at;
        String word = word();
        if (!CHOICE.contains(word)) {
            at = start;
            return false;
        }
        switch (word) {
            case "end" -> {
                belongs(start, "end");
                while (open.getFirst().chained) {
                    end();
                }
                end();
            }
            case "else" -> otherwise(start, braces);
            default -> open(start, word, braces, false);
        }
        return true;
    }

    private void otherwise(int start, int braces) throws TemplateFault {
        belongs(start, "else");
        Branch branch = open.getFirst();
        if (branch.hasElse) {
            throw new TemplateFault(start, "a second {{ else }} of one {{ %s }}".formatted(branch.word));
        }
        branch.hasElse = true;
        skipBlanks();
        int after = at;
        String word = word();
        if (word.equals("if")) {
            open(after, word, braces, true);
            if (branch.word.equals("with")) {
                throw new TemplateFault(
                        after,
                        "{{ else if }} of a {{ with }}, which Prometheus refuses: write {{ else }}{{ if … }}, and an {{ end }} for each");
            }
        } else if (!word.isEmpty()) {
            throw new TemplateFault(
                    after, "{{ else %s }} is not known: {{ else }} and {{ else if … }} are".formatted(word));
        }
    }

    private void belongs(int start, String word) throws TemplateFault {
        if (open.size() == 1) {
            throw new TemplateFault(start, "{{ %s }} without an {{ if }} or {{ with }} before it".formatted(word));
        }
    }

    /** Opened also where it is too deep or what it asks cannot be read, so that its {@code end} has its place. */
    private void open(int start, String word, int braces, boolean chained) throws TemplateFault {
        Part.Pipeline on = null;
        try {
            if (chained && open.stream().takeWhile(branch -> branch.chained).count() == LONGEST_CHAIN) {
                throw new TemplateFault(start, "a chain of more than %d {{ else if }}".formatted(LONGEST_CHAIN));
            }
            if (!chained && open.stream().filter(branch -> !branch.chained).count() == DEEPEST + 1) {
                throw new TemplateFault(start, "nested deeper than " + DEEPEST);
            }
            on = pipeline(braces);
        } finally {
            open.addFirst(new Branch(start, word, on, chained));
        }
    }

    private void end() {
        Branch branch = open.removeFirst();
        if (branch.on != null) {
            open.getFirst()
                    .parts()
                    .add(new Part.Choice(branch.on, branch.word.equals("with"), branch.then, branch.otherwise));
        }
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
    private boolean close(int braces) throws TemplateFault {
        skipBlanks();
        boolean trim = text.startsWith("-}}", at);
        at += trim ? 1 : 0;
        if (!text.startsWith("}}", at)) {
            throw at >= text.length()
                    ? new TemplateFault(braces, "{{ without its closing }}")
                    : new TemplateFault(at, "\"%s\" cannot stand here".formatted(rest()));
        }
        at += 2;
        return trim;
    }

    private Part.Pipeline pipeline(int braces) throws TemplateFault {
        List<Part.Term> terms = new ArrayList<>();
        skipBlanks();
        int first = at;
        terms.add(term(braces));
        checkKinds(terms, first);
        skipBlanks();
        while (at < text.length() && text.charAt(at) == '|') {
            at++;
            skipBlanks();
            int start = at;
            Part.Term term = term(braces);
            if (!(term instanceof Part.Call)) {
                throw new TemplateFault(start, "a function belongs after |");
            }
            terms.add(term);
            checkKinds(terms, start);
            skipBlanks();
        }
        return new Part.Pipeline(terms);
    }

    /** Of the last of the terms, which what is before it is piped to. */
    private static void checkKinds(List<Part.Term> terms, int start) throws TemplateFault {
        if (terms.getLast() instanceof Part.Call call) {
            List<Part.Kind> kinds = new ArrayList<>();
            call.arguments().forEach(argument -> kinds.add(argument.kind()));
            if (terms.size() > 1) {
                kinds.add(terms.get(terms.size() - 2).kind());
            }
            Optional<String> misfit = call.function().misfit(kinds);
            if (misfit.isPresent()) {
                throw new TemplateFault(start, misfit.get());
            }
        }
    }

    /** A call with its arguments, or a single value. */
    private Part.Term term(int braces) throws TemplateFault {
        skipBlanks();
        if (at < text.length() && Character.isLetter(text.charAt(at)) && !startsTruth()) {
            int start = at;
            String name = word();
            if (NOT_RUN.contains(name)) {
                throw new TemplateFault(
                        start,
                        "{{ %s }} is a control structure of Go's templates that is not run here: an alert is of one element, so there is nothing to repeat; write its text out, with if and with where it depends"
                                .formatted(name));
            }
            if (QUERIES.contains(name)) {
                throw new TemplateFault(
                        start,
                        "%s looks into Prometheus's own storage, which is not here: ask for it in expr, and write $value"
                                .formatted(name));
            }
            if (name.equals(INDEX)) {
                return index(braces, start);
            }
            Function function = Function.named(name)
                    .orElseThrow(() -> new TemplateFault(
                            start, "function \"%s\" not defined%s".formatted(name, Nearest.hint(name, functions()))));
            List<Part.Term> arguments = new ArrayList<>();
            for (skipBlanks(); startsArgument(); skipBlanks()) {
                arguments.add(argument(braces));
            }
            Optional<String> fault = function.faultOf(arguments);
            if (fault.isPresent()) {
                throw new TemplateFault(start, fault.get());
            }
            return new Part.Call(function, List.copyOf(arguments));
        }
        return argument(braces);
    }

    /** Of labels only: there is nothing else that has parts. */
    private Part.Term index(int braces, int start) throws TemplateFault {
        skipBlanks();
        for (String labels : dot() == null ? List.of("$labels", ".Labels") : List.of("$labels")) {
            if (text.startsWith(labels + " ", at)) {
                at += labels.length();
                skipBlanks();
                if (startsArgument()) {
                    return new Part.Index(argument(braces));
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

    private boolean startsTruth() {
        int start = at;
        String word = word();
        at = start;
        return word.equals("true") || word.equals("false");
    }

    private boolean startsArgument() {
        if (at >= text.length() || text.startsWith("-}}", at)) {
            return false;
        }
        if (startsTruth()) {
            return true;
        }
        char c = text.charAt(at);
        return c == '$' || c == '.' || c == '"' || c == '`' || c == '(' || c == '-' || Character.isDigit(c);
    }

    private Part.Term argument(int braces) throws TemplateFault {
        if (at >= text.length()) {
            throw new TemplateFault(braces, "{{ without its closing }}");
        }
        int start = at;
        char c = text.charAt(at);
        if (c == '(') {
            at++;
            if (++depth > DEEPEST) {
                throw new TemplateFault(start, "nested deeper than " + DEEPEST);
            }
            Part.Pipeline inner = pipeline(braces);
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
        if (startsTruth()) {
            return new Part.Literal(word().equals("true"));
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
        Part.Pipeline with = dot();
        if (with != null && name.startsWith(".")) {
            if (name.equals(".")) {
                return Part.Dot.of(with);
            }
            throw new TemplateFault(
                    start,
                    "%s: within {{ with }} the dot is what it is of, which has no parts; write $labels.… or $value"
                            .formatted(name));
        }
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

    /** What the innermost {@code with} is of whose branch this is; null outside of any. */
    private Part.@Nullable Pipeline dot() {
        for (Branch branch : open) {
            if (branch.word.equals("with") && !branch.hasElse) {
                return branch.on;
            }
        }
        return null;
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
