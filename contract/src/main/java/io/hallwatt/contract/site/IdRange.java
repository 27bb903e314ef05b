package io.hallwatt.contract.site;

import io.hallwatt.contract.Ids;
import java.util.ArrayList;
import java.util.List;

/**
 * Ids written as one: {@code r001..r200} is r001, r002 … r200, zeros kept; {@code A..J} is A, B … J; {@code r001} is itself.
 *
 * @param text as written
 * @param ids  in order, at least one
 */
public record IdRange(String text, List<String> ids) {
    /** Most ids in one range. */
    public static final int MOST = 10_000;

    public IdRange {
        ids = List.copyOf(ids);
    }

    /**
     * Reads an id or a range.
     *
     * @throws IllegalArgumentException with a sentence if it is neither
     */
    public static IdRange parse(String text) {
        int dots = text.indexOf("..");
        if (dots < 0) {
            return new IdRange(text, List.of(id(text)));
        }
        return between(text.substring(0, dots), text.substring(dots + 2));
    }

    /**
     * The range with these ends.
     *
     * @throws IllegalArgumentException with a sentence if they are no ends of one
     */
    public static IdRange between(String first, String last) {
        String text = id(first) + ".." + id(last);
        return new IdRange(
                text, letter(first) && letter(last) ? letters(text, first, last) : numbers(text, first, last));
    }

    /** Whether {@code next} comes right after {@code id} and is as long: r009, r010. */
    public static boolean follows(String id, String next) {
        int start = digitsStart(id);
        int width = id.length() - start;
        return width > 0
                && width <= 9
                && id.length() == next.length()
                && start == digitsStart(next)
                && next.startsWith(id.substring(0, start))
                && Integer.parseInt(next.substring(start)) == Integer.parseInt(id.substring(start)) + 1;
    }

    public int size() {
        return ids.size();
    }

    @Override
    public String toString() {
        return text;
    }

    private static String id(String text) {
        if (!Ids.valid(text)) {
            throw new IllegalArgumentException(
                    "\"%s\" is no id: %s; a range is written r001..r200".formatted(text, Ids.RULE));
        }
        return text;
    }

    private static boolean letter(String text) {
        return text.length() == 1 && Character.isLetter(text.charAt(0));
    }

    private static List<String> letters(String range, String first, String last) {
        char from = first.charAt(0);
        char to = last.charAt(0);
        if (Character.isUpperCase(from) != Character.isUpperCase(to)) {
            throw new IllegalArgumentException(
                    "range %s mixes upper and lower case: write both ends alike".formatted(range));
        }
        requireForward(range, from, to);
        List<String> ids = new ArrayList<>();
        for (char c = from; c <= to; c++) {
            ids.add(String.valueOf(c));
        }
        return ids;
    }

    private static List<String> numbers(String range, String first, String last) {
        String prefix = first.substring(0, digitsStart(first));
        String from = first.substring(prefix.length());
        String to = last.substring(digitsStart(last));
        if (from.isEmpty() || to.isEmpty()) {
            throw new IllegalArgumentException("range %s: both ends end in a number, as r001..r200".formatted(range));
        }
        if (!prefix.equals(last.substring(0, digitsStart(last)))) {
            throw new IllegalArgumentException("range %s: its ends begin with \"%s\" and \"%s\"; they must begin alike"
                    .formatted(range, prefix, last.substring(0, digitsStart(last))));
        }
        if (from.length() > 9 || to.length() > 9) {
            throw new IllegalArgumentException("range %s: numbers have at most 9 digits".formatted(range));
        }
        boolean padded = (from.startsWith("0") && from.length() > 1) || to.startsWith("0");
        if (padded && from.length() != to.length()) {
            throw new IllegalArgumentException("range %s: its ends have %d and %d digits; write both with as many"
                    .formatted(range, from.length(), to.length()));
        }
        int start = Integer.parseInt(from);
        int end = Integer.parseInt(to);
        requireForward(range, start, end);
        int width = padded ? from.length() : 1;
        List<String> ids = new ArrayList<>(end - start + 1);
        for (int i = start; i <= end; i++) {
            String digits = Integer.toString(i);
            ids.add(prefix + "0".repeat(Math.max(0, width - digits.length())) + digits);
        }
        return ids;
    }

    private static void requireForward(String range, int from, int to) {
        if (to < from) {
            throw new IllegalArgumentException("range %s runs backwards: write the lower end first".formatted(range));
        }
        if (to - from >= MOST) {
            throw new IllegalArgumentException(
                    "range %s has %,d ids; at most %,d stand in one".formatted(range, to - from + 1L, MOST));
        }
    }

    private static int digitsStart(String id) {
        int start = id.length();
        while (start > 0 && id.charAt(start - 1) >= '0' && id.charAt(start - 1) <= '9') {
            start--;
        }
        return start;
    }
}
