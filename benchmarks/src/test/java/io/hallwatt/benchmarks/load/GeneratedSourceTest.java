package io.hallwatt.benchmarks.load;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.benchmarks.load.GeneratedSource.Timing;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.ingest.Batch;
import io.hallwatt.ingest.simulate.Simulation;
import io.hallwatt.ingest.simulate.SimulationConfig;
import io.hallwatt.ingest.validate.Validator;
import io.hallwatt.ingest.validate.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class GeneratedSourceTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    private static final int SECONDS = 60;

    private final Site site = new SiteOfRacks(250, 3).site();

    @Test
    void a_site_has_as_many_racks_and_halls_as_asked_for() {
        assertThat(site.rackCount()).isEqualTo(250);
        assertThat(site.halls()).hasSize(3);
        assertThat(new SiteOfRacks(8000, 40).site().rackCount()).isEqualTo(8000);
    }

    @Test
    void every_reading_is_believed() throws Exception {
        Validator validator = new Validator(site, Duration.ofSeconds(5));

        assertThat(past(SECONDS))
                .allSatisfy(reading ->
                        assertThat(validator.judge(reading, NOW.toEpochMilli())).isEqualTo(Verdict.Accepted.ACCEPTED));
    }

    @Test
    void every_device_speaks_once_a_second_and_ends_at_the_present() throws Exception {
        List<Reading> readings = past(SECONDS);

        Map<String, Integer> counts = new HashMap<>();
        readings.forEach(reading -> counts.merge(reading.device(), 1, Integer::sum));
        assertThat(counts)
                .hasSize(devices())
                .allSatisfy((device, count) -> assertThat(count).isEqualTo(SECONDS));
        assertThat(readings.getFirst().at()).isEqualTo(NOW.minusSeconds(SECONDS));
        assertThat(readings.getLast().at()).isBeforeOrEqualTo(NOW).isAfter(NOW.minusMillis(100));
    }

    @Test
    void registers_grow_with_power_and_values_change() throws Exception {
        List<RackReading> one = past(SECONDS).stream()
                .filter(reading -> reading instanceof RackReading)
                .map(RackReading.class::cast)
                .filter(reading ->
                        reading.device().equals(site.halls().getLast().id() + "/r00007"))
                .toList();

        long advance = register(one.getLast()) - register(one.getFirst());
        double watts = one.stream()
                .mapToDouble(reading -> requireNonNull(feedA(reading).powerWatts()))
                .average()
                .orElseThrow();
        double expected = watts * 1000 * (SECONDS - 1) / 3600;
        assertThat((double) advance).isBetween(expected - 1500, expected + 1500);
        assertThat(one.stream().map(reading -> feedA(reading).phases()).distinct())
                .hasSizeGreaterThan(20);
    }

    @Test
    void a_report_is_as_long_as_the_simulators() throws Exception {
        List<Reading> simulated = new ArrayList<>();
        Simulation.begin(site, SimulationConfig.DEFAULTS, NOW).advance(NOW.plusSeconds(3), 1000, simulated::add);

        assertThat(meanLength(past(3))).isCloseTo(meanLength(simulated), Percentage.withPercentage(3));
    }

    @Test
    void neighbours_are_of_different_halls() throws Exception {
        List<Reading> readings = past(1);

        assertThat(readings.get(0).key()).isNotEqualTo(readings.get(1).key());
        assertThat(readings).anyMatch(reading -> reading instanceof CoolingReading);
    }

    private static double meanLength(List<Reading> readings) {
        return readings.stream()
                .filter(reading -> reading instanceof RackReading)
                .mapToInt(reading -> Codecs.RACK_READING.write((RackReading) reading).length)
                .average()
                .orElseThrow();
    }

    private static FeedReading feedA(RackReading reading) {
        return requireNonNull(reading.feedA());
    }

    private static long register(RackReading reading) {
        return requireNonNull(feedA(reading).registerMilliwattHours());
    }

    private int devices() {
        return site.rackCount()
                + site.halls().stream()
                        .mapToInt(hall -> hall.coolingUnits().size())
                        .sum()
                + site.sources().size();
    }

    private List<Reading> past(int seconds) throws InterruptedException {
        List<Reading> readings = new ArrayList<>();
        try (GeneratedSource source =
                new GeneratedSource(site, new Timing.Past(1, (long) seconds * devices()), InstantSource.fixed(NOW))) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                batch.items().forEach(item -> readings.add(((Batch.Read) item).reading()));
            }
        }
        return readings;
    }
}
