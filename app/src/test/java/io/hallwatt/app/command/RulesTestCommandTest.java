package io.hallwatt.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hallwatt.app.Cli;
import io.hallwatt.app.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesTestCommandTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "rules");

    private static final Path SITE = Path.of("src", "test", "resources", "container", "site.yaml");

    @TempDir
    Path folder;

    private Path tests;

    @BeforeEach
    void copy() throws IOException {
        Files.copy(EXAMPLE.resolve("rules.yaml"), folder.resolve("rules.yaml"));
        tests = Files.copy(EXAMPLE.resolve("rules-test.yaml"), folder.resolve("rules-test.yaml"));
    }

    @Test
    void the_example_passes() {
        Outcome outcome = Cli.run(Map.of(), "rules", "test", tests.toString());

        assertThat(outcome.exit()).as(outcome.out() + outcome.err()).isZero();
        assertThat(outcome.out()).startsWith("Unit Testing:  " + tests).contains("  SUCCESS");
    }

    @Test
    void the_edit_that_the_example_proposes_fails_as_it_says() throws IOException {
        replace("rules.yaml", "clear: 38000", "clear: 40000");

        Outcome outcome = Cli.run(Map.of(), "rules", "test", tests.toString());

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out())
                .contains("  FAILED:")
                .contains("name: a rack above its contract fires after 30 s")
                .contains("alertname: RackAboveContract, time: 1m,")
                .contains("got:[]");
    }

    @Test
    void json_is_one_document() throws IOException {
        replace("rules.yaml", "clear: 38000", "clear: 40000");

        Outcome outcome = Cli.run(Map.of(), "rules", "test", tests.toString(), "--json");

        JsonNode document = new ObjectMapper().readTree(outcome.out());
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(document.at("/files/0/tests").intValue()).isEqualTo(2);
        assertThat(document.at("/files/0/failed/0/alertname").textValue()).isEqualTo("RackAboveContract");
        assertThat(document.at("/files/0/failed/0/expected/0/labels/rack").textValue())
                .isEqualTo("r001");
        assertThat(document.at("/files/0/failed/0/got")).isEmpty();
    }

    @Test
    void rule_files_are_found_by_pattern_and_a_bad_one_gives_its_place() throws IOException {
        replace("rules-test.yaml", "- rules.yaml", "- rule?.y*ml");
        replace("rules.yaml", "> 40000", ">");

        Outcome outcome = Cli.run(Map.of(), "rules", "test", tests.toString());

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).startsWith(folder.resolve("rules.yaml") + ":7:");
    }

    @Test
    void a_pattern_that_finds_nothing_is_said() throws IOException {
        replace("rules-test.yaml", "- rules.yaml", "- none*.yaml");

        Outcome outcome = Cli.run(Map.of(), "rules", "test", tests.toString());

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("rule_files: no file is called").contains("none*.yaml");
    }

    @Test
    void of_what_the_site_has_not_nothing_is_missing() throws IOException {
        Files.writeString(folder.resolve("units.yaml"), """
                groups:
                - name: g
                  rules:
                  - {alert: Down, expr: hallwatt_hall_cooling_unit_failed == 1, on_missing: breach}
                """);
        Path units = Files.writeString(folder.resolve("units-test.yaml"), """
                rule_files: [units.yaml]
                evaluation_interval: 1s
                tests:
                  - interval: 1s
                    input_series:
                      - series: 'hallwatt_hall_cooling_unit_failed{site="small",hall="h01",unit="crah-9"}'
                        values: 0 0 stale
                    alert_rule_test:
                      - eval_time: 5s
                        alertname: Down
                        exp_alerts: []
                """);

        Outcome without = Cli.run(Map.of(), "rules", "test", units.toString());
        Outcome with = Cli.run(Map.of(), "rules", "test", units.toString(), "--site", SITE.toString());

        assertThat(without.exit()).as(without.out()).isEqualTo(1);
        assertThat(with.exit()).as(with.out() + with.err()).isZero();
    }

    private void replace(String file, String what, String by) throws IOException {
        Path path = folder.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(what);
        Files.writeString(path, text.replace(what, by));
    }
}
