package io.hallwatt.ingest.simulate;

import static io.hallwatt.ingest.simulate.SimulatedSites.START;
import static io.hallwatt.ingest.simulate.SimulatedSites.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.PhaseReading;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault does what it says, to whom and when it says, and to nobody else. */
class FaultsTest {
    private final Site site = SimulatedSites.two();
    private final List<Reading> calm = SimulatedSites.run(site, SimulatedSites.config(Duration.ofSeconds(90)));

    @Test
    void a_breaker_overload_stands_at_its_part_of_the_breaker_for_its_time() {
        List<RackReading> rack = told(
                with("- { fault: breaker-overload, target: h01/r001, feed: A, to: 0.9, at: 20s, for: 30s }"),
                RackReading.class,
                "h01/r001");

        for (RackReading reading : rack) {
            double worst = feed(reading.feedA()).phases().stream()
                    .mapToDouble(PhaseReading::amps)
                    .max()
                    .orElseThrow();
            if (during(reading, 20, 50)) {
                assertThat(worst).isBetween(86.0, 94.0);
            } else {
                assertThat(worst).isLessThan(60);
            }
        }
        double extra = register(rack.getLast())
                - register(told(calm, RackReading.class, "h01/r001").getLast());
        assertThat(extra / 1000 / (30 / 3600.0)).isBetween(35_000.0, 60_000.0); // W on top, for half a minute
    }

    @Test
    void when_a_feed_is_lost_its_pdu_is_silent_and_the_other_carries_all() {
        List<RackReading> rack = told(
                with("- { fault: feed-loss, target: h01/r002, feed: B, at: 20s, for: 30s }"),
                RackReading.class,
                "h01/r002");
        List<RackReading> normal = told(calm, RackReading.class, "h01/r002");

        for (int i = 0; i < rack.size(); i++) {
            double whole = watts(normal.get(i).feedA()) + watts(normal.get(i).feedB());
            if (during(rack.get(i), 20, 50)) {
                assertThat(rack.get(i).feedB()).isNull();
                assertThat(watts(rack.get(i).feedA())).isBetween(whole - 6, whole + 6);
            } else {
                assertThat(watts(rack.get(i).feedB()))
                        .isEqualTo(watts(normal.get(i).feedB()));
            }
        }
        // Energy moved from one feed to the other, none came or went.
        assertThat(Math.abs(register(rack.getLast()) - register(normal.getLast())))
                .isLessThanOrEqualTo(2000);
    }

    @Test
    void when_one_air_handler_fails_the_spare_takes_its_heat_and_the_air_stays_cool() {
        List<Reading> readings = with("- { fault: cooling-failure, target: h01/crah-1, at: 10s, for: 70s }");

        List<CoolingReading> failed = told(readings, CoolingReading.class, "h01/crah-1");
        List<CoolingReading> spare = told(readings, CoolingReading.class, "h01/crah-3");

        assertThat(failed)
                .filteredOn(r -> during(r, 12, 79))
                .allMatch(r -> r.state() == CoolingState.FAILED && number(r.flowLitresPerSecond()) == 0);
        assertThat(spare.getFirst().state()).isEqualTo(CoolingState.STANDBY);
        assertThat(spare)
                .filteredOn(r -> during(r, 40, 80))
                .allMatch(r -> r.state() == CoolingState.RUNNING && number(r.flowLitresPerSecond()) > 1000);
        assertThat(hottest(readings, "h01/r003") - hottest(calm, "h01/r003")).isLessThan(1.0);
    }

    @Test
    void when_all_air_handlers_fail_the_air_warms_by_kelvins_a_minute_and_cools_again() {
        Site tight = SimulatedSites.two();
        List<Reading> readings = SimulatedSites.run(
                tight,
                Duration.ofMinutes(8),
                "- { fault: cooling-failure, target: h01/crah-1..crah-3, at: 10s, for: 90s }");

        assertThat(hottest(readings, "h01/r003")).isBetween(25.5, 36.0);
        assertThat(number(Objects.requireNonNull(told(readings, RackReading.class, "h01/r003")
                                .getLast()
                                .inlet())
                        .topCelsius()))
                .isLessThan(25);
        assertThat(hottest(readings, "h02/r003")).isLessThan(25);
    }

    @Test
    void registers_reset_to_nothing_and_count_on() {
        List<RackReading> rack =
                told(with("- { fault: register-reset, target: h01/r001, at: 30s }"), RackReading.class, "h01/r001");

        RackReading first =
                rack.stream().filter(r -> during(r, 30, 1000)).findFirst().orElseThrow();
        assertThat(register(first)).isBetween(0.0, 15_000.0);
        assertThat(register(rack.getLast())).isBetween(400_000.0, 800_000.0); // a minute at 38 kW
    }

    @ParameterizedTest
    @ValueSource(strings = {"h01/r001", "h02", "grid"})
    void the_silent_are_not_heard_and_their_sequence_goes_on(String target) {
        List<Reading> readings = with("- { fault: silence, target: %s, at: 20s, for: 30s }".formatted(target));

        assertThat(readings).noneMatch(r -> r.device().startsWith(target) && during(r, 20, 50));
        assertThat(readings)
                .isEqualTo(calm.stream()
                        .filter(r -> !(r.device().startsWith(target) && during(r, 20, 50)))
                        .toList());
    }

