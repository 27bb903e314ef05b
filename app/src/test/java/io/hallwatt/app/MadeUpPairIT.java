package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hallwatt.app.summary.SummaryCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invented files with every pitfall of the real ones, through the whole pipeline. */
class MadeUpPairIT {
    private static final Path EXAMPLE = Path.of("..", "examples", "made-up-pair");

    @TempDir
    Path folder;

    @Test
    void the_made_up_pair_gives_the_figures_of_its_page() throws Exception {
        JsonNode summary = Cli.json(
                Map.of(),
                "replay",
                "--mapping",
                EXAMPLE.resolve("load.yaml").toString(),
                "--mapping",
                EXAMPLE.resolve("supply.yaml").toString(),
                "--out",
                folder.toString(),
                "--port",
                "0",
                "--json");

        assertThat(SummaryCheck.faults(summary)).isEmpty();
        JsonNode renewable = summary.at("/renewable");
        assertThat(renewable.at("/hoursCounted").intValue()).isEqualTo(12);
        assertThat(renewable.at("/loadMilliwattHours").longValue()).isEqualTo(1_464_966_270L);
        assertThat(renewable.at("/supplyMilliwattHours").longValue()).isEqualTo(1_840_032_000L);
        assertThat(renewable.at("/matchedMilliwattHours").longValue()).isEqualTo(1_225_584_120L);
        assertThat(summary.at("/energy/openMilliwattHours").longValue())
                .as("the end of the files closes every hour")
                .isZero();
        assertThat(Files.readAllLines(folder.resolve("rejected.jsonl")))
                .hasSize(summary.at("/readings/sent").intValue()
                        - summary.at("/readings/accepted").intValue())
                .allSatisfy(line -> assertThat(line)
                        .contains("\"file\":")
                        .contains("\"line\":")
                        .contains("\"code\":")
                        .contains("\"reason\":")
                        .contains("\"original\":"));
        assertThat(Files.readString(folder.resolve("energy.hour.jsonl"))).contains("hall/hall-1/it");
    }
}
