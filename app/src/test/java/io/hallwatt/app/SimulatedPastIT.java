package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hallwatt.app.Cli.Outcome;
import io.hallwatt.app.broker.EmbeddedBroker;
import io.hallwatt.app.pipeline.TopicFiles;
import io.hallwatt.app.summary.SummaryCheck;
import io.hallwatt.contract.config.KafkaSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A past that the demo simulates, as fast as it goes: at rates other than one report a second, broken off, and taken up again. */
@SuppressWarnings("NullAway.Init") // by JUnit
class SimulatedPastIT {
    private static final Instant START = Instant.parse("2026-03-01T11:56:00Z");
    private static final int DEVICES = 26;

    @TempDir
    Path folder;

    private Path site;

    @BeforeEach
    void copySite() throws Exception {
        site = folder.resolve("site.yaml");
        try (var file = SimulatedPastIT.class.getResourceAsStream("small-site.yaml")) {
            Files.write(site, Objects.requireNonNull(file).readAllBytes());
        }
    }

    @ParameterizedTest
    @CsvSource({"0.1, 10m", "10, 5m"})
    void at_any_rate_every_reading_counts_in_time_and_the_halls_are_complete(String rate, String length)
            throws Exception {
        JsonNode summary = summary(demo("--rate", rate, "--start", START.toString(), "--length", length));

        assertThat(SummaryCheck.faults(summary)).isEmpty();
        long expected = Math.round(DEVICES * Double.parseDouble(rate) * 60 * Integer.parseInt(length.replace("m", "")));
        assertThat(summary.at("/readings/sent").longValue()).isEqualTo(expected);
        assertThat(summary.at("/readings/accepted").longValue()).isEqualTo(expected);
        assertThat(summary.at("/aggregated/readings").longValue()).isEqualTo(expected);
        assertThat(summary.at("/aggregated/late").longValue()).isZero();
        assertThat(summary.at("/aggregated/duplicates").longValue()).isZero();
        assertThat(summary.at("/alerts").findValuesAsText("rule"))
                .contains("HallwattWatchdog")
                .doesNotContain("HallSilent");
        assertThat(summary.at("/energy/openMilliwattHours").longValue())
                .as("the end closes every hour")
                .isZero();
        // A unit of 20 kW cannot draw a watt-hour in 100 ms, but its register counts in whole ones: at 10 Hz some steps
        // are held for a reading, and booked as estimated.
        assertThat(summary.at("/energy/estimatedMilliwattHours").longValue())
                .isLessThan(summary.at("/energy/registersMilliwattHours").longValue() / 10_000);
        List<JsonNode> minutes = records("metrics.hall.1m").stream()
                .filter(minute -> inside(minute, Duration.ofMinutes(Integer.parseInt(length.replace("m", "")))))
                .toList();
        assertThat(minutes).hasSizeGreaterThanOrEqualTo(8);
        assertThat(minutes)
                .allSatisfy(minute ->
                        assertThat(minute.at("/completeness").doubleValue()).isGreaterThan(0.999));
        assertThat(records("metrics.hall.1m"))
                .filteredOn(minute ->
                        minute.at("/quantities/itEnergyMilliwattHours").isNumber())
                .isNotEmpty();
    }

    @Test
    void a_past_that_was_broken_off_goes_on_and_is_whole_in_the_end() throws Exception {
        String[] run = {"--start", START.toString(), "--length", "8m", "--speed", "20"};

        JsonNode first = summary(
                demo(Stream.concat(Stream.of(run), Stream.of("--for", "4s")).toArray(String[]::new)));
        Outcome otherRate =
                demo(Stream.concat(Stream.of(run), Stream.of("--rate", "10")).toArray(String[]::new));
        Outcome otherSeed =
                demo(Stream.concat(Stream.of(run), Stream.of("--seed", "2")).toArray(String[]::new));
        JsonNode second = summary(demo("--start", START.toString(), "--length", "8m", "--speed", "max"));
        Outcome again = demo(run);

        long whole = DEVICES * 8L * 60;
        assertThat(first.at("/readings/sent").longValue()).isBetween(1L, whole - 1);
        assertThat(SummaryCheck.faults(first)).isEmpty();
        assertThat(SummaryCheck.faults(second)).isEmpty();
        assertThat(second.at("/total/readings").longValue()).isEqualTo(whole);
        assertThat(second.at("/total/late").longValue()).isZero();
        assertThat(second.at("/energy/openMilliwattHours").longValue()).isZero();
        assertThat(otherRate.exit()).isEqualTo(2);
        assertThat(otherRate.err()).contains("simulation.state", "at 1.0 Hz, not 10.0", "--rate 1.0");
        assertThat(otherSeed.exit()).isEqualTo(2);
        assertThat(otherSeed.err()).contains("simulation.state", "seed 1, not 2", "--seed 1");
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("simulation.state", "nothing left", "--length of more than 8m");
    }

    @Test
    void a_live_run_of_some_length_ends_by_itself_and_closes_all() throws Exception {
        JsonNode summary = summary(demo("--length", "4s"));

        assertThat(SummaryCheck.faults(summary)).isEmpty();
        assertThat(summary.at("/readings/sent").longValue()).isEqualTo(DEVICES * 4);
        assertThat(summary.at("/energy/openMilliwattHours").longValue()).isZero();
    }

    private Outcome demo(String... more) {
        String[] args = Stream.concat(
                        Stream.of(
                                "demo",
                                "--site",
                                site.toString(),
                                "--data-dir",
                                folder.resolve("data").toString(),
                                "--port",
                                "0",
                                "--json"),
                        Stream.of(more))
                .toArray(String[]::new);
        return Cli.run(Map.of(), args);
    }

    private static JsonNode summary(Outcome outcome) throws Exception {
        assertThat(outcome.exit()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    /** Whole minutes after the first, in which not every device has spoken from its beginning on. */
    private static boolean inside(JsonNode minute, Duration length) {
        Instant start = Instant.parse(minute.at("/window/start").textValue());
        return start.isAfter(START) && start.isBefore(START.plus(length));
    }

    private List<JsonNode> records(String topic) throws Exception {
        Path out = Files.createDirectories(folder.resolve("out"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("data"))) {
            TopicFiles.write(KafkaSettings.at(broker.bootstrapServers()), out);
        }
        List<JsonNode> records = new ArrayList<>();
        for (String line : Files.readAllLines(out.resolve(topic + ".jsonl"))) {
            records.add(new ObjectMapper().readTree(line));
        }
        return records;
    }
}
