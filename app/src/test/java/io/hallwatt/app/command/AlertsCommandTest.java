package io.hallwatt.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hallwatt.app.Cli;
import io.hallwatt.app.Cli.Outcome;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.wire.Codecs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsCommandTest {
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

    @TempDir
    Path folder;

    @BeforeEach
    void log() throws IOException {
        List<AlertTransition> log = List.of(
                told("Hot", "h01", AlertState.INACTIVE, AlertState.PENDING, 0, 0),
                told("Hot", "h01", AlertState.PENDING, AlertState.FIRING, 60, 0),
                told("Hot", "h01", AlertState.FIRING, AlertState.INACTIVE, 300, 0),
                told("Cold", "h02", AlertState.INACTIVE, AlertState.FIRING, 600, 600));
        Files.writeString(
                folder.resolve("alerts.jsonl"),
                log.stream()
                        .map(t -> new String(Codecs.ALERT_TRANSITION.write(t), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    @Test
    void the_history_tells_who_when_how_long_and_how_it_ended() {
        Outcome outcome = alerts("history");

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines().skip(1))
                .satisfiesExactly(
                        hot -> assertThat(hot.split(" +"))
                                .startsWith("2026-01-15T12:00:00Z", "5m", "resolved", "critical", "Hot", "h01/r001"),
                        cold -> assertThat(cold).contains("firing").contains("Cold"));
    }

    @Test
    void a_list_is_of_what_lasts_and_options_narrow_it() {
        assertThat(alerts("list").out()).contains("Cold").doesNotContain("Hot");
        assertThat(alerts("history", "--rule", "Hot").out()).contains("Hot").doesNotContain("Cold");
        assertThat(alerts("history", "--hall", "h02").out()).contains("Cold").doesNotContain("Hot");
        assertThat(alerts("history", "--state", "inactive").out())
                .contains("Hot")
                .doesNotContain("Cold");
        assertThat(alerts("history", "--to", "2026-01-15T12:05:00Z").out())
                .contains("Hot")
                .doesNotContain("Cold");
        assertThat(alerts("history", "--from", "2026-01-15T12:05:00Z").out())
                .contains("Cold")
                .doesNotContain("Hot");
        assertThat(alerts("list", "--rule", "Hot").out()).isEqualToIgnoringNewLines("none");
    }

    @Test
    void one_that_is_pending_is_said_to_fire_only_if_it_lasts() throws IOException {
        AlertTransition pending = told("Slow", "h05", AlertState.INACTIVE, AlertState.PENDING, 700, 700);
        Files.write(
                folder.resolve("alerts.jsonl"),
                Codecs.ALERT_TRANSITION.write(new AlertTransition(
                        pending.fingerprint(),
                        pending.rule(),
                        pending.labels(),
                        pending.annotations(),
                        pending.from(),
                        pending.to(),
                        pending.at(),
                        pending.since(),
                        pending.value(),
                        pending.threshold(),
                        null,
                        null,
                        null,
                        NOON.plusSeconds(760))),
                StandardOpenOption.APPEND);

        assertThat(alerts("list", "--rule", "Slow").out())
                .contains("pending")
                .contains("fires at 2026-01-15T12:12:40Z if it lasts: Slow it is");
        assertThat(new ObjectMapper()
                        .readTree(alerts("list", "--json").out())
                        .at("/alerts")
                        .findValuesAsText("fires"))
                .containsExactly("null", "2026-01-15T12:12:40Z");
    }

    @Test
    void what_never_fired_is_left_out_of_the_table_unless_asked_for_and_said_to_be() throws IOException {
        Path log = folder.resolve("alerts.jsonl");
        for (AlertTransition calm : List.of(
                told("Calm", "h03", AlertState.INACTIVE, AlertState.PENDING, 0, 0),
                told("Calm", "h03", AlertState.PENDING, AlertState.INACTIVE, 9, 0))) {
            Files.write(log, Codecs.ALERT_TRANSITION.write(calm), StandardOpenOption.APPEND);
            Files.writeString(log, "\n", StandardOpenOption.APPEND);
        }

        assertThat(alerts("history").out()).doesNotContain("Calm");
        assertThat(alerts("history").err()).contains("1 more were over before they fired; --all shows them.");
        assertThat(alerts("history", "--all").out()).contains("Calm").contains("never fired");
        assertThat(alerts("history", "--format", "csv").out()).contains("Calm");
    }

    @Test
    void who_was_not_told_is_said() throws IOException {
        AlertTransition planned = told("Quiet", "h04", AlertState.INACTIVE, AlertState.FIRING, 700, 700);
        Files.write(
                folder.resolve("alerts.jsonl"),
                Codecs.ALERT_TRANSITION.write(new AlertTransition(
                        planned.fingerprint(),
                        planned.rule(),
                        planned.labels(),
                        planned.annotations(),
                        planned.from(),
                        planned.to(),
                        planned.at(),
                        planned.since(),
                        planned.value(),
                        planned.threshold(),
                        "ups-test",
                        null,
                        null,
                        null)),
                StandardOpenOption.APPEND);

        Outcome list = alerts("list");

        assertThat(list.out()).contains("(planned work ups-test: nobody was told) Quiet it is");
        assertThat(alerts("history", "--rule", "Hot").err()).doesNotContain("data ends");
        assertThat(new ObjectMapper()
                        .readTree(alerts("list", "--json").out())
                        .at("/alerts")
                        .findValuesAsText("plannedWork"))
                .contains("ups-test");
    }

    @Test
    void what_lasts_is_counted_until_the_data_ends_and_not_until_now() throws IOException {
        StringBuilder windows = new StringBuilder();
        for (int second = 600; second < 690; second++) {
            windows.append(new String(
                            Codecs.HALL_METRICS.write(new HallMetrics(
                                    new SiteId("s1"),
                                    new HallId("h02"),
                                    new Window(NOON.plusSeconds(second), Resolution.SECOND),
                                    0,
                                    1,
                                    Quantities.NONE)),
                            StandardCharsets.UTF_8))
                    .append('\n');
        }
        Files.writeString(folder.resolve("metrics.hall.1s.jsonl"), windows);

        Outcome list = alerts("list");

        assertThat(list.out().lines().skip(1))
                .singleElement()
                .satisfies(cold -> assertThat(cold.split(" +"))
                        .startsWith("2026-01-15T12:10:00Z", "1m30s", "firing", "critical", "Cold"));
        assertThat(list.err())
                .contains(
                        "The data ends at 2026-01-15T12:11:30Z: what was still pending, firing or unknown then is shown so, and is counted until then.");
        JsonNode json = new ObjectMapper().readTree(alerts("list", "--json").out());
        assertThat(json.at("/dataEnded").textValue()).isEqualTo("2026-01-15T12:11:30Z");
        assertThat(json.at("/alerts/0/firingSeconds").longValue()).isEqualTo(90);
        assertThat(alerts("list", "--format", "csv").out()).contains(",2026-01-15T12:10:00Z,,90,90,");
    }

    @Test
    void without_windows_the_data_ends_with_what_was_told_last() {
        Outcome list = alerts("list");

        assertThat(list.out().lines().skip(1)).singleElement().asString().contains("  0s  firing");
        assertThat(list.err()).contains("The data ends at 2026-01-15T12:10:00Z");
    }

    @Test
    void a_demo_broker_is_said_to_have_a_port_of_its_own_where_none_answers() {
        Outcome away = Cli.run(Map.of(), "alerts", "list", "--bootstrap-servers", "127.0.0.1:1");

        assertThat(away.exit()).isEqualTo(3);
        assertThat(away.err())
                .contains("Kafka at 127.0.0.1:1 does not answer")
                .contains("The broker of a demo has a port of its own")
                .contains("--data-dir");
    }

    @Test
    void json_and_csv_are_documents() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(alerts("history", "--format", "json").out());
        String csv = alerts("history", "--format", "csv").out();

        assertThat(json.at("/alerts/0/firingSeconds").longValue()).isEqualTo(240);
        assertThat(json.at("/alerts/1/ended").isNull()).isTrue();
        assertThat(json).isEqualTo(new ObjectMapper().readTree(json.toString()));
        assertThat(csv).startsWith("rule,severity,state,").contains("\r\nHot,critical,inactive,s1,h01,r001,");
    }

    @Test
    void what_contradicts_itself_is_bad_usage() {
        assertThat(alerts("history", "--since", "7d", "--from", "2026-01-15T12:05:00Z")
                        .exit())
                .isEqualTo(2);
        assertThat(alerts("history", "--from", "2026-01-15T12:05:00Z", "--to", "2026-01-15T12:00:00Z")
                        .err())
                .contains("nothing lies between");
        assertThat(alerts("list", "--data-dir", folder.toString()).err()).contains("--input and --data-dir");
        assertThat(Cli.run(Map.of(), "alerts", "list", "--data-dir", folder.toString())
                        .err())
                .contains("no run has kept anything there");
    }

    private Outcome alerts(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "alerts";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--input";
        all[words.length + 2] = folder.toString();
        return Cli.run(Map.of(), all);
    }

    private static AlertTransition told(String rule, String hall, AlertState from, AlertState to, long at, long since) {
        return new AlertTransition(
                "%016x".formatted(rule.hashCode()),
                rule,
                new TreeMap<>(
                        Map.of("alertname", rule, "severity", "critical", "site", "s1", "hall", hall, "rack", "r001")),
                new TreeMap<>(Map.of("summary", rule + " it is")),
                from,
                to,
                NOON.plusSeconds(at),
                NOON.plusSeconds(since),
                28.0,
                27.0);
    }
}
