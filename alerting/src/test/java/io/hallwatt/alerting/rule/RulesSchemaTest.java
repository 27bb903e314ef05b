package io.hallwatt.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hallwatt.alerting.state.OnMissing;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.yaml.Yaml;
import io.hallwatt.contract.yaml.YamlSection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/schemas/rules.schema.json, which editors complete and check by, against the reader that decides. */
class RulesSchemaTest {
    private static final Pattern KNOWN = Pattern.compile("known here: (?<keys>.*)");
    private static final String UNKNOWN = "qqqqqqqqqq";

    private final JsonNode schema = schema();

    @ParameterizedTest
    @CsvSource({
        "properties,               '%s: 1'",
        "$defs/group/properties,   'groups: [{name: g, rules: [], %s: 1}]'",
        "$defs/rule/properties,    'groups: [{name: g, rules: [{alert: A, expr: vector(1), %s: 1}]}]'",
        "$defs/rule/properties/flapping/properties, 'groups: [{name: g, rules: [{alert: A, expr: vector(1), flapping: {firings: 0, %s: 1}}]}]'",
    })
    void the_schema_has_the_keys_that_the_reader_knows_and_no_other(String place, String text) {
        List<String> keys = new ArrayList<>();
        schema.at("/" + place).fieldNames().forEachRemaining(keys::add);

        assertThat(keys).containsExactlyInAnyOrderElementsOf(known(text.formatted(UNKNOWN)));
    }

    @Test
    void the_schema_has_the_choices_that_the_reader_knows() {
        List<String> choices = new ArrayList<>();
        schema.at("/$defs/rule/properties/on_missing/enum").forEach(choice -> choices.add(choice.textValue()));

        assertThat(choices)
                .containsExactlyElementsOf(Arrays.stream(OnMissing.values())
                        .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void the_rules_that_come_with_hallwatt_keep_to_the_schema() {
        YamlSection file = Objects.requireNonNull(Yaml.read(RuleSet.defaultText(), new Faults("default.yaml")));
        String duration = schema.at("/$defs/duration/pattern").textValue();

        for (YamlSection group : file.sections("groups")) {
            assertThat(schema.at("/$defs/group/properties").has(group.keys().getFirst()))
                    .isTrue();
            for (YamlSection rule : group.sections("rules")) {
                assertThat(rule.keys())
                        .allMatch(key -> schema.at("/$defs/rule/properties").has(key));
                for (String key : List.of("for", "keep_firing_for", "max_gap")) {
                    rule.optionalScalar(key).ifPresent(text -> assertThat(text).matches(duration));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0s",
                "500ms",
                "30s",
                "5m",
                "1h30m",
                "1w2d",
                "30m1h",
                "5m5m",
                "1y",
                "1.5h",
                "5",
                "",
                "h",
                "-1s",
                "1m500ms",
                "1000000000s",
                "999999999s",
                "1 m"
            })
    void the_schema_takes_the_durations_that_the_reader_takes_and_no_other(String text) {
        assertThat(text.matches(schema.at("/$defs/duration/pattern").textValue()))
                .isEqualTo(Durations.parse(text).isPresent());
    }

    @Test
    void the_schema_asks_for_the_span_of_damping_where_the_reader_does() {
        JsonNode flapping = schema.at("/$defs/rule/properties/flapping");
        String rule = "groups: [{name: g, rules: [{alert: A, expr: vector(1), flapping: {firings: %d}}]}]";

        assertThat(flapping.at("/if/properties/firings/minimum").intValue()).isOne();
        assertThat(flapping.at("/then/required/0").textValue()).isEqualTo("within");
        assertThatThrownBy(() -> RuleSet.read("rules.yaml", rule.formatted(1))).hasMessageContaining("within");
        assertThat(RuleSet.read("rules.yaml", rule.formatted(0)).rules()).hasSize(1);
    }

    private static List<String> known(String text) {
        try {
            RuleSet.read("rules.yaml", text);
            throw new AssertionError("no fault in " + text);
        } catch (InvalidInput e) {
            Matcher known = KNOWN.matcher(e.faults().stream()
                    .filter(fault -> fault.contains(UNKNOWN))
                    .findFirst()
                    .orElseThrow());
            assertThat(known.find()).isTrue();
            return List.of(known.group("keys").split(", "));
        }
    }

    private static JsonNode schema() {
        try {
            return new JsonMapper()
                    .readTree(Path.of("..", "docs", "schemas", "rules.schema.json")
                            .toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