    @Test
    void a_skewed_clock_stamps_another_time() {
        List<Reading> readings = with("- { fault: clock-skew, target: h01/r001, ahead: 30s, at: 20s, for: 30s }");

        assertThat(readings).hasSameSizeAs(calm);
        for (int i = 0; i < readings.size(); i++) {
            boolean struck = calm.get(i).device().equals("h01/r001") && during(calm.get(i), 20, 50);
            assertThat(readings.get(i).at()).isEqualTo(calm.get(i).at().plusSeconds(struck ? 30 : 0));
        }
    }

    @Test
    void duplicates_are_the_same_reading_again_a_little_later() {
        List<Reading> readings =
                with("- { fault: duplicate-delivery, target: h01, share: 0.25, after: 300ms, at: 20s, for: 60s }");

        Set<Reading> once = new HashSet<>();
        List<Reading> twice = new ArrayList<>();
        readings.forEach(reading -> {
            if (!once.add(reading)) {
                twice.add(reading);
            }
        });
        assertThat(once).isEqualTo(new HashSet<>(calm));
        assertThat(twice.size()).isBetween(150, 300); // of 15 devices · 60
        assertThat(twice).allMatch(r -> during(r, 20, 80));
    }

    @Test
    void reordered_delivery_loses_nothing_and_gives_some_after_younger_ones() {
        List<Reading> readings =
                with("- { fault: reordered-delivery, target: h01/r001, share: 0.5, by: 1500ms, at: 20s, for: 60s }");

        assertThat(readings).containsExactlyInAnyOrderElementsOf(calm);
        List<RackReading> rack = told(readings, RackReading.class, "h01/r001");
        assertThat(rack).isNotEqualTo(told(calm, RackReading.class, "h01/r001"));
        Instant latest = START;
        for (Reading reading : readings) {
            assertThat(Duration.between(reading.at(), latest)).isLessThanOrEqualTo(Duration.ofMillis(1600));
            latest = reading.at().isAfter(latest) ? reading.at() : latest;
        }
    }

    @Test
    void a_stuck_sensor_says_what_it_said_while_the_rest_goes_on() {
        List<RackReading> rack = told(
                with("- { fault: stuck-sensor, target: h01/r001, sensor: power, at: 20s, for: 30s }"),
                RackReading.class,
                "h01/r001");

        List<RackReading> struck = rack.stream().filter(r -> during(r, 20, 50)).toList();
        assertThat(struck.stream().map(r -> feed(r.feedA()).phases()).distinct())
                .hasSize(1);
        assertThat(struck.stream()
                        .map(r -> feed(r.feedA()).registerMilliwattHours())
                        .distinct())
                .hasSizeGreaterThan(20);
        assertThat(rack.getLast())
                .isEqualTo(told(calm, RackReading.class, "h01/r001").getLast());
    }

    @Test
    void glitches_jitter_and_impossible_values_come_in_their_share_and_go() {
        List<Reading> readings = with("""
                - { fault: register-glitch, target: h01/r001, share: 0.2, at: 0s, for: 90s }
                - { fault: register-jitter, target: h01/r002, share: 0.2, at: 0s, for: 90s }
                - { fault: implausible-value, target: h01/r003, share: 0.2, at: 0s, for: 90s }
                """);

        List<Double> glitches = differences(readings, "h01/r001");
        List<Double> jitter = differences(readings, "h01/r002");
        assertThat(glitches.size()).isBetween(8, 30);
        assertThat(glitches).allMatch(d -> Math.abs(d) > 1e8);
        assertThat(jitter.size()).isBetween(8, 30);
        assertThat(jitter).allMatch(d -> d == -2000 || d == -4000); // one or two counts on each of two feeds
        assertThat(told(readings, RackReading.class, "h01/r003").stream()
                        .filter(r -> number(Objects.requireNonNull(r.inlet()).topCelsius()) == 999.9))
                .hasSizeBetween(8, 30);
    }

    @Test
    void a_cloud_front_takes_the_sun_and_the_grid_makes_up_for_it() {
        List<Reading> readings = with("- { fault: cloud-front, depth: 0.9, at: 10s, for: 90s }");

        double before = watts(calm, "roof", 60);
        double after = watts(readings, "roof", 60);
        assertThat(before).isGreaterThan(5_000);
        assertThat(after / before).isBetween(0.05, 0.2);
        assertThat(watts(readings, "grid", 60) - watts(calm, "grid", 60))
                .isBetween(before - after - 2, before - after + 2);
        assertThat(readings.stream().filter(r -> r instanceof RackReading).toList())
                .isEqualTo(calm.stream().filter(r -> r instanceof RackReading).toList());
    }

    @Test
    void without_the_grid_the_battery_gives_what_it_can() {
        List<Reading> readings = with("- { fault: grid-loss, at: 20s, for: 30s }");

        assertThat(watts(readings, "grid", 35)).isZero();
        assertThat(watts(readings, "battery", 35)).isEqualTo(100_000);
        assertThat(watts(readings, "grid", 60)).isGreaterThan(100_000);
    }

