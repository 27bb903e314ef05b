package io.hallwatt.app.summary;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.StrictJson;

/** Documents as JSON: a summary on standard output, rows in files. */
public final class SummaryJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder(StrictJson.factory())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private SummaryJson() {}

    /** Indented, without a line end. */
    public static String write(Object document) {
        return text(MAPPER.writer(), document);
    }

    /**
     * Reads one document.
     *
     * @throws InvalidInput if it is none
     */
    public static JsonNode read(String where, String text) {
        try {
            StrictJson.requireLength(text.length(), "characters");
            JsonNode document = MAPPER.readTree(text);
            if (document.isMissingNode()) {
                throw new InvalidInput("%s: empty; a JSON summary was expected".formatted(where));
            }
            return document;
        } catch (JsonProcessingException e) {
            throw new InvalidInput(
                    "%s: %s".formatted(where, StrictJson.malformed(e).reason()));
        } catch (Malformed e) {
            throw new InvalidInput("%s: %s".formatted(where, e.reason()));
        }
    }

    /** On one line, without a line end. */
    public static String line(Object document) {
        return text(MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT), document);
    }

    private static String text(ObjectWriter writer, Object document) {
        try {
            return writer.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
