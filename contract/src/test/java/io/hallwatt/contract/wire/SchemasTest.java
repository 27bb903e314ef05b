package io.hallwatt.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.docs.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemasTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    enum Schema {
        RACK_READING(RackReading.class, null),
        COOLING_READING(CoolingReading.class, null),
        SUPPLY_READING(SupplyReading.class, null),
        HALL_METRICS(HallMetrics.class, Scope.HALL),
        SITE_METRICS(SiteMetrics.class, Scope.SITE),
        RACK_FRAME(RackFrameShape.class, Scope.RACK),
        ENERGY_HOUR(EnergyHour.class, null),
        ALERT_TRANSITION(AlertTransition.class, null),
        SITE(SiteShape.class, null);

        private final Class<?> type;
        private final @Nullable Scope scope;

        Schema(Class<?> type, @Nullable Scope scope) {
            this.type = type;
            this.scope = scope;
        }

        String file() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        ObjectNode schema() {
            return RecordSchema.of(file(), type, scope);
        }
    }

    @ParameterizedTest
    @EnumSource
    void docs_schemas_are_current(Schema schema) throws IOException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        String text = MAPPER.writer(
                        new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
                .writeValueAsString(schema.schema());

        GeneratedFile.isCurrent("docs/schemas/" + schema.file() + ".schema.json", text + "\n");
    }

    @ParameterizedTest
    @EnumSource
    void the_golden_records_are_as_their_schema_says(Schema schema) throws IOException {
        Path golden = Path.of("src", "test", "resources", "golden", schema.file() + ".json");

        for (String line : Files.readAllLines(golden)) {
            conforms("", MAPPER.readTree(line), schema.schema());
        }
    }

    /** The part of JSON Schema that is used here, and stricter: every field must be described. */
    private static void conforms(String path, JsonNode value, JsonNode schema) {
        if (schema.has("anyOf")) {
            boolean number = value.isNumber();
            for (JsonNode one : schema.get("anyOf")) {
                if (number == one.path("type").asText().equals("number")) {
                    conforms(path, value, one);
                }
            }
            return;
        }
        assertThat(schema.path("type").toString() + schema.path("const"))
                .as(path)
                .contains(typeOf(value, schema));
        if (schema.has("pattern")) {
            assertThat(value.textValue())
                    .as(path)
                    .containsPattern(schema.get("pattern").textValue());
        }
        schema.path("required")
                .forEach(name -> assertThat(value.has(name.textValue()))
                        .as(path + " has " + name)
                        .isTrue());
        if (value.isArray()) {
            value.forEach(item -> conforms(path + "[]", item, schema.get("items")));
        }
        value.properties().forEach(field -> conforms(path + "." + field.getKey(), field.getValue(), of(field, schema)));
    }

    private static JsonNode of(Map.Entry<String, JsonNode> field, JsonNode schema) {
        JsonNode plain = schema.path("properties").get(field.getKey());
        if (plain != null) {
            return plain;
        }
        for (Map.Entry<String, JsonNode> pattern :
                schema.path("patternProperties").properties()) {
            if (field.getKey().matches(pattern.getKey())) {
                return pattern.getValue();
            }
        }
        JsonNode others = schema.get("additionalProperties");
        assertThat(others).as("schema of " + field.getKey()).isNotNull();
        return others;
    }

    private static String typeOf(JsonNode value, JsonNode schema) {
        if (schema.has("const")) {
            return value.toString();
        }
        return switch (value.getNodeType()) {
            case NUMBER ->
                value.isIntegralNumber() && schema.path("type").asText().equals("integer") ? "integer" : "number";
            case OBJECT -> "object";
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            default -> "string";
        };
    }
}