    /** The halls' racks draw on, so without that their energy of half a minute would come from nowhere. */
    @Test
    void what_ups_batteries_carried_comes_back_from_the_grid() {
        List<Reading> whole = SimulatedSites.run(site, SimulatedSites.config(Duration.ofMinutes(15)));
        List<Reading> lost =
                SimulatedSites.run(site, Duration.ofMinutes(15), "- { fault: grid-loss, at: 20s, for: 30s }");

        double carried = (cameIn(whole, 35) - cameIn(lost, 35)) * 30 / 3600; // Wh
        double more = energy(lost) - energy(whole);

        assertThat(carried).isGreaterThan(1_000);
        assertThat(more).as("what is lost in the batteries").isBetween(0.05 * carried, 0.17 * carried);
        assertThat(cameIn(lost, 60) - cameIn(whole, 60))
                .as("a tenth of the design power")
                .isBetween(46_000.0, 50_000.0);
        assertThat(watts(lost, "grid", 890)).isEqualTo(watts(whole, "grid", 890));
    }

    @Test
    void a_run_that_goes_on_while_ups_batteries_are_charged_charges_them_on() {
        SimulationConfig config = SimulatedSites.config(Duration.ofMinutes(5))
                .withScenario(SimulatedSites.scenario(site, "- { fault: grid-loss, at: 20s, for: 30s }"));
        List<Reading> whole = SimulatedSites.run(site, config);

        Simulation first = Simulation.begin(site, config, START);
        List<Reading> readings = new ArrayList<>();
        first.advance(START.plusSeconds(60), Integer.MAX_VALUE, readings::add);
        SimulationState state = SimulationState.of(first.state().bytes());
        readings.addAll(SimulatedSites.rest(Simulation.resume(site, config, START, state)));

        assertThat(readings).isEqualTo(whole);
    }

    /** By the site's meters, W. */
    private static double cameIn(List<Reading> readings, long second) {
        return Stream.of("grid", "battery", "roof")
                .mapToDouble(source -> watts(readings, source, second))
                .sum();
    }

    /** By the site's meters from the start to the end, Wh; what is stored in the site's battery is not used. */
    private static double energy(List<Reading> readings) {
        return Stream.of("grid", "battery", "roof")
                        .map(source ->
                                told(readings, SupplyReading.class, source).getLast())
                        .mapToLong(reading -> Objects.requireNonNull(reading.deliveredRegisterMilliwattHours())
                                - Objects.requireNonNull(reading.drawnRegisterMilliwattHours()))
                        .sum()
                / 1000.0;
    }

    @Test
    void what_repeats_comes_again() {
        List<RackReading> rack = told(
                with(
                        "- { fault: breaker-overload, target: h01/r001, feed: B, to: 0.9, at: 10s, for: 10s, every: 30s }"),
                RackReading.class,
                "h01/r001");

        for (RackReading reading : rack) {
            long second = Duration.between(START, reading.at()).toSeconds();
            boolean on = second >= 10 && (second - 10) % 30 < 10;
            assertThat(watts(reading.feedB()) > 50_000).as("second %d", second).isEqualTo(on);
        }
    }

    private List<Reading> with(String faults) {
        return SimulatedSites.run(site, Duration.ofSeconds(90), faults);
    }

    private static boolean during(Reading reading, long from, long to) {
        long millis = Duration.between(START, reading.at()).toMillis();
        return millis >= 1000 * from && millis < 1000 * to;
    }

    private List<Double> differences(List<Reading> readings, String rack) {
        List<RackReading> struck = told(readings, RackReading.class, rack);
        List<RackReading> normal = told(calm, RackReading.class, rack);
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < struck.size(); i++) {
            double difference = register(struck.get(i)) - register(normal.get(i));
            if (difference != 0) {
                differences.add(difference);
            }
        }
        return differences;
    }

    private static double watts(List<Reading> readings, String source, long second) {
        return told(readings, SupplyReading.class, source).stream()
                .filter(r -> during(r, second, second + 1))
                .mapToDouble(r -> number(r.watts()))
                .findFirst()
                .orElseThrow();
    }

    private static double hottest(List<Reading> readings, String rack) {
        return told(readings, RackReading.class, rack).stream()
                .mapToDouble(r -> number(Objects.requireNonNull(r.inlet()).topCelsius()))
                .max()
                .orElseThrow();
    }

    private static double watts(@org.jspecify.annotations.Nullable FeedReading feed) {
        return number(feed(feed).powerWatts());
    }

    /** Both feeds, mWh. */
    private static double register(RackReading rack) {
        return Objects.requireNonNull(feed(rack.feedA()).registerMilliwattHours())
                + Objects.requireNonNull(feed(rack.feedB()).registerMilliwattHours());
    }

    private static FeedReading feed(@org.jspecify.annotations.Nullable FeedReading feed) {
        return Objects.requireNonNull(feed);
    }

    private static double number(@org.jspecify.annotations.Nullable Double value) {
        return Objects.requireNonNull(value);
    }
}
