package io.hallwatt.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hallwatt.app.Cli;
import io.hallwatt.app.Cli.Outcome;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.wire.Codecs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rules backtest} and {@code rules explain} over files as {@code replay --out} writes them. */
class RulesOverFilesTest {
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
    private static final String BUSY = """
            groups:
            - name: g
              rules:
              - {alert: Busy, expr: hallwatt_hall_it_power_watts > 5000, for: 2s}
            """;

    @TempDir
    Path folder;

    private Path rules;

    @BeforeEach
    void write() throws IOException {
        rules = Files.writeString(folder.resolve("rules.yaml"), BUSY);
        StringBuilder lines = new StringBuilder();
        double[] watts = {1000, 6000, 6000, 6000, 1000, 9000};
        for (int i = 0; i < watts.length; i++) {
            HallMetrics hall = new HallMetrics(
                    new SiteId("s1"),
                    new HallId("h01"),
                    new Window(NOON.plusSeconds(i), Resolution.SECOND),
                    0,
                    1,
                    Quantities.builder().put(Metric.HALL_IT_POWER, watts[i]).build());
            lines.append(new String(Codecs.HALL_METRICS.write(hall), StandardCharsets.UTF_8))
                    .append('\n');
        }
        Files.writeString(folder.resolve("metrics.hall.1s.jsonl"), lines);
        Files.writeString(folder.resolve("alerts.jsonl"), "");
    }

    @Test
    void a_backtest_lists_what_would_have_been_told() {
        Outcome outcome = run("backtest");

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .startsWith("6 windows from 2026-01-15T12:00:00Z to 2026-01-15T12:00:06Z (6s)")
                .containsPattern("Busy +1 +1s +1s +0 +100800\\.0 +1")
                .containsPattern("2026-01-15T12:00:04Z +Busy +h01 +pending → firing  6000");
    }

    @Test
    void a_log_that_says_otherwise_gives_exit_1() {
        Outcome outcome = run("backtest", "--against-log");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).contains("not in the log  2026-01-15T12:00:02Z");
    }

    @Test
    void a_log_that_is_the_same_gives_exit_0() throws IOException {
        JsonNode told = new ObjectMapper().readTree(run("backtest", "--json").out());
        StringBuilder log = new StringBuilder();
        told.at("/transitions").forEach(transition -> log.append(transition).append('\n'));
        Files.writeString(folder.resolve("alerts.jsonl"), log);

        Outcome outcome = run("backtest", "--against-log");

        assertThat(outcome.exit()).as(outcome.out()).isZero();
        assertThat(outcome.out()).contains("the live log is the same: 4 transitions");
    }

    @Test
    void other_rules_are_compared_by_how_often_they_would_have_fired() throws IOException {
        Path milder = Files.writeString(folder.resolve("milder.yaml"), BUSY.replace("5000", "7000"));

        Outcome outcome = run("backtest", "--against", milder.toString());

        assertThat(outcome.out())
                .contains("Busy fired 1 ×, in place of 0 ×: 1 time more")
                .contains("only here   2026-01-15T12:00:02Z  h01  for 3s");
    }

    @Test
    void a_span_without_windows_is_said() {
        Outcome outcome = run("backtest", "--from", "2027-01-01T00:00:00Z");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("No window lies between --from and --to");
    }

    @Test
    void an_explanation_is_for_a_person() {
        Outcome outcome = run("explain", "Busy");

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .startsWith("Busy  h01  inactive")
                .contains("The value 9000 is > 5000 in the newest window")
                .contains("reads     hallwatt_hall_it_power_watts = 9000");
        assertThat(run("explain", "Bussy").err()).contains("No rule is called Bussy; did you mean \"Busy\"?");
        assertThat(run("explain", "Busy", "--hall", "h09").err()).contains("no window of hall h09");
    }

    private Outcome run(String command, String... more) {
        List<String> words = new ArrayList<>(List.of("rules", command));
        words.addAll(List.of(more));
        words.addAll(List.of("--rules", rules.toString(), "--input", folder.toString()));
        return Cli.run(Map.of(), words.toArray(String[]::new));
    }
}
