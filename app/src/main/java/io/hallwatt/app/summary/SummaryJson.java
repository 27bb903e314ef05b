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

/** Documents as JSON: a summary on standard output, rows in files. */
public final class SummaryJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
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
            JsonNode document = MAPPER.readTree(text);
            if (document.isMissingNode()) {
                throw new InvalidInput("%s: empty; a JSON summary was expected".formatted(where));
            }
            return document;
        } catch (JsonProcessingException e) {
            throw new InvalidInput("%s: no JSON document: %s".formatted(where, e.getOriginalMessage()));
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
