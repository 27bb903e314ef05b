package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real year through the whole pipeline gives the stated figures, to the milliwatt-hour. The measurements lie in the folder that HALLWATT_REAL_DATA names, or
 * in ../shared/data beside the checkout; where they are not, the test says that it is skipped.
 */
class RealPairIT {
    private static final Path EXAMPLE = Path.of("..", "examples", "real-pair");

    @TempDir
    Path folder;

    @Test
    void a_real_year_gives_the_stated_figures_to_the_milliwatt_hour() throws Exception {
        Path data = Path.of(System.getenv().getOrDefault("HALLWATT_REAL_DATA", "../../shared/data"));
        assumeTrue(
                Files.exists(data.resolve("gpu-server-08.tsv")) && Files.exists(data.resolve("grid-erco-2022.csv")),
                () -> "SKIPPED: the real measurements are not in "
                        + data.toAbsolutePath().normalize() + "; name their folder with HALLWATT_REAL_DATA");

        JsonNode summary = Cli.json(
                Map.of(),
                "replay",
                "--site",
                EXAMPLE.resolve("site.yaml").toString(),
                "--mapping",
                EXAMPLE.resolve("load.yaml") + "=" + data.resolve("gpu-server-08.tsv"),
                "--mapping",
                EXAMPLE.resolve("supply.yaml") + "=" + data.resolve("grid-erco-2022.csv"),
                "--out",
                folder.toString(),
                "--port",
                "0",
                "--json");

        JsonNode renewable = summary.at("/renewable");
        assertThat(renewable.at("/loadOf").textValue())
                .as("the grid of this site gives its carbon intensity only")
                .isEqualTo("it+cooling");
        assertThat(renewable.at("/loadMilliwattHours").longValue()).isEqualTo(1_188_086_634_792L);
        assertThat(renewable.at("/supplyMilliwattHours").longValue()).isEqualTo(1_116_979_461_000L);
        assertThat(renewable.at("/matchedMilliwattHours").longValue()).isEqualTo(767_964_341_417L);
        assertThat(renewable.at("/surplusMilliwattHours").longValue()).isEqualTo(349_015_119_583L);
        assertThat(renewable.at("/residualMilliwattHours").longValue()).isEqualTo(420_122_293_375L);
        assertThat(decimal(renewable, "/hourlyShare")).isEqualByComparingTo("0.646387493073");
        assertThat(decimal(renewable, "/annualShare")).isEqualByComparingTo("0.940149841173");
        assertThat(decimal(renewable, "/residualCarbonGrams")).isEqualByComparingTo("159798341.673");
        assertThat(renewable.at("/hoursCounted").intValue()).isEqualTo(8274);
        assertThat(renewable.at("/hoursWithSurplus").intValue()).isEqualTo(4441);
        assertThat(renewable.at("/hoursWithDeficit").intValue()).isEqualTo(3833);
        assertThat(renewable.at("/firstHour").textValue()).isEqualTo("2024-01-20T15:00:00Z");
        assertThat(renewable.at("/lastHour").textValue()).isEqualTo("2024-12-30T23:00:00Z");
        assertThat(months(renewable)).isEqualTo(MONTHS);
        assertThat(withoutSupplyIn2024(renewable)).isEqualTo(24);
        assertThat(summary.at("/readings/rejected").toString()).isEqualTo("{\"NOT_DATA\":5}");
        assertThat(Files.readAllLines(folder.resolve("rejected.jsonl")))
                .hasSize(5)
                .first()
                .asString()
                .contains("\"line\":15279")
                .contains("NOT_DATA");
    }

    /** Month, hours, load, supply, matched. */
    private static final List<String> MONTHS = List.of(
            "2024-01 273 30136872500 25408548000 18987268500",
            "2024-02 695 68723872500 89192331000 47964793750",
            "2024-03 741 94942928750 116947017000 68642061250",
            "2024-04 720 90707935000 122143248000 68871245750",
            "2024-05 743 94166363750 133152444000 76923803000",
            "2024-06 719 103518786250 111137463000 66340788500",
            "2024-07 744 134622151250 106291764000 78570470750",
            "2024-08 743 125295056250 75674097000 62546904500",
            "2024-09 720 57936883750 75888603000 51134412250",
            "2024-10 739 122952796250 84308310000 77310238500",
            "2024-11 718 101698858542 92506374000 77551131917",
            "2024-12 719 163384130000 84329262000 73121222750");

    private static List<String> months(JsonNode renewable) {
        List<String> months = new ArrayList<>();
        for (JsonNode month : renewable.at("/months")) {
            if (month.at("/hours").intValue() > 0) {
                months.add("%s %d %d %d %d"
                        .formatted(
                                month.at("/month").textValue(),
                                month.at("/hours").intValue(),
                                month.at("/loadMilliwattHours").longValue(),
                                month.at("/supplyMilliwattHours").longValue(),
                                month.at("/matchedMilliwattHours").longValue()));
            }
        }
        return months;
    }

    private static int withoutSupplyIn2024(JsonNode renewable) {
        int hours = 0;
        for (JsonNode month : renewable.at("/months")) {
            hours += month.at("/month").textValue().startsWith("2024")
                    ? month.at("/hoursWithoutSupply").intValue()
                    : 0;
        }
        return hours;
    }

    private static BigDecimal decimal(JsonNode node, String path) {
        return new BigDecimal(node.at(path).asText());
    }
}
