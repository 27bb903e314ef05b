package io.hallwatt.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.Reading;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The made-up pair: every pitfall of the real one and those that it does not have. What is expected is worked out here by hand-written offsets and plain splitting. */
class MadeUpPairTest {
    private static final Path EXAMPLE = Pair.ROOT.resolve("examples/made-up-pair");

    @SuppressWarnings("NullAway.Init") // before all
    private static Pair pair;

    @BeforeAll
    static void replay() throws IOException {
        pair = Pair.replay(EXAMPLE);
    }

    @Test
    void each_pitfall_is_refused_with_its_own_code_and_line() {
        assertThat(pair.refusedLines())
                .containsExactlyInAnyOrder(
                        "load.tsv:8 DUPLICATE_ROW",
                        "load.tsv:9 MISSING_VALUE",
                        "load.tsv:11 NOT_DATA",
                        "load.tsv:16 BAD_TIME",
                        "load.tsv:20 NOT_DATA",
                        "load.tsv:21 NOT_DATA",
                        "load.tsv:22 NOT_DATA",
                        "load.tsv:23 NOT_DATA",
                        "load.tsv:24 NOT_DATA",
                        "supply.csv:20 MISSING_VALUE",
                        "supply.csv:22 NOT_A_NUMBER");
    }

    @Test
    void the_hour_that_does_not_exist_is_explained() {
        assertThat(pair.refused())
                .filteredOn(refused -> refused.origin().equals("load.tsv:16"))
                .singleElement()
                .satisfies(
                        refused -> assertThat(refused.reason())
                                .isEqualTo(
                                        "timestamp \"2024-03-10 02:00:00\" does not exist in America/New_York, whose clocks went from 02:00 to 03:00"));
    }

    @Test
    void the_hour_that_exists_twice_is_the_earlier_one_and_the_other_is_missing() {
        assertThat(pair.load()).containsEntry(Instant.parse("2024-11-03T05:00:00Z"), 147_761_700L);
        assertThat(pair.load()).doesNotContainKey(Instant.parse("2024-11-03T06:00:00Z"));
    }

    @Test
    void energy_is_rounded_half_even_once() {
        assertThat(pair.load()).containsEntry(Instant.parse("2024-11-03T04:00:00Z"), 100_000_000L); // 99,999,999.5
    }

    @Test
    void a_plain_calculation_gives_the_same_hours() throws IOException {
        Map<Instant, Long> load = plainLoad();
        Map<Instant, Long> supply = plainSupply();

        assertThat(pair.load()).isEqualTo(load).hasSize(14);
        assertThat(pair.supply("wind", "solar", "hydro")).isEqualTo(supply).hasSize(23);
    }

    @Test
    void the_hours_that_have_both_give_the_sums_of_the_description() {
        Map<Instant, Long> load = pair.load();
        Map<Instant, Long> supply = pair.supply("wind", "solar", "hydro");
        load.keySet().retainAll(supply.keySet());
        supply.keySet().retainAll(load.keySet());

        assertThat(load).hasSize(12);
        assertThat(sum(load)).isEqualTo(1_464_966_270L);
        assertThat(sum(supply)).isEqualTo(1_840_032_000L);
        load.replaceAll((hour, energy) -> Math.min(energy, supply.getOrDefault(hour, 0L)));
        assertThat(sum(load)).isEqualTo(1_225_584_120L);
    }

    private static long sum(Map<Instant, Long> hours) {
        return hours.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void a_device_numbers_its_readings_without_a_gap() {
        List<Long> numbers = pair.readings().stream()
                .filter(reading -> reading.device().equals("wind"))
                .map(Reading::sequence)
                .toList();

        assertThat(numbers).hasSize(23).isSorted().first().isEqualTo(0L);
        assertThat(numbers).last().isEqualTo(22L);
    }

    /** Offsets by hand: −5 h in winter, −4 h from 10 March 2024 03:00 to 3 November 01:00 (its first). */
    private static Map<Instant, Long> plainLoad() throws IOException {
        Map<Instant, Long> load = new TreeMap<>();
        for (String line : Files.readString(EXAMPLE.resolve("load.tsv")).split("\n", -1)) {
            String[] cells = line.split("\t", -1);
            if (cells.length != 4 || !cells[0].equals("made-up") || cells[2].isEmpty()) {
                continue;
            }
            String local = cells[1].substring(0, 19);
            boolean summer = local.compareTo("2024-03-10 03:00:00") >= 0 && local.compareTo("2024-11-03 01:00:00") <= 0;
            if (local.equals("2024-03-10 02:00:00")) {
                continue;
            }
            Instant hour = Instant.parse(local.replace(' ', 'T') + "Z").plusSeconds(summer ? 4 * 3600 : 5 * 3600);
            long energy = new BigDecimal(cells[2])
                    .scaleByPowerOfTen(6)
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .longValueExact();
            load.putIfAbsent(hour, energy);
        }
        return load;
    }

    private static Map<Instant, Long> plainSupply() throws IOException {
        Map<Instant, Long> supply = new TreeMap<>();
        for (String line : Files.readString(EXAMPLE.resolve("supply.csv")).split("\r\n", -1)) {
            String[] cells = line.split(",", -1);
            if (cells.length == 5 && cells[1].matches("\\d+") && cells[2].matches("\\d+")) {
                Instant hour = Instant.parse(cells[0].substring(0, 19).replace(' ', 'T') + "Z")
                        .plusSeconds(730L * 86_400);
                long megawatts = Long.parseLong(cells[1]) + Long.parseLong(cells[2]) + Long.parseLong(cells[3]);
                supply.put(hour, megawatts * 9_000);
            }
        }
        return supply;
    }
}
