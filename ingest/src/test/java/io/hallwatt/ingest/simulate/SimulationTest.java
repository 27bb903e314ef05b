package io.hallwatt.ingest.simulate;

import static io.hallwatt.ingest.simulate.SimulatedSites.START;
import static io.hallwatt.ingest.simulate.SimulatedSites.config;
import static io.hallwatt.ingest.simulate.SimulatedSites.rest;
import static io.hallwatt.ingest.simulate.SimulatedSites.run;
import static io.hallwatt.ingest.simulate.SimulatedSites.scenario;
import static io.hallwatt.ingest.simulate.SimulatedSites.told;
import static io.hallwatt.ingest.simulate.SimulatedSites.two;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.PhaseReading;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.site.WaterMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
    private static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE / 4);
    private static final String TROUBLE = """
            - { fault: breaker-overload, target: h01/r001, feed: A, to: 0.9, at: 5s, for: 10s, every: 30s }
            - { fault: feed-loss, target: h01/r002, feed: B, at: 12s, for: 20s }
            - { fault: register-reset, target: h02/r001, at: 25s }
            - { fault: cooling-failure, target: h01/crah-1, at: 10s, for: 60s }
            - { fault: duplicate-delivery, target: h02, share: 0.1, at: 0s, for: 10m }
            """;

    @Test
    void the_same_seed_gives_the_same_readings() {
        assertThat(run(two(), config(Duration.ofSeconds(30)))).isEqualTo(run(two(), config(Duration.ofSeconds(30))));
    }

    @Test
    void another_seed_gives_others() {
        assertThat(run(two(), config(Duration.ofSeconds(3)).withSeed(8)))
                .isNotEqualTo(run(two(), config(Duration.ofSeconds(3))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 13_000})
    void how_it_is_cut_changes_nothing(int millis) {
        Site site = two();
        SimulationConfig config = config(Duration.ofSeconds(40)).withScenario(scenario(site, TROUBLE));
        Simulation simulation = Simulation.begin(site, config, START);
        List<Reading> readings = new ArrayList<>();
        Instant until = START;
        while (simulation.advance(until, 5, readings::add)) {
            until = until.plusMillis(millis);
        }

        assertThat(readings).isEqualTo(run(site, config));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1, 3, 10})
    void every_device_reports_once_an_interval_with_consecutive_sequences(double rate) {
        List<Reading> readings = run(two(), config(Duration.ofMinutes(1)).withRateHz(rate));

        Map<String, Reading> last = new HashMap<>();
        for (Reading reading : readings) {
            Reading before = last.put(reading.device(), reading);
            if (before != null) {
                assertThat(reading.sequence()).isEqualTo(before.sequence() + 1);
                assertThat(Duration.between(before.at(), reading.at()).toMillis())
                        .isBetween((long) Math.floor(1000 / rate), (long) Math.ceil(1000 / rate));
            }
        }
        assertThat(readings.size()).isBetween((int) (34 * 60 * rate) - 34, (int) (34 * 60 * rate) + 34);
        assertThat(readings).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    }

    @Test
    void the_load_on_the_broker_is_even() {
        Site site = Sites.site("many")
                .halls("h01", h -> h.racks("r001..r100"))
                .grid("grid", 1e6)
                .build();
        int[] tenths = new int[10];
        for (Reading reading : run(site, config(Duration.ofSeconds(1)))) {
            tenths[(int) (reading.at().toEpochMilli() % 1000 / 100)]++;
        }

        assertThat(java.util.Arrays.stream(tenths).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(8, 13));
    }

    @Test
    void volts_amps_and_watts_agree_and_feeds_share() {
        for (Reading reading : run(two(), config(Duration.ofMinutes(1)))) {
            if (reading instanceof RackReading rack) {
                double a = Objects.requireNonNull(
                        Objects.requireNonNull(rack.feedA()).powerWatts());
                double b = Objects.requireNonNull(
                        Objects.requireNonNull(rack.feedB()).powerWatts());
                assertThat(a / (a + b)).isBetween(0.47, 0.53);
                for (PhaseReading phase : Objects.requireNonNull(rack.feedA()).phases()) {
                    assertThat(phase.volts()).isBetween(200.0, 260.0);
                    assertThat(phase.watts() / (phase.volts() * phase.amps())).isBetween(0.95, 1.0);
                }
            }
        }
    }

    @Test
    void registers_are_the_integral_of_the_power() {
        List<Reading> readings = run(two(), config(Duration.ofMinutes(10)).withRateHz(10));

        List<RackReading> rack = told(readings, RackReading.class, "h01/r003");
        double wattSeconds = 0;
        for (int i = 1; i < rack.size(); i++) {
            double seconds =
                    Duration.between(rack.get(i - 1).at(), rack.get(i).at()).toMillis() / 1000.0;
            wattSeconds += (watts(rack.get(i - 1)) + watts(rack.get(i))) / 2 * seconds;
        }
        assertClose(register(rack.getLast()) - register(rack.getFirst()), wattSeconds / 3600, 0.002);

        List<CoolingReading> unit = told(readings, CoolingReading.class, "h01/chiller-1");
        double unitWattSeconds = 0;
        for (int i = 1; i < unit.size(); i++) {
            double seconds =
                    Duration.between(unit.get(i - 1).at(), unit.get(i).at()).toMillis() / 1000.0;
            unitWattSeconds += (Objects.requireNonNull(unit.get(i - 1).electricalWatts())
                            + Objects.requireNonNull(unit.get(i).electricalWatts()))
                    / 2
                    * seconds;
        }
        assertClose(
                Objects.requireNonNull(unit.getLast().registerMilliwattHours())
                        - Objects.requireNonNull(unit.getFirst().registerMilliwattHours()),
                unitWattSeconds / 3600,
                0.002);
    }

    @Test
    void registers_step_by_whole_watt_hours_and_never_back() {
        Map<String, Long> last = new HashMap<>();
        for (Reading reading : run(two(), config(Duration.ofMinutes(5)))) {
            if (reading instanceof SupplyReading supply) {
                long now = Objects.requireNonNull(supply.deliveredRegisterMilliwattHours());
                assertThat(now % 1000).isZero();
                assertThat(now).isGreaterThanOrEqualTo(last.getOrDefault(supply.device(), 0L));
                last.put(supply.device(), now);
            }
        }
        assertThat(last).hasSize(4);
    }

    @Test
    void a_register_wraps_at_the_site_models_modulus_and_loses_nothing() {
        long modulus = 50_000; // 50 Wh
        Site wrapping = Sites.site("two")
                .halls("h01", h -> h.modulus(modulus).racks("r001"))
                .grid("grid", 1e6)
                .build();
        Site endless = Sites.site("two")
                .halls("h01", h -> h.racks("r001"))
                .grid("grid", 1e6)
                .build();

        List<RackReading> small = told(run(wrapping, config(Duration.ofMinutes(2))), RackReading.class, "h01/r001");
        List<RackReading> large = told(run(endless, config(Duration.ofMinutes(2))), RackReading.class, "h01/r001");

        long sum = 0;
        int wraps = 0;
        for (int i = 1; i < small.size(); i++) {
            long step = feedA(small.get(i)) - feedA(small.get(i - 1));
            wraps += step < 0 ? 1 : 0;
            sum += Math.floorMod(step, modulus);
            assertThat(feedA(small.get(i))).isBetween(0L, modulus - 1);
        }
        assertThat(wraps).isGreaterThan(2);
        assertThat(sum)
                .isCloseTo(
                        feedA(large.getLast()) - feedA(large.getFirst()), org.assertj.core.data.Offset.offset(1000L));
    }

    @Test
    void a_water_register_counts_as_the_site_model_says_its_meter_does() {
        List<Long> litres = water(null);
        List<Long> tens = water(new WaterMeter(1_000_000, 10_000));

        assertThat(litres).allSatisfy(register -> assertThat(register).isGreaterThan(1_000_000));
        assertThat(tens)
                .isEqualTo(litres.stream()
                        .map(register -> register % 1_000_000 / 10_000 * 10_000)
                        .toList());
    }

    private static List<Long> water(@Nullable WaterMeter meter) {
        Site site = Sites.site("two")
                .halls("h01", h -> h.racks("r001").water(meter).chiller("chiller-1"))
                .grid("grid", 1e6)
                .build();
        return told(run(site, config(Duration.ofMinutes(2))), CoolingReading.class, "h01/chiller-1").stream()
                .map(reading -> Objects.requireNonNull(reading.waterRegisterMillilitres()))
                .toList();
    }

    @Test
    void from_a_state_the_same_run_goes_on_with_the_same_readings() {
        Site site = two();
        SimulationConfig config = config(Duration.ofMinutes(1)).withScenario(scenario(site, TROUBLE));
        List<Reading> whole = run(
                site,
                config.withScenario(scenario(site, TROUBLE.lines().limit(4).reduce("", (a, b) -> a + b + "\n"))));
        SimulationConfig plain =
                config.withScenario(scenario(site, TROUBLE.lines().limit(4).reduce("", (a, b) -> a + b + "\n")));

        Simulation first = Simulation.begin(site, plain, START);
        List<Reading> readings = new ArrayList<>();
        first.advance(START.plusMillis(27_345), Integer.MAX_VALUE, readings::add);
        SimulationState state = SimulationState.of(first.state().bytes());
        readings.addAll(rest(Simulation.resume(site, plain, START, state)));

        assertThat(readings).isEqualTo(whole);
    }

    @Test
    void after_a_kill_a_live_run_contradicts_nothing_that_was_given() {
        Site site = two();
        SimulationConfig live = config(Duration.ofMinutes(1)).withStart(null).withScenario(scenario(site, TROUBLE));
        Simulation killed = Simulation.begin(site, live, START);
        List<Reading> given = new ArrayList<>();
        killed.advance(START.plusSeconds(20), Integer.MAX_VALUE, given::add);
        SimulationState old = killed.state();
        killed.advance(START.plusSeconds(28), Integer.MAX_VALUE, given::add); // seen by others, in no state

        List<Reading> after = rest(Simulation.resume(
                site, live.withScenario(SimulationConfig.DEFAULTS.scenario()), START.plusMillis(29_500), old));

        Map<String, Reading> last = new HashMap<>();
        given.forEach(reading -> last.put(reading.device(), reading));
        Set<String> seen = new HashSet<>();
        for (Reading reading : after) {
            if (seen.add(reading.device())) {
                Reading before = Objects.requireNonNull(last.get(reading.device()));
                assertThat(reading.at()).isAfter(before.at());
                assertThat(reading.sequence()).isGreaterThan(before.sequence());
                if (reading instanceof RackReading rack && before instanceof RackReading earlier) {
                    double hours = Duration.between(before.at(), reading.at()).toMillis() / 3.6e6;
                    double grown = (feedA(rack) - feedA(earlier)) / 1000.0;
                    assertThat(grown).isBetween(0.0, 70_000 * hours + 2);
                    if (earlier.feedB() != null && rack.feedB() != null) {
                        grown = (register(rack) - register(earlier)) / 1000.0;
                        assertThat(grown).isBetween(0.0, 90_000 * hours + 2);
                    }
                }
            }
        }
        assertThat(seen).hasSameSizeAs(last.keySet());
    }

    @Test
    void a_long_pause_passes_quickly_and_registers_count_through_it() {
        Site site = two();
        SimulationConfig live = config(Duration.ofSeconds(5)).withStart(null);
        Simulation before = Simulation.begin(site, live, START);
        List<Reading> given = new ArrayList<>();
        before.advance(START.plusSeconds(4), Integer.MAX_VALUE, given::add);

        List<Reading> after = rest(Simulation.resume(site, live, START.plus(Duration.ofDays(30)), before.state()));

        double grid = (Objects.requireNonNull(told(after, SupplyReading.class, "grid")
                                .getFirst()
                                .deliveredRegisterMilliwattHours())
                        - Objects.requireNonNull(told(given, SupplyReading.class, "grid")
                                .getFirst()
                                .deliveredRegisterMilliwattHours()))
                / 1e6;
        assertThat(grid / (30 * 24)).isBetween(250.0, 650.0); // kW of a 480 kW site
    }

    @Test
    void a_state_of_another_site_or_seed_is_refused_and_a_torn_one_too() {
        SimulationConfig config = config(Duration.ofSeconds(5));
        SimulationState state = Simulation.begin(two(), config, START).state();
        byte[] torn = state.bytes();
        torn[torn.length / 2] ^= 1;

        assertThatThrownBy(() -> Simulation.resume(Sites.small(), config, START, state))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("another site file");
        assertThatThrownBy(() -> Simulation.resume(two(), config.withSeed(9), START, state))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("seed 7, not 9");
        assertThatThrownBy(() -> SimulationState.of(torn))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void a_live_run_goes_on_at_another_rate_and_contradicts_nothing_that_was_given() {
        Site site = two();
        SimulationConfig seldom =
                config(Duration.ofMinutes(1)).withStart(null).withLength(null).withRateHz(0.1);
        Simulation before = Simulation.begin(site, seldom, START);
        List<Reading> given = new ArrayList<>();
        before.advance(START.plusMillis(12_345), Integer.MAX_VALUE, given::add);
        Instant now = START.plusMillis(12_346);
        assertThat(before.state().at()).as("the next reading is not yet due").isAfter(now);

        List<Reading> after = new ArrayList<>();
        Simulation.resume(site, seldom.withRateHz(10), now, before.state())
                .advance(now.plusSeconds(2), Integer.MAX_VALUE, after::add);

        Map<String, Reading> last = new HashMap<>();
        given.forEach(reading -> last.put(reading.device(), reading));
        Map<String, Integer> counts = new HashMap<>();
        for (Reading reading : after) {
            Reading earlier = last.put(reading.device(), reading);
            counts.merge(reading.device(), 1, Integer::sum);
            if (earlier != null) {
                assertThat(reading.at()).isAfter(earlier.at());
                assertThat(reading.sequence()).isGreaterThan(earlier.sequence());
            }
        }
        assertThat(counts).hasSize(34);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(17, 20));
    }

    @Test
    void a_past_run_that_was_broken_off_goes_on_to_a_later_end_too() {
        Site site = two();
        SimulationConfig minute = config(Duration.ofMinutes(1));
        Simulation first = Simulation.begin(site, minute, START);
        List<Reading> readings = new ArrayList<>(rest(first));

        readings.addAll(rest(Simulation.resume(site, minute.withLength(Duration.ofMinutes(2)), START, first.state())));

        assertThat(readings).isEqualTo(run(site, minute.withLength(Duration.ofMinutes(2))));
    }

    @Test
    void a_past_run_goes_on_as_it_began_or_says_what_differs() {
        SimulationConfig config = config(Duration.ofSeconds(30));
        Simulation broken = Simulation.begin(two(), config, START);
        broken.advance(START.plusSeconds(20), Integer.MAX_VALUE, reading -> {});
        SimulationState state = broken.state();

        assertRefused(config.withRateHz(10), state, "at 1.0 Hz, not 10.0", "--rate 1.0");
        assertRefused(config.withScenario(scenario(two(), TROUBLE)), state, "another scenario (none)");
        assertRefused(config.withLength(Duration.ofSeconds(20)), state, "nothing left", "--length of more than 20");
        assertRefused(
                config.withStart(START.plusSeconds(5)),
                state,
                "registers do not run back",
                "at 2026-11-23T12:00:00Z, where its run began");
    }

    private static void assertRefused(SimulationConfig config, SimulationState state, String... parts) {
        assertThatThrownBy(() -> Simulation.resume(two(), config, START, state))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void a_run_without_length_has_no_end() {
        Simulation simulation =
                Simulation.begin(two(), config(Duration.ofSeconds(1)).withLength(null), START);

        assertThat(simulation.finite()).isFalse();
        assertThat(simulation.advance(NEVER, 100_000, reading -> {})).isTrue();
    }

    private static void assertClose(long milliwattHours, double wattHours, double part) {
        assertThat(milliwattHours / 1000.0)
                .isCloseTo(wattHours, org.assertj.core.data.Offset.offset(2 + part * wattHours));
    }

    private static double watts(RackReading rack) {
        return Objects.requireNonNull(Objects.requireNonNull(rack.feedA()).powerWatts())
                + Objects.requireNonNull(Objects.requireNonNull(rack.feedB()).powerWatts());
    }

    private static long register(RackReading rack) {
        FeedReading b = rack.feedB();
        FeedReading a = rack.feedA();
        return (a == null ? 0 : Objects.requireNonNull(a.registerMilliwattHours()))
                + (b == null ? 0 : Objects.requireNonNull(b.registerMilliwattHours()));
    }

    private static long feedA(RackReading rack) {
        return Objects.requireNonNull(Objects.requireNonNull(rack.feedA()).registerMilliwattHours());
    }
}
