package io.hallwatt.contract.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.hallwatt.contract.RejectCode;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document value by value and says where it stops being a reading. The readers of single values expect the cursor on a field's name and leave
 * it on the value.
 */
final class JsonCursor {
    private static final double LARGEST = Math.pow(10, StrictJson.LARGEST_EXPONENT);

    private final JsonParser in;

    JsonCursor(JsonParser in) {
        this.in = in;
    }

    /** Steps onto the document's object. */
    void start() throws IOException, Malformed {
        JsonToken token = in.nextToken();
        if (token == null) {
            throw new Malformed(RejectCode.MALFORMED, "empty: a JSON object belongs here");
        }
        if (token != JsonToken.START_OBJECT) {
            throw new Malformed(RejectCode.MALFORMED, "a JSON object belongs here, not %s".formatted(shown(token)));
        }
    }

    /** Nothing may follow. */
    void end() throws IOException, Malformed {
        if (in.nextToken() != null) {
            throw new Malformed(RejectCode.MALFORMED, "something follows the object: one record holds one object");
        }
    }

    /** The next field's name, or null at the object's end. */
    @Nullable
    String field() throws IOException {
        return in.nextFieldName();
    }

    /** {@code seen} with the field's bit. A field that comes twice is refused: which one counts would depend on the reader. */
    int once(int seen, int bit) throws Malformed {
        if ((seen & (1 << bit)) != 0) {
            throw twice();
        }
        return seen | (1 << bit);
    }

    /** Passes over a field that is not known here; {@code others} are those of the same object before it. */
    Set<String> skip(@Nullable Set<String> others) throws IOException, Malformed {
        Set<String> names = others == null ? new HashSet<>() : others;
        if (!names.add(in.currentName())) {
            throw twice();
        }
        skipValue(in.nextToken());
        return names;
    }

    private void skipValue(JsonToken token) throws IOException, Malformed {
        switch (token) {
            case START_OBJECT -> {
                Set<String> names = null;
                while (in.nextFieldName() != null) {
                    names = skip(names);
                }
            }
            case START_ARRAY -> {
                for (JsonToken item = in.nextToken(); item != JsonToken.END_ARRAY; item = in.nextToken()) {
                    skipValue(item);
                }
            }
            case VALUE_NUMBER_FLOAT -> {
                if (in.isNaN()) {
                    throw new Malformed(RejectCode.MALFORMED, "%s: JSON has no %s".formatted(path(), in.getText()));
                }
            }
            default -> {
                if (in.getTextLength() > StrictJson.LONGEST_STRING) {
                    throw new Malformed(
                            RejectCode.TOO_LARGE,
                            "%s: text of %,d characters; at most %,d are read"
                                    .formatted(path(), in.getTextLength(), StrictJson.LONGEST_STRING));
                }
            }
        }
    }

