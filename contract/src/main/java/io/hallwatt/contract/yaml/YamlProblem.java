package io.hallwatt.contract.yaml;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Why a file is no YAML, for the people who wrote it: most often a line does not begin where it should, or a value that needs quotes has none. What the parser
 * says of that is about its own tokens.
 *
 * @param line   from 1, as the column
 * @param problem what is wrong and how to mend it
 */
record YamlProblem(int line, int column, String problem) {
    /** A key and where it begins: {@code - alert: Hot} has its key after the dash. */
    private static final Pattern KEYED =
            Pattern.compile("^( *(?:- +)*)([^\\s#'\"{\\[][^:#]*?|\"[^\"]*\"|'[^']*'):(?: +(.*))?$");

    private static final Pattern ITEM = Pattern.compile("^( *)-(?: .*)?$");
    private static final Pattern BLOCK = Pattern.compile(".*: +[>|][-+0-9]*\\s*");

    /** Characters that the parser names in its message on one that cannot begin a value. */
    private static final Pattern NO_START = Pattern.compile("found character '(.)' that cannot start any token.*");

    static YamlProblem of(String text, MarkedYamlEngineException e) {
        List<String> lines = text.lines().toList();
        Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
        int line = mark == null ? 1 : mark.getLine() + 1;
        int column = mark == null ? 1 : mark.getColumn() + 1;
        String problem = e.getProblem();
        Optional<YamlProblem> template = template(lines, line);
        if (template.isPresent()) {
            return template.get();
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return colon(lines, line, column);
        }
        if (problem.startsWith("expected <block end>") && !problem.contains("<scalar>")) {
            return indentation(lines, line, column);
        }
        if (problem.contains("TAB")) {
            return new YamlProblem(line, column, "a tab stands where indentation belongs: use blanks");
        }
        Matcher start = NO_START.matcher(problem);
        if (start.matches()) {
            return new YamlProblem(
                    line, column, "a value that begins with %s must stand in quotes".formatted(start.group(1)));
        }
        Mark context = e.getContextMark().orElse(null);
        if (context != null && problem.startsWith("could not find expected ':'")) {
            return keyless(lines, context.getLine() + 1, context.getColumn() + 1);
        }
        if (context != null
                && problem.contains("end of stream")
                && e.getContext().contains("quoted")) {
            return new YamlProblem(
                    context.getLine() + 1, context.getColumn() + 1, "the quote that opens here is never closed");
        }
        return new YamlProblem(line, column, problem);
    }

    /** YAML takes braces for a mapping, so that a text may not begin with a template as it is. */
    static Optional<YamlProblem> template(List<String> lines, int line) {
        Matcher keyed = KEYED.matcher(at(lines, line));
        if (!keyed.matches() || keyed.group(3) == null || !keyed.group(3).startsWith("{{")) {
            return Optional.empty();
        }
        String value = keyed.group(3).strip();
        char quote = value.indexOf('\'') < 0 ? '\'' : '"';
        String quoted = value.indexOf('"') >= 0 && quote == '"' ? "" : ": " + quote + value + quote;
        return Optional.of(new YamlProblem(
                line, keyed.start(3) + 1, "a value that begins with {{ must stand in quotes%s".formatted(quoted)));
    }

    /** A second colon in a line is in a value; the first of a line that should not have one is that of a key that stands too deep. */
    private static YamlProblem colon(List<String> lines, int line, int column) {
        Matcher keyed = KEYED.matcher(at(lines, line));
        if (keyed.matches() && keyed.end(2) + 1 < column) {
            return new YamlProblem(line, keyed.start(3) + 1, "a value with \": \" in it must stand in quotes");
        }
        return indentation(lines, line, keyed.matches() ? keyed.start(2) + 1 : column);
    }

    /** A key, or an item, that begins in a column where nothing can begin. */
    private static YamlProblem indentation(List<String> lines, int line, int column) {
        boolean item = ITEM.matcher(at(lines, line)).matches();
        for (int above = line - 1; above >= 1; above--) {
            Matcher before = (item ? ITEM : KEYED).matcher(at(lines, above));
            if (before.matches()) {
                return new YamlProblem(
                        line,
                        column,
                        "wrong indentation: %s begins in column %d, and %s above it (line %d) in column %d; what belongs together begins in one column"
                                .formatted(
                                        item ? "this item (-)" : named(at(lines, line)),
                                        column,
                                        item ? "the item" : named(at(lines, above)),
                                        above,
                                        (item ? before.end(1) : before.start(2)) + 1));
            }
        }
        return new YamlProblem(line, column, "wrong indentation: it begins in column %d".formatted(column));
    }

    private static String named(String line) {
        Matcher keyed = KEYED.matcher(line);
        return keyed.matches() ? "\"%s\"".formatted(keyed.group(2)) : "this";
    }

    private static YamlProblem keyless(List<String> lines, int line, int column) {
        return BLOCK.matcher(at(lines, line - 1)).matches()
                ? new YamlProblem(
                        line, column, "wrong indentation: the text after > or | begins deeper than the key before it")
                : new YamlProblem(line, column, "a key needs a colon and a blank after it: key: value");
    }

    private static String at(List<String> lines, int line) {
        return line >= 1 && line <= lines.size() ? lines.get(line - 1) : "";
    }
}
