package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hallwatt.app.summary.SummaryCheck;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private JsonNode demo() throws Exception {
        Path site = folder.resolve("site.yaml");
        try (var file = DemoIT.class.getResourceAsStream("small-site.yaml")) {
            Files.write(site, Objects.requireNonNull(file).readAllBytes());
        }
        return Cli.json(
                Map.of(),
                "demo",
                "--site",
                site.toString(),
                "--data-dir",
                folder.resolve("data").toString(),
                "--for",
                "8s",
                "--port",
                "0",
                "--json");
    }
}
