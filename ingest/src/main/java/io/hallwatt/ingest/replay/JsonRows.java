package io.hallwatt.ingest.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object a line. Its keys are the columns, those of objects inside with a dot between; numbers stay the text that they are, so that nothing is rounded. */
final class JsonRows implements RowParser {
    private final Set<String> missing;

    JsonRows(Mapping.Shape shape) {
        this.missing = shape.missing();
    }

    @Override
    public Cells parse(String line) throws Malformed {
        if (line.isBlank()) {
            throw new Malformed(RejectCode.NOT_DATA, "an empty line, a JSON object expected.");
        }
        Map<String, @Nullable String> cells = new HashMap<>();
        try (JsonParser json = StrictJson.factory().createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new Malformed(RejectCode.NOT_DATA, "no JSON object (\"%s\").".formatted(Shown.cut(line)));
            }
            object(json, "", cells);
            if (json.nextToken() != null) {
                throw new Malformed(RejectCode.MALFORMED, "text follows the JSON object; write one a line.");
            }
        } catch (JsonProcessingException e) {
            Malformed malformed = StrictJson.malformed(e);
            throw new Malformed(malformed.code(), "%s (\"%s\").".formatted(malformed.reason(), Shown.cut(line)));
        } catch (IOException e) {
            throw new UncheckedIOException("from a text in memory", e);
        }
        return cells::get;
    }

    private void object(JsonParser json, String path, Map<String, @Nullable String> cells)
            throws IOException, Malformed {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = path + json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT) {
                object(json, name + ".", cells);
            } else if (value == JsonToken.START_ARRAY) {
                json.skipChildren();
            } else if (cells.containsKey(name)) {
                throw new Malformed(
                        RejectCode.MALFORMED,
                        "two keys are column \"%s\", as in {\"a\":{\"b\":1},\"a.b\":2}; write one of them."
                                .formatted(Shown.cut(name)));
            } else {
                cells.put(
                        name,
                        value == JsonToken.VALUE_NULL
                                ? null
                                : known(json.getText().strip()));
            }
        }
    }

    private @Nullable String known(String text) {
        return text.isEmpty() || missing.contains(text) ? null : text;
    }
}
