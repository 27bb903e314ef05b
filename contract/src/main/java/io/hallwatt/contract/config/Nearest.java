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

    /** The same as the end of a sentence: {@code ; did you mean "x"?} or {@code .} */
    public static String ending(String name, Collection<String> known) {
        String hint = hint(name, known);
        return hint.isEmpty() ? "." : hint;
    }

    /** Damerau's and Levenshtein's distance, no letter touched twice: two that changed places are one edit. Long texts are cut, they are no misspelling. */
    private static int edits(String a, String b) {
        if (a.length() > 64 || b.length() > 64) {
            return Integer.MAX_VALUE;
        }
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 ? j : j == 0 ? i : edits(a, b, i, j, edits);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int edits(String a, String b, int i, int j, int[][] edits) {
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
    }
}
