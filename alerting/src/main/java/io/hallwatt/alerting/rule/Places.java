package io.hallwatt.alerting.rule;

import io.hallwatt.contract.yaml.YamlSection;

/** Finds the line and column of a character inside a YAML value, whatever the value's style: plain, quoted, folded or literal. */
public final class Places {
    private final String file;

    /** @param file the whole file */
    public Places(String file) {
        this.file = file;
    }

    /** Notes a fault at a character of the key's value. */
    void fault(YamlSection section, String key, String value, int offset, String sentence) {
        Place place = of(section.valueLineOf(key), section.valueColumnOf(key), value, offset);
        section.faultAt(place.line(), place.column(), key, "%s", sentence);
    }

    /** From 1 both. */
    public record Place(int line, int column) {}

    /**
     * Walks through the value and the file side by side: blanks fold, quotes and escapes have more characters in the file than in the value.
     *
     * @param line   where the value starts in the file, from 1
     * @param column likewise
     * @param value  as YAML gives it
     * @param offset of the character looked for in the value, from 0
     */
    public Place of(int line, int column, String value, int offset) {
        int start = startOf(line) + column - 1;
        int at = start;
        if (at < file.length() && (file.charAt(at) == '|' || file.charAt(at) == '>')) {
            int end = file.indexOf('\n', at);
            at = end < 0 ? file.length() : end;
        }
        for (int i = 0; i <= offset; i++) {
            if (i == value.length() || (i < offset && Character.isWhitespace(value.charAt(i)))) {
                continue;
            }
            char wanted = value.charAt(i);
            int found = at;
            while (found < file.length() && file.charAt(found) != wanted) {
                found++;
            }
            if (found == file.length()) {
                return new Place(line, column); // an escape by number: the value's start is near enough
            }
            at = i < offset ? found + 1 : found;
        }
        return placeOf(at);
    }

    private int startOf(int line) {
        int at = 0;
        for (int i = 1; i < line; i++) {
            at = file.indexOf('\n', at) + 1;
        }
        return at;
    }

    private Place placeOf(int at) {
        int line = 1;
        int lineStart = 0;
        for (int i = file.indexOf('\n'); i >= 0 && i < at; i = file.indexOf('\n', i + 1)) {
            line++;
            lineStart = i + 1;
        }
        return new Place(line, at - lineStart + 1);
    }
}
