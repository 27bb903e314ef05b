package io.hallwatt.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.hallwatt.alerting.prometheus.MetricsEndpoint;
import io.hallwatt.alerting.reload.LiveRules;
import io.hallwatt.alerting.reload.RuleSource;
import io.hallwatt.alerting.state.FlapDamping;
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
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
                .startsWith("6 windows of 1s (hall), from 2026-01-15T12:00:00Z to 2026-01-15T12:00:06Z: 6s")
                .containsPattern("Busy +1 +1s +1s +0 +- +1")
                .contains("a week: of 6s nothing can be said; it takes 1d of a rule's windows at least")
                .containsPattern("2026-01-15T12:00:04Z +Busy +h01 +pending → firing  6\\.0 kW");
    }

    @Test
    void what_was_over_before_it_fired_is_counted_and_listed_where_it_is_asked_for() throws Exception {
        Files.writeString(rules, BUSY.replace("for: 2s", "for: 4s"));

        String usual = run("backtest").out();
        String all = run("backtest", "--all").out();

        assertThat(usual)
                .contains("2 more are of alerts that were over before they fired; --all shows them.")
                .doesNotContain("pending → inactive")
                .as("what lasts at the end is listed")
                .containsPattern("12:00:06Z +Busy +h01 +inactive → pending");
        assertThat(all).contains("pending → inactive").doesNotContain("--all shows them");
    }

    @Test
    void a_log_that_says_otherwise_gives_exit_1() {
        Outcome outcome = run("backtest", "--against-log");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out())
                .contains("not in the log  2026-01-15T12:00:02Z")
                .contains("the live log differs: 4 transitions are not in it, 0 only in it, 0 otherwise there");
    }

    @Test
    void what_was_told_twice_is_seen() throws IOException {
        JsonNode told = new ObjectMapper().readTree(run("backtest", "--json").out());
        StringBuilder log = new StringBuilder();
        told.at("/transitions").forEach(transition -> log.append(transition).append('\n'));
        log.append(told.at("/transitions/1")).append('\n');
        Files.writeString(folder.resolve("alerts.jsonl"), log);

        Outcome outcome = run("backtest", "--against-log");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out())
                .contains("only in the log 2026-01-15T12:00:04Z")
                .contains("the live log differs: 0 transitions are not in it, 1 only in it, 0 otherwise there");
    }

    @Test
    void of_a_transition_that_both_have_what_differs_is_told_with_both_values() throws IOException {
        JsonNode told = new ObjectMapper().readTree(run("backtest", "--json").out());
        StringBuilder log = new StringBuilder();
        told.at("/transitions").forEach(transition -> log.append(transition).append('\n'));
        Files.writeString(
                folder.resolve("alerts.jsonl"),
                log.toString().replaceFirst("\"annotations\":\\{}", "\"annotations\":{\"affected\":\"7\"}"));

        Outcome outcome = run("backtest", "--against-log");
        JsonNode json = new ObjectMapper()
                .readTree(run("backtest", "--against-log", "--json").out());

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out())
                .contains("otherwise there 2026-01-15T12:00:02Z")
                .contains("annotations.affected: here none, in the log \"7\"")
                .contains("0 transitions are not in it, 0 only in it, 1 otherwise there");
        assertThat(json.at("/otherwiseInLog/0/fields/0").textValue()).isEqualTo("annotations.affected");
        assertThat(json.at("/notInLog")).isEmpty();
    }

    @Test
    void a_time_without_windows_is_said_and_is_no_time_of_firing() throws IOException {
        String windows = Files.readString(folder.resolve("metrics.hall.1s.jsonl"));
        Files.writeString(
                folder.resolve("metrics.hall.1s.jsonl"),
                windows + windows.replace("2026-01-15T12:00", "2026-01-15T12:30"));

        Outcome outcome = run("backtest");
        JsonNode json = new ObjectMapper().readTree(run("backtest", "--json").out());

        assertThat(outcome.out())
                .contains("no windows from 2026-01-15T12:00:06Z to 2026-01-15T12:30:00Z: 29m54s, counted as no time");
        assertThat(json.at("/looked/0/holes/0/to").textValue()).isEqualTo("2026-01-15T12:30:00Z");
        assertThat(json.at("/rules/0/spanSeconds").longValue()).isEqualTo(12);
    }

    @Test
    void planned_work_counts_as_it_did_live() throws IOException {
        Path work = Files.writeString(folder.resolve("work.yaml"), """
                zone: UTC
                windows:
                  - name: test
                    reason: Battery test
                    matchers: ['alertname="Busy"']
                    from: 2026-01-15T12:00
                    to: 2026-01-15T13:00
                """);

        JsonNode planned = new ObjectMapper()
                .readTree(run("backtest", "--json", "--maintenance", work.toString())
                        .out());
        JsonNode unplanned =
                new ObjectMapper().readTree(run("backtest", "--json").out());

        assertThat(planned.at("/transitions").findValuesAsText("maintenance")).contains("test");
        assertThat(planned.at("/transitions"))
                .hasSameSizeAs(unplanned.at("/transitions"))
                .isNotEqualTo(unplanned.at("/transitions"));
    }

    @Test
    void planned_work_that_names_no_zone_is_by_the_clock_of_the_windows_site() throws IOException {
        String work = Files.writeString(folder.resolve("work.yaml"), """
                windows:
                  - name: test
                    reason: Battery test
                    matchers: ['alertname="Busy"']
                    from: 2026-01-15T21:00
                    to: 2026-01-15T22:00
                """).toString();
        String small = Files.readString(Path.of("src", "test", "resources", "container", "site.yaml"))
                .replace("zone: UTC", "zone: Asia/Tokyo");
        String tokyo = Files.writeString(folder.resolve("s1.yaml"), small.replace("id: small", "id: s1"))
                .toString();
        String other = Files.writeString(folder.resolve("other.yaml"), small).toString();

        JsonNode backtest = new ObjectMapper()
                .readTree(run("backtest", "--json", "--maintenance", work, "--site", tokyo)
                        .out());
        JsonNode explanation = new ObjectMapper()
                .readTree(run("explain", "Busy", "--json", "--maintenance", work, "--site", tokyo)
                        .out());

        assertThat(backtest.at("/transitions").findValuesAsText("maintenance")).contains("test");
        assertThat(explanation.at("/explanations/0/plannedWork").textValue()).isEqualTo("test");
        for (Outcome outcome : List.of(
                run("backtest", "--maintenance", work, "--site", other),
                run("explain", "Busy", "--maintenance", work, "--site", other))) {
            assertThat(outcome.exit()).isEqualTo(2);
            assertThat(outcome.err())
                    .contains("there are windows of site s1, and --site %s is of site small".formatted(other));
        }
        for (Outcome outcome :
                List.of(run("backtest", "--maintenance", work), run("explain", "Busy", "--maintenance", work))) {
            assertThat(outcome.exit()).isEqualTo(2);
            assertThat(outcome.err()).contains("name the site with --site, or write zone: into the file");
        }
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
                .startsWith(
                        "Explained are the rules of %s as they stand there now. Whether the stage runs them is not known"
                                .formatted(rules))
                .contains("Busy  h01  inactive")
                .contains("The value 9000 is > 5000 in the newest window")
                .contains("reads     hallwatt_hall_it_power_watts = 9000");
        assertThat(run("explain", "Bussy").err()).contains("No rule is called Bussy; did you mean \"Busy\"? Name the");
        assertThat(run("explain", "Quiet").err()).contains("No rule is called Quiet. Name the");
    }

    @Test
    void what_the_site_does_not_have_is_told_with_what_it_has() {
        assertThat(run("explain", "Busy", "--hall", "h09").err())
                .contains("There is no hall h09 in site s1; did you mean \"h01\"? It has h01.");
        assertThat(run("explain", "Busy", "--hall", "east").err()).contains("no hall east in site s1. It has h01.");
        assertThat(run("explain", "Busy", "--rack", "r001").err())
                .contains("Busy looks at halls, not at racks: leave --rack out.");
    }

    @Test
    void the_rules_that_run_are_explained_where_the_stage_tells_them() throws IOException {
        RuleSource running = () -> Map.of("running.yaml", BUSY.replace("5000", "9500"));
        LiveRules live = new LiveRules(running, FlapDamping.OFF, () -> NOON);
        try (MetricsEndpoint stage =
                new MetricsEndpoint(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), "127.0.0.1", 0, Map.of())) {
            stage.rulesFrom(live::running);
            String page = stage.uri() + "/metrics";

            Outcome alone =
                    Cli.run(Map.of(), "rules", "explain", "Busy", "--input", folder.toString(), "--metrics-url", page);
            Outcome beside = run("explain", "Busy", "--metrics-url", page);

            assertThat(alone.out())
                    .startsWith("Explained are the rules that run since 2026-01-15T12:00:00Z (running.yaml)")
                    .contains("The value 9000 is not > 9500");
            assertThat(beside.out())
                    .contains("The stage runs the rule otherwise, in expr")
                    .contains("The value 9000 is > 5000");
        }
        assertThat(run("explain", "Busy", "--metrics-url", "nowhere").err()).contains("is no address");
        assertThat(run("explain", "Busy", "--metrics-url", "http://127.0.0.1:1/metrics"))
                .satisfies(away -> assertThat(away.exit()).isEqualTo(3))
                .satisfies(away -> assertThat(away.err()).contains("http://127.0.0.1:1/rules: no answer"));
    }

    @Test
    void behind_a_proxy_the_rules_are_beside_the_page_that_was_named() throws IOException {
        String answer = """
                {"since":"2026-01-15T12:00:00Z","files":[{"name":"running.yaml","lines":[%s]}],"maintenance":[],"flapping":{"firings":0,"within":"0s"}}
                """.formatted(BUSY.lines().map("\"%s\""::formatted).collect(Collectors.joining(",")));
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            boolean known = exchange.getRequestURI().getPath().equals("/dc/hallwatt/rules");
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        proxy.start();
        try {
            String base = "http://127.0.0.1:%d/dc/hallwatt"
                    .formatted(proxy.getAddress().getPort());
            for (String page : List.of(base + "/metrics", base + "/metrics/", base + "/", base)) {
                Outcome outcome = Cli.run(
                        Map.of(), "rules", "explain", "Busy", "--input", folder.toString(), "--metrics-url", page);

                assertThat(outcome.out()).as(page + outcome.err()).contains("(running.yaml), as " + base + "/rules");
            }
        } finally {
            proxy.stop(0);
        }
    }

    private Outcome run(String command, String... more) {
        List<String> words = new ArrayList<>(List.of("rules", command));
        words.addAll(List.of(more));
        words.addAll(List.of("--rules", rules.toString(), "--input", folder.toString()));
        return Cli.run(Map.of(), words.toArray(String[]::new));
    }
}
