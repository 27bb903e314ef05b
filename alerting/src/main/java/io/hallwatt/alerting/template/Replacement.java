package io.hallwatt.alerting.template;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the place of a match, as Go's {@code Regexp.Expand} reads it: {@code $1}, {@code ${1}}, {@code ${name}}, {@code $$}. A name is as long as it can be:
 * {@code $1x} is {@code ${1x}}. A group that is not there is empty, and a {@code $} that begins no name is a dollar.
 */
final class Replacement {
    /** Text, or the name of a group. */
    private record Piece(String text, boolean group) {}

    private final List<Piece> pieces = new ArrayList<>();

    Replacement(String template) {
        int from = 0;
        for (int dollar = template.indexOf('$'); dollar >= 0; dollar = template.indexOf('$', from)) {
            text(template.substring(from, dollar));
            String name = name(template, dollar + 1);
            if (template.startsWith("$", dollar + 1)) {
                text("$");
                from = dollar + 2;
            } else if (name == null) {
                text("$");
                from = dollar + 1;
            } else {
                pieces.add(new Piece(name, true));
                boolean braces = template.charAt(dollar + 1) == '{';
                from = dollar + 1 + name.length() + (braces ? 2 : 0);
            }
        }
        text(template.substring(from));
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, false));
        }
    }

    /** The name that begins there, without its braces; null where none does. */
    private static @Nullable String name(String template, int at) {
        boolean braces = template.startsWith("{", at);
        int start = braces ? at + 1 : at;
        int end = start;
        while (end < template.length()
                && (Character.isLetterOrDigit(template.charAt(end)) || template.charAt(end) == '_')) {
            end++;
        }
        boolean closed = !braces || template.startsWith("}", end);
        return end > start && closed ? template.substring(start, end) : null;
    }

    /** A group that it names and the pattern has not. */
    Optional<String> unknownIn(Pattern pattern) {
        return pieces.stream()
                .filter(Piece::group)
                .map(Piece::text)
                .filter(name -> index(name, pattern) < 0)
                .findFirst();
    }

    void expand(Matcher match, StringBuilder into) {
        for (Piece piece : pieces) {
            if (piece.group()) {
                int index = index(piece.text(), match.pattern());
                String group = index < 0 ? null : match.group(index);
                into.append(group == null ? "" : group);
            } else {
                into.append(piece.text());
            }
        }
    }

    /** Negative where there is no such group. */
    private static int index(String name, Pattern pattern) {
        if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            boolean number = name.length() < 9 && (name.length() == 1 || name.charAt(0) != '0');
            int index = number ? Integer.parseInt(name) : -1;
            return index <= pattern.groupCount() ? index : -1;
        }
        Map<String, Integer> named = pattern.namedGroups();
        return named.getOrDefault(name, -1);
    }
}
