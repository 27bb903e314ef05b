package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hallwatt.app.summary.SummaryCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as scripts call it, and a second start where the first ended. */
class DemoIT {
    @TempDir
    Path folder;

    @Test
    void the_summary_adds_up_and_a_second_start_goes_on() throws Exception {
        JsonNode first = demo();
        JsonNode second = demo();

        assertThat(SummaryCheck.faults(first)).isEmpty();
        assertThat(SummaryCheck.faults(second)).isEmpty();
        assertThat(second.at("/total/readings").longValue())
                .isGreaterThanOrEqualTo(first.at("/total/readings").longValue()
                        + second.at("/aggregated/readings").longValue());
        assertThat(second.at("/energy/registersMilliwattHours").longValue())
                .as("registers go on where they were")
                .isGreaterThan(first.at("/energy/registersMilliwattHours").longValue());
        assertThat(first.at("/windows/1s").longValue()).isPositive();
        assertThat(first.at("/startup/firstHallMetricMillis").isIntegralNumber())
                .isTrue();
        assertThat(first.at("/latencyMillis/readingToHallMetric/p99").isIntegralNumber())
                .isTrue();
        assertThat(first.at("/heapMaxBytes").longValue()).isPositive();
        assertThat(first.at("/alerts").findValuesAsText("rule")).contains("HallwattWatchdog");
    }

    /** Its process is far older than its JVM, as that of a launcher is which builds first. */
    @Test
    void the_first_metric_counts_from_the_start_of_java() throws Exception {
        List<String> held = new ArrayList<>(List.of("sh", "-c", "read go; exec \"$@\"", "sh"));
        held.addAll(Cli.process(words("1s")).command());
        Process second = new ProcessBuilder(held)
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        demo("8s");
        Instant released = Instant.now();
        try (var go = second.outputWriter()) {
            go.write("go\n");
        }

        JsonNode summary = new ObjectMapper().readTree(second.getInputStream());

        assertThat(second.waitFor()).as("exit code").isZero();
        assertThat(summary.at("/startup/firstHallMetricMillis").longValue())
                .isBetween(1L, Duration.between(released, Instant.now()).toMillis());
    }

    @Test
    void an_overload_fires_and_resolves_and_the_summary_says_so() throws Exception {
        Path scenario = Files.writeString(folder.resolve("overload.yaml"), """
                faults:
                  - { fault: breaker-overload, target: h02/r007, feed: A, to: 0.92, at: 3s, for: 6s }
                """);
        Path rules = Files.writeString(folder.resolve("rules.yaml"), """
                groups:
                  - name: power
                    rules:
                      - alert: RackFeedOverload
                        expr: hallwatt_rack_feed_load_ratio > 0.8
                        clear: 0.75
                        for: 2s
                        labels: { severity: warning }
                """);

        JsonNode summary = demo("16s", "--scenario", scenario.toString(), "--rules", rules.toString());

        assertThat(SummaryCheck.faults(summary)).isEmpty();
        assertThat(summary.at("/alerts")).as("one rack overloads, once").hasSize(1);
        assertThat(summary.at("/alerts/0/rule").textValue()).isEqualTo("RackFeedOverload");
        assertThat(summary.at("/alerts/0/pending").longValue()).isEqualTo(1);
        assertThat(summary.at("/alerts/0/firing").longValue()).isEqualTo(1);
        assertThat(summary.at("/alerts/0/resolved").longValue()).isEqualTo(1);
    }

    /** With the rules that come with it; of the ten seconds the loss is one, and the alert's own three. */
    @Test
    void a_lost_feed_fires_once_for_its_hall_within_ten_seconds() throws Exception {
        Path scenario = Files.writeString(folder.resolve("feed-loss.yaml"), """
                faults:
                  - { fault: feed-loss, target: h02, feed: B, at: 6s, for: 1h }
                """);

        JsonNode summary = demo("16s", "--scenario", scenario.toString());

        assertThat(SummaryCheck.faults(summary)).isEmpty();
        assertThat(fired(summary)).isEqualTo(Map.of("HallFeedLost", 1L, "HallwattWatchdog", 1L));
    }

    /** Nothing but the clock says so: no rack speaks any more, and cooling units go on in the same partitions, so that something is always under way. */
    @Test
    void racks_that_are_all_silent_are_told_though_their_cooling_speaks_on() throws Exception {
        Path scenario = Files.writeString(folder.resolve("silent-racks.yaml"), """
                faults:
                  - { fault: silence, target: h01/r001..r010, at: 4s, for: 1h }
                  - { fault: silence, target: h02/r001..r010, at: 4s, for: 1h }
                """);

        JsonNode summary = demo("24s", "--scenario", scenario.toString());

        assertThat(SummaryCheck.faults(summary)).isEmpty();
        assertThat(fired(summary)).containsEntry("HallSilent", 2L).containsEntry("SiteSilent", 1L);
    }

    private static Map<String, Long> fired(JsonNode summary) {
        Map<String, Long> fired = new HashMap<>();
        summary.at("/alerts").forEach(alert -> {
            if (alert.at("/firing").longValue() > 0) {
                fired.put(alert.at("/rule").textValue(), alert.at("/firing").longValue());
            }
        });
        return fired;
    }

    private JsonNode demo() throws Exception {
        return demo("8s");
    }

    private JsonNode demo(String length, String... more) throws Exception {
        return Cli.json(Map.of(), words(length, more));
    }

    private String[] words(String length, String... more) throws Exception {
        Path site = folder.resolve("site.yaml");
        try (var file = DemoIT.class.getResourceAsStream("small-site.yaml")) {
            Files.write(site, Objects.requireNonNull(file).readAllBytes());
        }
        List<String> words = new ArrayList<>(List.of(
                "demo",
                "--site",
                site.toString(),
                "--data-dir",
                folder.resolve("data").toString(),
                "--for",
                length,
                "--port",
                "0",
                "--json"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }
}
