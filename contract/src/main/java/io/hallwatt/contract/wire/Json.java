package io.hallwatt.contract.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.hallwatt.contract.RejectCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;

/**
 * Records to JSON and back by their components' names. Readers ignore fields that they do not know; writers leave out what is absent.
 *
 * @param <T> the record
 */
final class Json<T extends Record> implements Codec<T> {
    private static final JsonMapper MAPPER = JsonMapper.builder(StrictJson.factory())
            .addModule(new RecordShapes())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .annotationIntrospector(
                    AnnotationIntrospector.pair(new JacksonAnnotationIntrospector(), new NullMarkedRecords()))
            .withCoercionConfig(LogicalType.Float, c -> c.setCoercion(CoercionInputShape.String, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Integer,
                    c -> c.setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .build();

    private final Class<T> type;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    private Json(Class<T> type) {
        this.type = type;
        this.reader = MAPPER.readerFor(type);
        this.writer = MAPPER.writerFor(type);
    }

    static <T extends Record> Json<T> of(Class<T> type) {
        return new Json<>(type);
    }

    @Override
    public byte[] write(T record) {
        try {
            return writer.writeValueAsBytes(record);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a %s that cannot be written".formatted(type.getSimpleName()), e);
        }
    }

    @Override
    public T read(byte[] bytes) throws Malformed {
        if (bytes == null) { // Kafka has records without a value; whoever reads topics of others meets them
            throw new Malformed(RejectCode.MALFORMED, "no value: a record belongs here");
        }
        StrictJson.requireLength(bytes.length, "bytes");
        T record;
        try {
            record = reader.readValue(bytes);
        } catch (InvalidNullException e) {
            throw new Malformed(RejectCode.MISSING_VALUE, "%s is missing".formatted(path(e)));
        } catch (JsonMappingException e) {
            throw new Malformed(StrictJson.code(e), "%s: %s".formatted(path(e), StrictJson.sentence(e)));
        } catch (JsonProcessingException e) {
            throw StrictJson.malformed(e);
        } catch (IOException e) {
            throw new Malformed(RejectCode.MALFORMED, "unreadable: " + e.getMessage());
        }
        if (record == null) {
            throw new Malformed(RejectCode.MALFORMED, "null where a %s belongs".formatted(type.getSimpleName()));
        }
        return record;
    }

    private static String path(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(at -> at.getFieldName() == null ? "[" + at.getIndex() + "]" : at.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "value" : path;
    }
}
