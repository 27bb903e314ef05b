package io.hallwatt.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.app.Cli;
import io.hallwatt.app.Cli.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of a run's summary as scripts call it. */
class SummaryCommandTest {
    private static final String GOOD = """
            { "readings": { "sent": 12, "accepted": 10, "rejected": { "BAD_TIME": 2 } },
              "aggregated": { "readings": 7, "duplicates": 2, "late": 1 },
              "energy": { "registersMilliwattHours": 9, "hourlyMilliwattHours": 4, "openMilliwattHours": 5 },
              "windows": { "1s": 1, "1m": 0, "15m": 0, "1h": 0 },
              "alerts": [ { "rule": "Hot", "pending": 2, "firing": 2, "resolved": 2 },
                          { "rule": "Cold", "pending": 1, "firing": 0, "resolved": 0 } ],
              "lag": { "max": 3, "end": 0 },
              "latencyMillis": { "readingToHallMetric": { "p50": 1, "p99": 2, "max": 3 },
                                 "readingToAlert": { "p50": 4, "p99": 5, "max": 6 } },
              "startup": { "firstHallMetricMillis": 9500 } }
            """;

    @TempDir
    Path folder;

    @Test
    void a_run_of_which_everything_came_true_adds_up() throws Exception {
        Outcome outcome = check(GOOD, "--first-metric-within", "10s", "--alert", "Hot=resolved", "--latencies");

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("run.json: adds up");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void each_wish_that_did_not_come_true_is_told_with_both_figures() throws Exception {
        String slow = GOOD.replace("9500", "12500")
                .replace("\"firing\": 2, \"resolved\": 2", "\"firing\": 2, \"resolved\": 1")
                .replace("\"p99\": 5", "\"p99\": null")
                .replace("\"end\": 0", "\"end\": 4");

        Outcome outcome = check(
                slow,
                "--first-metric-within",
                "10s",
                "--alert",
                "Hot=resolved",
                "--alert",
                "Cold=fired",
                "--alert",
                "Gone=fired",
                "--latencies");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err().lines().map(line -> line.replaceFirst("^.*run\\.json: ", "")))
                .containsExactly(
                        "lag at the end 4, not 0",
                        "the first hall metric came after 12,500 ms, wanted within 10,000 ms",
                        "Cold did not fire",
                        "Gone did not fire",
                        "Hot fired 2 times and was resolved 1 time",
                        "latency readingToAlert was not measured");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void figures_read_alike_wherever_it_runs() throws Exception {
        Path run = Files.writeString(folder.resolve("run.json"), GOOD);
        ProcessBuilder egypt = Cli.process("summary", "check", run.toString(), "--first-metric-within", "1500ms");
        egypt.command().addAll(1, List.of("-Duser.language=ar", "-Duser.country=EG"));
        Process process = egypt.redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("the first hall metric came after 9,500 ms, wanted within 1,500 ms");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void what_was_not_asked_is_not_looked_at() throws Exception {
        Outcome outcome = check(GOOD.replace("9500", "null").replace("\"p99\": 5", "\"p99\": null"));

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(check(GOOD.replace("\"resolved\": 2", "\"resolved\": 0"), "--alert", "Hot=fired")
                        .exit())
                .isZero();
    }

    @Test
    void no_metric_at_all_is_told_and_not_taken_for_a_quick_one() throws Exception {
        assertThat(check(GOOD.replace("9500", "null"), "--first-metric-within", "10s")
                        .err())
                .contains("no hall metric came, wanted within 10,000 ms");
    }

    @Test
    void a_state_that_there_is_not_is_refused() throws Exception {
        Outcome outcome = check(GOOD, "--alert", "Hot=over");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("--alert").contains("over");
    }

    private Outcome check(String summary, String... options) throws Exception {
        Path file = Files.writeString(folder.resolve("run.json"), summary);
        List<String> words = new ArrayList<>(List.of("summary", "check", file.toString()));
        words.addAll(List.of(options));
        return Cli.run(Map.of(), words.toArray(String[]::new));
    }
}
