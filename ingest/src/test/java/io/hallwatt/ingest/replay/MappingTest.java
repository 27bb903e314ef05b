package io.hallwatt.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.Sites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path directory;

    private List<String> faults(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("m.yaml"), text);
        List<String> faults = new java.util.ArrayList<>();
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Mapping.read(file, Sites.small()))
                .satisfies(invalid ->
                        invalid.faults().forEach(fault -> faults.add(fault.replace(directory + "/", ""))));
        return faults;
    }

    @Test
    void all_faults_are_told_at_once_with_line_column_and_remedy() throws IOException {
        List<String> faults = faults("""
                file: load.csv
                format: cvs
                ordr: any
                time:
                  column: t
                  pattern: yyyy-MM-dd HH:mm
                  zone: America/NewYork
                  shift: soon
                readings:
                  - hall: h1
                    rack: r001
                    values:
                      energy: { column: p, unit: WW }
                  - source: sollar
                    values: { power: { column: s, unit: W, scale: 0 } }
                """);

        assertThat(faults)
                .containsExactlyInAnyOrder(
                        "m.yaml:2:9: format: \"cvs\" is none of csv, tsv, jsonl; did you mean \"csv\"?",
                        "m.yaml:3:1: ordr: unknown key; did you mean \"order\"?",
                        "m.yaml:7:9: time.zone: \"America/NewYork\" is no time zone; did you mean \"America/New_York\"?; write it as America/New_York or UTC",
                        "m.yaml:8:10: time.shift: \"soon\" is no shift: write +730d, -1h",
                        "m.yaml:10:11: readings[0].hall: h1 is not in site small; did you mean \"h01\"?; mend it or add it to the site file",
                        "m.yaml:13:34: readings[0].values.energy.unit: \"WW\" is none of mWh, Wh, kWh, MWh, W, kW, MW; did you mean \"MW\"?",
                        "m.yaml:13:15: readings[0].values.energy: of which span? Give time.interval, as 1h",
                        "m.yaml:14:13: readings[1].source: sollar is not in site small; did you mean \"solar\"?; mend it or add it to the site file",
                        "m.yaml:15:51: readings[1].values.power.scale: 0 makes everything 0; give another");
    }

    @Test
    void a_zone_that_sets_its_clocks_back_needs_a_word_on_the_hour_that_exists_twice() throws IOException {
        assertThat(faults("""
                        file: load.csv
                        format: csv
                        time: { column: t, pattern: yyyy-MM-dd HH, zone: America/New_York }
                        readings:
                          - source: solar
                            values: { power: { column: s, unit: kW } }
                        """))
                .singleElement()
                .asString()
                .contains("time.overlap: is missing: clocks of America/New_York are set back");
    }

    @Test
    void a_phase_without_its_current_is_told() throws IOException {
        assertThat(faults("""
                        file: load.csv
                        format: csv
                        time: { column: t }
                        readings:
                          - hall: h01
                            rack: r001
                            values:
                              feed-a-l1-volts: { column: v, unit: V }
                              feed-a-l1-power: { column: w, unit: W }
                        """))
                .singleElement()
                .asString()
                .contains("a phase needs feed-a-l1-volts, feed-a-l1-amps, feed-a-l1-power");
    }

    @Test
    void an_id_that_yaml_takes_for_something_else_needs_quotes() throws IOException {
        String text = """
                file: load.csv
                format: csv
                time: { column: t }
                readings:
                  - hall: %s
                    rack: %s
                    values: { inlet-top: { column: c, unit: C } }
                  - hall: %s
                    unit: %s
                    values: { supply: { column: c, unit: C } }
                  - source: %s
                    values: { power: { column: s, unit: W } }
                """;
        Site site = Sites.site("small")
                .halls("no", hall -> hall.racks("012").crah("1e3"))
                .grid("007", 1e6)
                .build();
        Path bare = Files.writeString(directory.resolve("m.yaml"), text.formatted("no", "012", "no", "1e3", "007"));
        Path quoted = Files.writeString(
                directory.resolve("q.yaml"), text.formatted("\"no\"", "'012'", "'no'", "\"1e3\"", "\"007\""));

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Mapping.read(bare, site))
                .satisfies(invalid -> assertThat(invalid.faults())
                        .hasSize(5)
                        .allMatch(fault -> fault.contains("is text here, but YAML takes it for something else")));
        assertThat(Mapping.read(quoted, site).meaning().readings()).hasSize(3);
    }

    @Test
    void a_mapping_that_is_not_there_is_told() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Mapping.read(directory.resolve("none.yaml"), Sites.small()))
                .withMessageContaining("no such mapping file");
    }
}
