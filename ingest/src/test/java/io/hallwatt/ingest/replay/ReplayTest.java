package io.hallwatt.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.ingest.Batch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    private static final Site SITE = Sites.small();

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path directory;

    private final List<Reading> readings = new ArrayList<>();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    private Mapping power(String data, String more) throws IOException {
        Path file = directory.resolve(data + ".yaml");
        Files.writeString(file, """
                file: %s
                time: { column: t }
                readings:
                  - hall-column: hall
                    rack-column: rack
                    values: { feed-a-power: { column: w, unit: W } }
                %s
                """.formatted(data, more));
        return Mapping.read(file, SITE);
    }

    private List<String> replay(Mapping... mappings) {
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        ReplayReport report = new ReplayReport(out, false, InstantSource.system());
        try (Replay replay = new Replay(Arrays.asList(mappings), SITE.id(), List.of(), report)) {
            for (Batch batch = replay.next(); batch != null; batch = replay.next()) {
                batch.items().forEach(item -> {
                    if (item instanceof Batch.Read read) {
                        readings.add(read.reading());
                    }
                });
            }
        }
        return told.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    @Test
    void several_files_are_merged_by_event_time() throws IOException {
        write("a.csv", "t,hall,rack,w\n2026-01-01T00:00:00Z,h01,r001,1\n2026-01-01T00:00:02Z,h01,r001,3\n");
        write("b.csv", "t,hall,rack,w\n2026-01-01T00:00:01Z,h01,r002,2\n2026-01-01T00:00:03Z,h01,r002,4\n");

        replay(power("a.csv", "format: csv"), power("b.csv", "format: csv"));

        assertThat(readings)
                .extracting(Reading::device)
                .containsExactly("h01/r001", "h01/r002", "h01/r001", "h01/r002");
        assertThat(readings).extracting(Reading::sequence).containsExactly(0L, 0L, 1L, 1L);
    }

    @Test
    void a_person_reads_why_each_line_was_refused_and_how_many_were_taken() throws IOException {
        write("a.csv", """
                t,hall,rack,w
                2026-01-01T00:00:02Z,h01,r001,1
                2026-01-01T00:00:01Z,h01,r001,2
                2026-01-01T00:00:02Z,h01,r001,3
                2026-01-01T00:00:03Z,h 1,r001,3
                2026-01-01T00:00:03Z,h01,"r001,3
                2026-01-01T00:00:03Z,h01,"r001","5"
                """);

        assertThat(replay(power("a.csv", "format: csv")))
                .containsExactly(
                        "a.csv:3: refused OUT_OF_ORDER: 2026-01-01T00:00:01Z, but line 2 before it has 2026-01-01T00:00:02Z; say order: any in the mapping if rows come so.",
                        "a.csv:4: refused DUPLICATE_ROW: h01/r001 has a row of 2026-01-01T00:00:02Z already, a.csv:2; leave one of them.",
                        "a.csv:5: refused BAD_ID: hall \"h 1\" is no id: 1 to 64 of A-Z a-z 0-9 . _ -, not starting with a dot.",
                        "a.csv:6: refused MALFORMED: a quote is not closed, or text follows its end (\"2026-01-01T00:00:03Z,h01,\"r001,3\").",
                        "a.csv: refused 1 MALFORMED, 1 DUPLICATE_ROW, 1 OUT_OF_ORDER, 1 BAD_ID. The other 2 rows were taken.");
    }

    @Test
    void rows_in_any_order_are_sorted() throws IOException {
        write("a.csv", "t,hall,rack,w\n2026-01-01T00:00:02Z,h01,r001,3\n2026-01-01T00:00:01Z,h01,r001,2\n");

        replay(power("a.csv", "format: csv\norder: any"));

        assertThat(readings)
                .extracting(Reading::at)
                .containsExactly(Instant.parse("2026-01-01T00:00:01Z"), Instant.parse("2026-01-01T00:00:02Z"));
    }

    @Test
    void more_rows_than_may_be_sorted_are_refused_with_a_remedy() throws IOException {
        write("a.csv", "t,hall,rack,w\n2026-01-01T00:00:02Z,h01,r001,3\n2026-01-01T00:00:01Z,h01,r001,2\n");
        Mapping mapping = power("a.csv", "format: csv\norder: any\nmost-rows: 1");

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> replay(mapping))
                .withMessageContaining("more than 1 rows to sort in memory (order any); sort the file");
    }

    @Test
    void lines_of_json_are_rows_whose_numbers_stay_exact() throws IOException {
        write("a.jsonl", """
                {"t":"2026-01-01T00:00:00Z","meter":{"mWh":9007199254740993},"state":"running"}
                {"t":"2026-01-01T00:00:01Z","meter":{"mWh":null}}
                [1]
                {"t":"2026-01-01T00:00:02Z","t":"x"}
                """);
        Path file = directory.resolve("m.yaml");
        Files.writeString(file, """
                file: a.jsonl
                format: jsonl
                time: { column: t }
                readings:
                  - hall: h01
                    unit: crah-1
                    state-column: state
                    values: { register: { column: meter.mWh, unit: mWh } }
                """);

        List<String> lines = replay(Mapping.read(file, SITE));

        assertThat(readings)
                .singleElement()
                .satisfies(reading -> assertThat(((CoolingReading) reading).registerMilliwattHours())
                        .isEqualTo(9_007_199_254_740_993L));
        assertThat(lines.get(lines.size() - 1))
                .isEqualTo("a.jsonl: refused 1 MALFORMED, 1 NOT_DATA, 1 MISSING_VALUE. The other 1 rows were taken.");
    }

    @Test
    void a_header_that_lacks_a_column_is_told_before_any_row() throws IOException {
        write("a.csv", "t,hall,rak,w\n");
        Mapping mapping = power("a.csv", "format: csv");

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> replay(mapping))
                .withMessageContaining("a.csv:1:1: the header has no column \"rack\"")
                .withMessageContaining("did you mean \"rak\"?");
    }

    @Test
    void a_folder_in_place_of_a_file_is_called_one() throws IOException {
        Files.createDirectory(directory.resolve("rows.csv"));
        Mapping mapping = power("rows.csv", "format: csv");

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> replay(mapping))
                .withMessageContaining(directory.resolve("rows.csv") + " is a folder, not a data file");
    }

    @Test
    void a_file_that_is_not_there_says_where_it_was_looked_for() throws IOException {
        Mapping mapping = power("gone.csv", "format: csv");

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> replay(mapping))
                .withMessageContaining(
                        "the data file gone.csv is not there; looked at " + directory.resolve("gone.csv"));
    }

    @Test
    void another_data_file_can_be_given() throws IOException {
        write("other.csv", "t,hall,rack,w\n2026-01-01T00:00:02Z,h01,r001,3\n");

        replay(power("gone.csv", "format: csv").withData(directory.resolve("other.csv")));

        assertThat(readings).singleElement().isInstanceOf(RackReading.class);
    }

    @Test
    void bytes_that_are_no_utf8_cost_one_row() throws IOException {
        Files.write(
                directory.resolve("a.csv"),
                "t,hall,rack,w\n2026-01-01T00:00:01Z,hé,r001,1\n2026-01-01T00:00:02Z,h01,r001,3\n"
                        .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(replay(power("a.csv", "format: csv")))
                .contains(
                        "a.csv:2: refused MALFORMED: the line is not UTF-8; write the file as UTF-8 (iconv -t UTF-8).");
        assertThat(readings).hasSize(1);
    }

    @Test
    void a_line_that_is_too_long_costs_one_row() throws IOException {
        write("a.csv", "t,hall,rack,w\n" + "x".repeat(200_000) + "\n2026-01-01T00:00:02Z,h01,r001,3\n");

        assertThat(replay(power("a.csv", "format: csv")).get(0))
                .isEqualTo(
                        "a.csv:2: refused TOO_LARGE: the line is longer than 65,536 bytes, of which the first are kept.");
        assertThat(readings).hasSize(1);
    }

    @Test
    void binary_and_utf16_files_are_told_as_such() throws IOException {
        Files.write(directory.resolve("a.csv"), new byte[] {1, 2, 0, 3});
        Files.writeString(directory.resolve("b.csv"), "\uFEFFt,hall,rack,w\n", StandardCharsets.UTF_16BE);
        Mapping binary = power("a.csv", "format: csv");
        Mapping wide = power("b.csv", "format: csv");

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> replay(binary, wide))
                .withMessageContaining("a.csv: the file is binary (byte 3 is 0)")
                .withMessageContaining("b.csv:1: the file is UTF-16");
    }
}
