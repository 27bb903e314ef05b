package io.hallwatt.app.terminal;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command writes. Results go to {@code out}; all that is said about their making goes to {@code err}.
 *
 * @param interactive whether a person looks at {@code err} as it is written, so that lines may be redrawn
 * @param colours     whether escape sequences may colour
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive, boolean colours) {
    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String GREEN = "\u001b[32m";
    private static final String BOLD = "\u001b[1m";
    private static final String FAINT = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    /** When colours are used. */
    public enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    /** Set to {@code true} by the launcher where standard error is a terminal: Java itself cannot tell. */
    private static final String ERR_IS_TERMINAL = "hallwatt.terminal";

    /** This process's own streams, in UTF-8. The environment decides on colours: {@code NO_COLOR}, {@code TERM=dumb}. */
    public static Terminal ofProcess(Map<String, String> environment) {
        boolean terminal = Boolean.getBoolean(ERR_IS_TERMINAL);
        boolean dumb = "dumb".equals(environment.getOrDefault("TERM", "dumb"));
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                terminal && !dumb,
                terminal && !dumb && wanted);
    }

    public Terminal with(Colour colour) {
        return switch (colour) {
            case AUTO -> this;
            case ALWAYS -> new Terminal(out, err, interactive, true);
            case NEVER -> new Terminal(out, err, interactive, false);
        };
    }

    /** One line about the making. */
    public void say(String line) {
        err.println(line);
    }

    public String red(String text) {
        return coloured(RED, text);
    }

    public String yellow(String text) {
        return coloured(YELLOW, text);
    }

    public String green(String text) {
        return coloured(GREEN, text);
    }

    public String bold(String text) {
        return coloured(BOLD, text);
    }

    public String faint(String text) {
        return coloured(FAINT, text);
    }

    private String coloured(String colour, String text) {
        return colours ? colour + text + PLAIN : text;
    }
}
