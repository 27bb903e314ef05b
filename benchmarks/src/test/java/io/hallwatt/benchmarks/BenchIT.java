package io.hallwatt.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A few seconds on a small site: not to measure, but to see that it does. */
class BenchIT {
    private record Outcome(int exit, String out, String err) {}

    @Test
    void a_run_loses_nothing_and_tells_all_figures() throws Exception {
        Outcome outcome = run(
                "bench",
                "--racks",
                "200",
                "--halls",
                "4",
                "--source",
                "generated",
                "--warm-up",
                "2s",
                "--for",
                "3s",
                "--json");

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(outcome.out());
        assertThat(report.path("lost").asLong(-1)).isZero();
        assertThat(report.path("lagEnd").asLong(-1)).isZero();
        assertThat(report.path("racks").asInt()).isEqualTo(200);
        assertThat(report.path("halls").asInt()).isEqualTo(4);
        assertThat(report.path("seconds").asDouble()).isGreaterThanOrEqualTo(3);
        assertThat(report.path("reportsPerSecond").asLong()).isPositive();
        assertThat(report.path("pointsPerSecond").asLong())
                .isGreaterThan(report.path("reportsPerSecond").asLong());
        assertThat(report.path("heapMaxBytes").asLong()).isPositive();
        assertThat(report.path("lagMax").isIntegralNumber()).isTrue();
        assertThat(report.path("latencyMillis")
                        .path("readingToHallMetric")
                        .path("p99")
                        .asLong())
                .isPositive();
        assertThat(report.path("peers").isArray()).isTrue();
        JsonNode readings = report.path("readings");
        assertThat(readings.path("rejected").asLong(-1)).isZero();
        assertThat(readings.path("accepted").asLong())
                .isPositive()
                .isEqualTo(readings.path("counted").asLong()
                        + readings.path("duplicates").asLong()
                        + readings.path("late").asLong());
    }

    @Test
    void the_time_of_each_stage_is_told_and_adds_up_to_the_whole() throws Exception {
        Outcome outcome = run(
                "bench",
                "--racks",
                "100",
                "--halls",
                "2",
                "--source",
                "simulator",
                "--warm-up",
                "2s",
                "--for",
                "3s",
                "--json");

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(outcome.out());
        Map<String, Double> cores = StreamSupport.stream(report.path("stages").spliterator(), false)
                .collect(java.util.stream.Collectors.toMap(
                        stage -> stage.path("stage").asText(),
                        stage -> stage.path("cores").asDouble()));
        assertThat(cores).containsKeys("ingest", "broker", "aggregate", "alerting", "observer", "gc", "jit", "other");
        assertThat(cores.get("ingest")).isPositive();
        assertThat(cores.get("broker")).isPositive();
        assertThat(cores.get("aggregate")).isPositive();
        assertThat(cores.get("alerting")).isPositive();
        assertThat(cores.values().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(report.path("cores").asDouble(), org.assertj.core.data.Offset.offset(0.01));
        assertThat(cores.get("other"))
                .as("threads whose stage is not known")
                .isLessThan(report.path("cores").asDouble() / 4);
    }

    @Test
    void a_simulator_as_fast_as_possible_is_refused_with_the_remedy() {
        Outcome outcome = run("bench", "--rate", "max");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("--rate max").contains("--source generated");
    }

    @Test
    void a_peer_that_there_is_not_is_refused_with_those_that_there_are() {
        Outcome outcome = run("bench", "--peers", "aggregate,flink");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("\"flink\" is no peer")
                .contains("producer,consumer,reader,dsl,same-metrics,aggregate");
    }

    @Test
    void a_size_that_cannot_be_is_refused_with_what_can() {
        Outcome outcome = run("bench", "--racks", "5", "--halls", "0");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("--racks is 5")
                .contains("100 to 100000")
                .contains("--halls is 0");
    }

    @Test
    void the_command_is_listed_and_explains_itself_within_80_columns() {
        Outcome top = run("--help");
        Outcome help = run("bench", "--help");

        assertThat(top.out()).contains("bench");
        assertThat(help.out())
                .contains("Usage: hallwatt bench")
                .contains("--peers")
                .contains("Examples:");
        assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    private static Outcome run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        int exit = Hallwatt.execute(terminal, Map.of(), words);
        return new Outcome(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
