package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hallwatt.app.summary.SummaryCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Racks and cooling units from two files: two topics that aggregate reads at two speeds, of which neither may run ahead of the other. */
class TwoKindsIT {
    private static final int HALLS = 4;
    private static final int RACKS = 150;
    private static final int UNITS = 3;
    private static final int SECONDS = 150;

    @TempDir
    Path folder;

    @Test
    void no_reading_of_a_past_is_late_however_fast_it_is_read() throws Exception {
        Files.writeString(folder.resolve("site.yaml"), site());
        Files.writeString(folder.resolve("racks.yaml"), mapping("racks", "rack-column: rack", "feed-a-power"));
        Files.writeString(folder.resolve("units.yaml"), mapping("units", "unit-column: unit", "power"));
        Files.writeString(folder.resolve("racks.csv"), rows("rack", "r%03d", RACKS, 9000));
        Files.writeString(folder.resolve("units.csv"), rows("unit", "crah-%d", UNITS, 9000));

        JsonNode summary = Cli.json(
                Map.of(),
                "replay",
                "--mapping",
                folder.resolve("racks.yaml").toString(),
                "--mapping",
                folder.resolve("units.yaml").toString(),
                "--port",
                "0",
                "--json");

        assertThat(SummaryCheck.faults(summary)).isEmpty();
        assertThat(summary.at("/readings/accepted").longValue()).isEqualTo((long) HALLS * (RACKS + UNITS) * SECONDS);
        assertThat(summary.at("/aggregated/late").longValue()).isZero();
    }

    private static String site() {
        StringBuilder site =
                new StringBuilder("id: two-kinds\nname: Two kinds\nzone: UTC\nlatitude: 35\nlongitude: -5\nhalls:\n");
        for (int hall = 1; hall <= HALLS; hall++) {
            site.append("""
                      - id: h%02d
                        design-it-kw: 9000
                        racks:
                          - ids: r001..r%03d
                            feeds:
                              A: { breaker-amps: 100, volts: 240 }
                              B: { breaker-amps: 100, volts: 240 }
                        cooling:
                          - { ids: crah-1..crah-%d, kind: crah, rated-cooling-kw: 300, rated-electrical-kw: 20 }
                    """.formatted(hall, RACKS, UNITS));
        }
        return site.toString();
    }

    private static String mapping(String file, String device, String value) {
        return """
                file: %s.csv
                format: csv
                time: { column: at }
                readings:
                  - hall-column: hall
                    %s
                    values:
                      %s: { column: watts, unit: W }
                """.formatted(file, device, value);
    }

    /** Each device once a second, each at its own millisecond, in order of time. */
    private static String rows(String kind, String name, int devices, int watts) {
        Instant start = Instant.parse("2026-03-01T00:00:00Z");
        int all = devices * HALLS;
        StringBuilder rows = new StringBuilder("at,hall,%s,watts\n".formatted(kind));
        for (int second = 0; second < SECONDS; second++) {
            for (int device = 0; device < all; device++) {
                rows.append(start.plusMillis(second * 1_000L + device * 1_000L / all))
                        .append(",h%02d,".formatted(1 + device % HALLS))
                        .append(name.formatted(1 + device / HALLS))
                        .append(',')
                        .append(watts)
                        .append('\n');
            }
        }
        return rows.toString();
    }
}
