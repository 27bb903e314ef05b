package io.hallwatt.contract.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** "Did you mean": the known name that a misspelt one is nearest to. */
public final class Nearest {
    private Nearest() {}

    /** The nearest of {@code known} within a third of its length in edits, if any. */
    public static Optional<String> to(String name, Collection<String> known) {
        return known.stream()
                .filter(candidate -> edits(name, candidate) <= Math.max(1, candidate.length() / 3))
                .min(Comparator.comparingInt((String candidate) -> edits(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code ; did you mean "x"?} or nothing. */
    public static String hint(String name, Collection<String> known) {
        return to(name, known).map("; did you mean \"%s\"?"::formatted).orElse("");
    }

    /** Levenshtein's distance; long texts are cut, they are no misspelling. */
    private static int edits(String a, String b) {
        if (a.length() > 64 || b.length() > 64) {
            return Integer.MAX_VALUE;
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
