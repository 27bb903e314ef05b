package io.hallwatt.alerting.expr;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Regular expressions out of files. RE2 matches in linear time whatever they say, but compiles by recursion, and unrolls what is counted: so both are bounded
 * here, as in Go's own (regexp/syntax: 1,000 for counts within counts).
 */
public final class BoundedPattern {
    private static final int MOST_CHARACTERS = 4_096;
    private static final int DEEPEST = 64;
    private static final int MOST_REPEATED = 1_000;

    private BoundedPattern() {}

    /** @throws PatternSyntaxException if it is none, or past the bounds */
    public static Pattern compile(String pattern, int flags) {
        if (pattern.length() > MOST_CHARACTERS) {
            throw new PatternSyntaxException(
                    "%,d characters, at most %,d are read".formatted(pattern.length(), MOST_CHARACTERS),
                    shown(pattern));
        }
        int depth = 0;
        long repeated = 1;
        for (int at = 0; at < pattern.length(); at++) {
            switch (pattern.charAt(at)) {
                case '\\' -> at++;
                case '(' -> depth++;
                case ')' -> depth--;
                case '{' -> repeated *= Math.max(1, largestCount(pattern, at));
                default -> {}
            }
            if (depth > DEEPEST) {
                throw new PatternSyntaxException("nested deeper than " + DEEPEST, shown(pattern));
            }
            if (repeated > MOST_REPEATED) {
                throw new PatternSyntaxException(
                        "its counts repeat a part more than %,d times".formatted(MOST_REPEATED), shown(pattern));
            }
        }
        return Pattern.compile(pattern, flags);
    }

    /** The pattern for a message: a long one is cut. */
    public static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /** Of {@code {2,30}}: 30. What stands in the braces may be no count at all, or too large for one: RE2 says so. */
    private static long largestCount(String pattern, int open) {
        long largest = 0;
        long number = 0;
        for (int at = open + 1; at < pattern.length() && number <= MOST_REPEATED; at++) {
            char c = pattern.charAt(at);
            if (c != ',' && (c < '0' || c > '9')) {
                break;
            }
            number = c == ',' ? 0 : number * 10 + (c - '0');
            largest = Math.max(largest, number);
        }
        return largest;
    }
}