    /** Steps into an object value; false where it is null. */
    boolean object() throws IOException, Malformed {
        JsonToken token = in.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return false;
        }
        if (token != JsonToken.START_OBJECT) {
            throw malformed("an object belongs here, not " + shown(token));
        }
        return true;
    }

    /** Steps onto the value; whether it is a list. */
    boolean list() throws IOException {
        return in.nextToken() == JsonToken.START_ARRAY;
    }

    /** Whether the value that {@link #list} stepped onto is null. */
    boolean isNull() {
        return in.currentToken() == JsonToken.VALUE_NULL;
    }

    /** Reads a list's numbers, the cursor being on its start; how many there were. */
    int numbers(double[] into) throws IOException, Malformed {
        int count = 0;
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            if (count == into.length) {
                throw malformed("more than %d values".formatted(into.length));
            }
            if (token == JsonToken.VALUE_NULL) {
                throw missingHere();
            }
            into[count++] = decimal(token);
        }
        return count;
    }

    <I extends Record> @Nullable I id(IdCache<I> ids) throws IOException, Malformed {
        JsonToken token = in.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_STRING) {
            throw new Malformed(RejectCode.BAD_ID, "%s: an id is text, not %s".formatted(path(), shown(token)));
        }
        try {
            return ids.of(in.getTextCharacters(), in.getTextOffset(), in.getTextLength());
        } catch (IllegalArgumentException e) {
            throw new Malformed(RejectCode.BAD_ID, "%s: %s".formatted(path(), e.getMessage()));
        }
    }

    @Nullable
    Instant time() throws IOException, Malformed {
        JsonToken token = in.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        long millis = token == JsonToken.VALUE_STRING
                ? TimeText.parse(in.getTextCharacters(), in.getTextOffset(), in.getTextLength())
                : TimeText.NONE;
        if (millis == TimeText.NONE) {
            throw new Malformed(
                    RejectCode.BAD_TIME,
                    "%s: %s is no time to the millisecond in UTC: write 2026-01-15T12:00:00.250Z"
                            .formatted(path(), shown(token)));
        }
        return Instant.ofEpochMilli(millis);
    }

    @Nullable
    Double number() throws IOException, Malformed {
        JsonToken token = in.nextToken();
        return token == JsonToken.VALUE_NULL ? null : (Double) decimal(token);
    }

    /** The value that {@link #list} stepped onto, where it is none. */
    @Nullable
    Double numberHere() throws IOException, Malformed {
        JsonToken token = in.currentToken();
        return token == JsonToken.VALUE_NULL ? null : (Double) decimal(token);
    }

    @Nullable
    Long whole() throws IOException, Malformed {
        JsonToken token = in.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_NUMBER_INT) {
            throw notANumber(token, "a whole number belongs here");
        }
        return in.getLongValue();
    }

    @Nullable
    String text() throws IOException, Malformed {
        JsonToken token = in.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_STRING) {
            throw malformed("text belongs here, not " + shown(token));
        }
        return in.getText();
    }

    private double decimal(JsonToken token) throws IOException, Malformed {
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
            throw notANumber(token, "a number belongs here");
        }
        double value = in.getDoubleValue();
        double size = Math.abs(value);
        if (size >= 1 / LARGEST && size <= LARGEST) {
            return value;
        }
        if (value != 0 || hidesDigits()) {
            throw notANumber(token, "a finite number with an exponent of at most 30 either way belongs here");
        }
        return value;
    }

    /** Whether what became zero was written as something else: {@code 1e-999}. */
    private boolean hidesDigits() throws IOException {
        for (char c : in.getText().toCharArray()) {
            if (c == 'e' || c == 'E') {
                return false;
            }
            if (c >= '1' && c <= '9') {
                return true;
            }
        }
        return false;
    }

    /** @return the value, which is there */
    <V> V required(@Nullable V value, String name) throws Malformed {
        if (value == null) {
            String path = path();
            throw new Malformed(
                    RejectCode.MISSING_VALUE, "%s is missing".formatted(path.isEmpty() ? name : path + "." + name));
        }
        return value;
    }

    Malformed malformed(String what) {
        return new Malformed(RejectCode.MALFORMED, "%s: %s".formatted(path(), what));
    }

    private Malformed missingHere() {
        return new Malformed(RejectCode.MISSING_VALUE, "%s is missing".formatted(path()));
    }

    private Malformed twice() {
        return malformed("stands here twice: a field comes once");
    }

    private Malformed notANumber(JsonToken token, String what) throws IOException {
        RejectCode code = token.isStructStart() ? RejectCode.MALFORMED : RejectCode.NOT_A_NUMBER;
        return new Malformed(code, "%s: %s, not %s".formatted(path(), what, shown(token)));
    }

    private String shown(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "\"" + cut(in.getText()) + "\"";
            default -> cut(in.getText());
        };
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 80 ? line.substring(0, 80) + "…" : line;
    }

    /** Where the cursor stands: {@code feedA.volts[1]}; empty at the top. */
    String path() {
        return cut(in.getParsingContext()
                .pathAsPointer()
                .toString()
                .replaceAll("/(\\d+)(?=/|$)", "[$1]")
                .replace('/', '.')
                .replaceFirst("^\\.", ""));
    }
}
