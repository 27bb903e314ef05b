package io.hallwatt.ingest.replay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hallwatt.contract.RejectCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real pair, where its files are; figures of the data's own description, checked there by two programs written apart. */
class RealPairTest {
    private static final Path EXAMPLE = Pair.ROOT.resolve("examples/real-pair");

    @SuppressWarnings("NullAway.Init") // before all
    private static Pair pair;

    @BeforeAll
    static void replay() throws IOException {
        assumeTrue(
                Replay.dataDirectories(System.getenv(), Pair.ROOT).stream()
                        .anyMatch(directory -> Files.exists(directory.resolve("gpu-server-08.tsv"))),
                "the files of the real pair are not here: set HALLWATT_REAL_DATA to their directory");
        pair = Pair.replay(EXAMPLE);
    }

    @Test
    void every_row_is_taken_and_every_other_line_is_refused_with_its_number() {
        assertThat(pair.refusedLines())
                .containsExactly(
                        "gpu-server-08.tsv:15279 NOT_DATA",
                        "gpu-server-08.tsv:15280 NOT_DATA",
                        "gpu-server-08.tsv:15281 NOT_DATA",
                        "gpu-server-08.tsv:15282 NOT_DATA",
                        "gpu-server-08.tsv:15283 NOT_DATA");
        assertThat(pair.summaries())
                .containsExactlyInAnyOrder(
                        new ReplayListener.FileSummary(
                                "gpu-server-08.tsv", 15_277, new TreeMap<>(Map.of(RejectCode.NOT_DATA, 5L))),
                        new ReplayListener.FileSummary("grid-erco-2022.csv", 8_760, new TreeMap<>()));
        assertThat(pair.readings()).hasSize(15_277 + 4 * 8_760);
    }

    @Test
    void the_last_line_says_what_was_found_and_what_was_expected() {
        assertThat(pair.refused().get(4).reason())
                .isEqualTo("1 column, 14 expected (\"Completion time: 2025-10-20T15:47:02.0811460-04:00\").");
    }

    @Test
    void readings_come_in_the_order_of_time() {
        Instant before = Instant.EPOCH;
        for (var reading : pair.readings()) {
            assertThat(reading.at()).isAfterOrEqualTo(before);
            before = reading.at();
        }
    }

    @Test
    void a_plain_sum_over_the_hours_gives_the_expected_integers() {
        Map<Instant, Long> load = new TreeMap<>(pair.load());
        load.keySet().removeIf(hour -> !hour.toString().startsWith("2024-"));
        Map<Instant, Long> supply = pair.supply("wind", "solar", "hydro");

        Map<Instant, BigDecimal> intensities = pair.carbon();
        long hours = 0;
        long surplusHours = 0;
        long loadSum = 0;
        long supplySum = 0;
        long matchedSum = 0;
        BigDecimal carbon = BigDecimal.ZERO;
        for (Map.Entry<Instant, Long> hour : load.entrySet()) {
            Long given = supply.get(hour.getKey());
            if (given == null) {
                continue;
            }
            long matched = Math.min(hour.getValue(), given);
            hours++;
            surplusHours += given > hour.getValue() ? 1 : 0;
            loadSum += hour.getValue();
            supplySum += given;
            matchedSum += matched;
            BigDecimal intensity = requireNonNull(intensities.get(hour.getKey()));
            carbon = carbon.add(BigDecimal.valueOf(hour.getValue() - matched)
                    .movePointLeft(6)
                    .multiply(intensity));
        }

        assertThat(load).hasSize(8_298);
        assertThat(hours).isEqualTo(8_274);
        assertThat(loadSum).isEqualTo(1_188_086_634_792L);
        assertThat(supplySum).isEqualTo(1_116_979_461_000L);
        assertThat(matchedSum).isEqualTo(767_964_341_417L);
        assertThat(surplusHours).isEqualTo(4_441);
        assertThat(carbon.setScale(3, RoundingMode.HALF_EVEN)).isEqualTo("159798341.673");
    }

    @Test
    void each_source_gives_its_own_part() {
        Map<Instant, Long> load = pair.load();

        assertThat(counted(pair.supply("wind"), load)).isEqualTo(909_110_880_000L);
        assertThat(counted(pair.supply("solar"), load)).isEqualTo(205_095_321_000L);
        assertThat(counted(pair.supply("hydro"), load)).isEqualTo(2_773_260_000L);
    }

    private static long counted(Map<Instant, Long> supply, Map<Instant, Long> load) {
        return supply.entrySet().stream()
                .filter(hour -> load.containsKey(hour.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
