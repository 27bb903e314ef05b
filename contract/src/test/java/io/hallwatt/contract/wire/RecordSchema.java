package io.hallwatt.contract.wire;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hallwatt.contract.EnergySubject;
import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.catalogue.Unit;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON Schema 2020-12 of a record's wire form, from its class. What is not {@code @Nullable} is required; units (UCUM) come from the names' endings. */
final class RecordSchema {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String ID_PATTERN = "^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$";

    private final @Nullable Scope scope;

    private RecordSchema(@Nullable Scope scope) {
        this.scope = scope;
    }

    /** @param scope of the record's quantities, where it has any */
    static ObjectNode of(String name, Class<?> type, @Nullable Scope scope) {
        ObjectNode schema = MAPPER.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "urn:hallwatt:schema:%s:1".formatted(name));
        schema.put("title", name);
        schema.setAll(new RecordSchema(scope).record(type));
        return schema;
    }

    private ObjectNode record(Class<?> type) {
        ObjectNode schema = object();
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = MAPPER.createArrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.set(component.getName(), value(component.getName(), component.getAnnotatedType()));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(component.getName());
            }
        }
        schema.set("required", required);
        return schema;
    }

    private ObjectNode value(String name, AnnotatedType annotated) {
        Class<?> type = raw(annotated);
        if (type == double.class || type == Double.class) {
            return withUnit(name, type("number"));
        }
        if (type == long.class || type == Long.class || type == int.class || type == Integer.class) {
            ObjectNode whole = type("integer");
            return withUnit(name, whole.put("format", type == int.class || type == Integer.class ? "int32" : "int64"));
        }
        if (type == boolean.class) {
            return type("boolean");
        }
        if (type == String.class) {
            return type("string");
        }
        if (type == Instant.class) {
            return type("string").put("format", "date-time").put("pattern", "Z$");
        }
        if (type == Duration.class) {
            return type("string").put("pattern", "^([0-9]+(w|d|h|m|s|ms))+$");
        }
        if (type == ZoneId.class) {
            return type("string").put("x-kind", "IANA time zone");
        }
        if (type == EnergySubject.class) {
            return type("string").put("pattern", "^(hall/[^/]+/(it|cooling)|source/[^/]+/(delivered|drawn))$");
        }
        if (type.isEnum()) {
            return enumeration(type);
        }
        if (type == FeedReading.class) {
            return feed();
        }
        if (type == Quantities.class) {
            return quantities();
        }
        if (Collection.class.isAssignableFrom(type)) {
            ObjectNode list = type("array");
            list.set("items", value(name, argument(annotated, 0)));
            return list;
        }
        if (Map.class.isAssignableFrom(type)) {
            return map(annotated);
        }
        if (Arrays.stream(type.getRecordComponents())
                .anyMatch(c -> c.getAccessor().isAnnotationPresent(JsonValue.class))) {
            return type("string").put("pattern", ID_PATTERN);
        }
        return record(type);
    }

    private ObjectNode map(AnnotatedType annotated) {
        ObjectNode map = object();
        if (raw(argument(annotated, 1)) != double[].class) {
            map.set("additionalProperties", value("", argument(annotated, 1)));
            return map;
        }
        byMetric(map, unit -> {
            ObjectNode column = type("array");
            column.set("items", MAPPER.createObjectNode().set("type", either("number", "null")));
            return column.put("x-unit", unit.ucum());
        });
        return map;
    }

    private ObjectNode quantities() {
        ObjectNode schema = object();
        schema.putObject("properties").putObject("of").put("const", scope().text());
        byMetric(schema, RecordSchema::quantity);
        return schema;
    }

    private interface ByUnit {
        ObjectNode schema(Unit unit);
    }

    private void byMetric(ObjectNode schema, ByUnit byUnit) {
        ObjectNode plain = schema.withObjectProperty("properties");
        ObjectNode keyed = MAPPER.createObjectNode();
        for (Metric metric : Metric.values()) {
            if (metric.scope() == scope()) {
                if (metric.dimensions().isEmpty()) {
                    plain.set(metric.field(), byUnit.schema(metric.unit()));
                } else {
                    String keys = "/[^/]+".repeat(metric.dimensions().size());
                    keyed.set("^" + metric.field() + keys + "$", byUnit.schema(metric.unit()));
                }
            }
        }
        schema.set("patternProperties", keyed);
    }

    private static ObjectNode quantity(Unit unit) {
        ObjectNode detailed = object();
        ObjectNode properties = detailed.putObject("properties");
        properties.set("value", type("number"));
        properties.set("where", type("string"));
        properties.set("estimated", type("boolean"));
        properties.set("unknown", enumeration(io.hallwatt.contract.Reason.class));
        ObjectNode quantity = MAPPER.createObjectNode();
        quantity.putArray("anyOf").add(type("number")).add(detailed);
        return quantity.put("x-unit", unit.ucum());
    }

    private static ObjectNode feed() {
        ObjectNode schema = object();
        ObjectNode properties = schema.putObject("properties");
        properties.set(
                "registerMilliwattHours",
                type("integer").put("format", "int64").put("x-unit", Unit.MILLIWATT_HOURS.ucum()));
        properties.set("volts", phases().put("x-unit", "V"));
        properties.set("amps", phases().put("x-unit", "A"));
        ObjectNode watts = properties.putObject("watts");
        watts.putArray("anyOf").add(type("number")).add(phases());
        watts.put("x-unit", "W");
        properties.set("totalWatts", type("number").put("x-unit", "W"));
        return schema;
    }

    private static ObjectNode phases() {
        ObjectNode phases = type("array");
        phases.set("items", type("number"));
        return phases.put("maxItems", 3);
    }

    /** Open for readers: new values may come, so they are named and not enforced; those of windows are fixed. */
    private static ObjectNode enumeration(Class<?> type) {
        ObjectNode schema = type("string");
        ArrayNode values = schema.putArray(type == Resolution.class ? "enum" : "x-known-values");
        for (Object constant : type.getEnumConstants()) {
            values.add(constant instanceof Resolution resolution ? resolution.text() : ((Enum<?>) constant).name());
        }
        return schema;
    }

    private static ObjectNode withUnit(String name, ObjectNode schema) {
        String unit = unit(name);
        return unit == null ? schema : schema.put("x-unit", unit);
    }

    private static @Nullable String unit(String name) {
        String capital = name.isEmpty() ? "" : Character.toUpperCase(name.charAt(0)) + name.substring(1);
        for (Unit unit : Unit.values()) {
            if (unit != Unit.COUNT && unit != Unit.WATTS && capital.endsWith(unit.fieldSuffix())) {
                return unit.ucum();
            }
        }
        Map<String, String> others = Map.of(
                "Watts", "W", "Amps", "A", "Percent", "%", "Millilitres", "mL", "Latitude", "deg", "Longitude", "deg");
        return others.entrySet().stream()
                .filter(other -> capital.endsWith(other.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(capital.equals("Completeness") ? "1" : null);
    }

    private Scope scope() {
        if (scope == null) {
            throw new IllegalStateException("quantities of which scope?");
        }
        return scope;
    }

    private static ObjectNode object() {
        return type("object");
    }

    private static ObjectNode type(String type) {
        return MAPPER.createObjectNode().put("type", type);
    }

    private static ArrayNode either(String one, String other) {
        return MAPPER.createArrayNode().add(one).add(other);
    }

    private static AnnotatedType argument(AnnotatedType annotated, int index) {
        return ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments()[index];
    }

    private static Class<?> raw(AnnotatedType annotated) {
        return switch (annotated.getType()) {
            case Class<?> type -> type;
            case java.lang.reflect.ParameterizedType type -> (Class<?>) type.getRawType();
            default -> throw new IllegalArgumentException("no schema for " + annotated.getType());
        };
    }
}
