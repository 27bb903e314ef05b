package io.hallwatt.contract.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.config.Durations;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the values inside records look in JSON where that is not plain: times, durations, quantities, columns. */
final class RecordShapes extends SimpleModule {
    private static final long serialVersionUID = 1;

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    RecordShapes() {
        super("hallwatt");
        text(Instant.class, MILLIS::format, RecordShapes::instant);
        text(
                Duration.class,
                Durations::format,
                text -> Durations.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException("\"%s\" is no duration".formatted(text))));
        text(ZoneId.class, ZoneId::getId, RecordShapes::zone);
        addSerializer(Quantities.class, new QuantitiesWriter());
        addDeserializer(Quantities.class, new QuantitiesReader());
        addSerializer(double[].class, new ColumnValuesWriter());
        addDeserializer(double[].class, new ColumnValuesReader());
    }

    private interface FromText<V> {
        V read(String text);
    }

    private interface ToText<V> {
        String write(V value);
    }

    private <V> void text(Class<V> type, ToText<V> write, FromText<V> read) {
        addSerializer(type, new JsonSerializer<V>() {
            @Override
            public void serialize(V value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(write.write(value));
            }
        });
        addDeserializer(type, new JsonDeserializer<V>() {
            @Override
            public V deserialize(JsonParser in, DeserializationContext context) throws IOException {
                if (in.currentToken() != JsonToken.VALUE_STRING) {
                    throw context.wrongTokenException(in, type, JsonToken.VALUE_STRING, "text belongs here");
                }
                try {
                    return read.read(in.getText());
                } catch (IllegalArgumentException e) {
                    throw context.weirdStringException(in.getText(), type, String.valueOf(e.getMessage()));
                }
            }
        });
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("\"%s\" is no time: write 2026-01-15T12:00:00.000Z".formatted(text), e);
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException("\"%s\" is no time zone: write Africa/Casablanca".formatted(text), e);
        }
    }

    /** Integers stay integers: 7612345 and not 7612345.0; −0.0, which is none, stays as it is. */
    private static void number(JsonGenerator out, double value) throws IOException {
        if (value == Math.rint(value)
                && Math.abs(value) < 9.007199254740992e15
                && (value != 0 || Double.doubleToRawLongBits(value) == 0)) {
            out.writeNumber((long) value);
        } else {
            out.writeNumber(value);
        }
    }

    /** {@code {"of":"hall","itPowerWatts":7612345,"feedPowerWatts/A":1,"inletMaxCelsius":{"value":29.5,"where":"r017"},"partialPueRatio":{"unknown":"INCOMPLETE"}}}. */
    private static final class QuantitiesWriter extends JsonSerializer<Quantities> {
        /** Of metrics without dimensions, as nearly all are. */
        private static final Map<Metric, SerializableString> FIELDS = Arrays.stream(Metric.values())
                .collect(Collectors.toMap(
                        metric -> metric,
                        metric -> new SerializedString(metric.field()),
                        (one, other) -> one,
                        () -> new EnumMap<>(Metric.class)));

        @Override
        public void serialize(Quantities quantities, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeStartObject();
            boolean first = true;
            for (Quantities.Entry entry : quantities.entries()) {
                if (first) {
                    out.writeStringField("of", entry.metric().scope().text());
                    first = false;
                }
                if (entry.key().isEmpty()) {
                    out.writeFieldName(FIELDS.get(entry.metric()));
                } else {
                    out.writeFieldName(entry.metric().field() + "/" + entry.key());
                }
                switch (entry.quantity()) {
                    case Quantity.Measured m -> value(out, m.value(), m.where(), false);
                    case Quantity.Estimated e -> value(out, e.value(), e.where(), true);
                    case Quantity.Unknown u -> {
                        out.writeStartObject();
                        out.writeStringField("unknown", u.reason().name());
                        out.writeEndObject();
                    }
                }
            }
            out.writeEndObject();
        }

        private static void value(JsonGenerator out, double value, @Nullable String where, boolean estimated)
                throws IOException {
            if (where == null && !estimated) {
                number(out, value);
                return;
            }
            out.writeStartObject();
            out.writeFieldName("value");
            number(out, value);
            if (where != null) {
                out.writeStringField("where", where);
            }
            if (estimated) {
                out.writeBooleanField("estimated", true);
            }
            out.writeEndObject();
        }
    }

    /** A metric that this version does not know is passed over. */
    private static final class QuantitiesReader extends JsonDeserializer<Quantities> {
        private static final String OF = "of";
        private static final Map<String, Scope> SCOPES =
                Arrays.stream(Scope.values()).collect(Collectors.toMap(Scope::text, scope -> scope));

        @Override
        public Quantities deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.isExpectedStartObjectToken()) {
                String text = in.getText();
                in.skipChildren(); // what it may not hold at all is said first
                throw context.weirdStringException(text, Quantities.class, "an object belongs here");
            }
            Quantities.Builder quantities = Quantities.builder();
            if (OF.equals(in.nextFieldName())) { // as it is written here: read in one go
                Scope scope = in.nextToken() == JsonToken.VALUE_STRING ? SCOPES.get(in.getText()) : null;
                in.skipChildren();
                in.nextToken();
                members(scope, in, context, quantities);
            } else {
                JsonNode tree = context.readTree(in);
                try (JsonParser members = tree.traverse(in.getCodec())) {
                    members.nextToken();
                    members.nextToken();
                    members(SCOPES.get(tree.path(OF).asText()), members, context, quantities);
                }
            }
            return quantities.build();
        }

        /** From the name that the parser stands at to the end of the object. */
        private static void members(
                @Nullable Scope scope, JsonParser in, DeserializationContext context, Quantities.Builder quantities)
                throws IOException {
            while (in.currentToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                int slash = name.indexOf('/');
                String field = slash < 0 ? name : name.substring(0, slash);
                in.nextToken();
                Metric metric =
                        scope == null ? null : Metric.inRecord(scope, field).orElse(null);
                try {
                    if (metric == null) {
                        in.skipChildren();
                    } else {
                        quantities.put(metric, slash < 0 ? "" : name.substring(slash + 1), quantity(in));
                    }
                } catch (IllegalArgumentException e) {
                    throw context.weirdStringException(name, Quantities.class, String.valueOf(e.getMessage()));
                }
                in.nextToken();
            }
        }

        private static Quantity quantity(JsonParser in) throws IOException {
            if (in.currentToken().isNumeric()) {
                return Quantity.measured(in.getDoubleValue());
            }
            boolean object = in.isExpectedStartObjectToken();
            OptionalDouble value = OptionalDouble.empty();
            String where = null;
            String unknown = null;
            boolean estimated = false;
            while (object && in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                JsonToken token = in.nextToken();
                switch (name) {
                    case "value" ->
                        value = token.isNumeric() ? OptionalDouble.of(in.getDoubleValue()) : OptionalDouble.empty();
                    case "where" -> where = token == JsonToken.VALUE_STRING ? in.getText() : null;
                    case "unknown" -> unknown = token == JsonToken.VALUE_STRING ? in.getText() : null;
                    case "estimated" -> {
                        if (!token.isBoolean()) { // or an estimate would pass for a measurement
                            throw new IllegalArgumentException("estimated is true or false");
                        }
                        estimated = token == JsonToken.VALUE_TRUE;
                    }
                    default -> {
                        // of a later version
                    }
                }
                in.skipChildren();
            }
            if (value.isPresent()) {
                double known = value.getAsDouble();
                return estimated ? new Quantity.Estimated(known, where) : new Quantity.Measured(known, where);
            }
            if (unknown != null) {
                return Quantity.unknown(Reason.of(unknown));
            }
            throw new IllegalArgumentException("a quantity is a number, {\"value\":…} or {\"unknown\":…}");
        }
    }

    /** Absent values as null, −0.0 as 0. */
    private static final class ColumnValuesWriter extends JsonSerializer<double[]> {
        @Override
        public void serialize(double[] values, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartArray();
            for (double value : values) {
                if (Double.isNaN(value)) {
                    out.writeNull();
                } else {
                    number(out, value + 0.0);
                }
            }
            out.writeEndArray();
        }
    }

    private static final class ColumnValuesReader extends JsonDeserializer<double[]> {
        @Override
        public double[] deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.isExpectedStartArrayToken()) {
                throw context.wrongTokenException(in, double[].class, JsonToken.START_ARRAY, "a column is a list");
            }
            double[] values = new double[16];
            int count = 0;
            for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
                if (count == values.length) {
                    values = Arrays.copyOf(values, count * 2);
                }
                values[count++] = switch (token) {
                    case VALUE_NULL -> Double.NaN;
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getDoubleValue();
                    default ->
                        throw context.wrongTokenException(
                                in,
                                double[].class,
                                JsonToken.VALUE_NUMBER_FLOAT,
                                "numbers and null belong in a column");
                };
            }
            return Arrays.copyOf(values, count);
        }
    }
}
