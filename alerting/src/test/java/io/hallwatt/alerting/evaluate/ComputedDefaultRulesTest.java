package io.hallwatt.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The default rules that look at more than one metric, or back in time: when they fire, and that they keep still where they should. */
class ComputedDefaultRulesTest {
    private static final double NOT_KNOWN = Double.NaN;

    static final Set<String> RULES = Set.of(
            "HallFeedLost",
            "PhaseImbalance",
            "InletRising",
            "WaterLeak",
            "PowerMeterStuck",
            "InletSensorStuck",
            "GridLost",
            "SupplySilent");

    @Test
    void a_feed_that_most_racks_of_a_hall_are_without_is_lost_and_one_rack_alone_is_not_the_hall() {
        assertThat(halls("HallFeedLost", 9, n -> lostFeed(3, 0.6))).containsExactly("PENDING 1", "FIRING 4");
        assertThat(halls("HallFeedLost", 9, n -> lostFeed(2, 0.5))).isEmpty();
        assertThat(halls("HallFeedLost", 9, n -> lostFeed(1, 1))).isEmpty();
        assertThat(halls("HallFeedLost", 9, n -> lostFeed(n < 6 ? 3 : 2, n < 6 ? 0.6 : 0.4)))
                .containsExactly("PENDING 1", "FIRING 4", "INACTIVE 7");
    }

    @Test
    void a_hall_that_tells_nothing_of_its_feeds_neither_begins_nor_ends_their_loss() {
        Quantities nothing = Quantities.builder()
                .put(Metric.HALL_FEED_LOST, "B", Quantity.unknown(Reason.NO_READINGS))
                .put(Metric.HALL_FEED_LOST_RACKS, "B", Quantity.unknown(Reason.NO_READINGS))
                .build();

        assertThat(halls("HallFeedLost", 60, n -> nothing)).isEmpty();
        assertThat(halls("HallFeedLost", 60, n -> n < 6 ? lostFeed(3, 1) : nothing))
                .containsExactly("PENDING 1", "FIRING 4", "UNKNOWN 17");
    }

    private static Quantities lostFeed(int racks, double ratio) {
        return Quantities.builder()
                .put(Metric.HALL_FEED_LOST_RACKS, "B", racks)
                .put(Metric.HALL_FEED_LOST, "B", ratio)
                .put(Metric.HALL_RACKS_REPORTING, 5)
                .build();
    }

    @Test
    void phase_imbalance_counts_on_feeds_that_carry_something() {
        assertThat(halls("PhaseImbalance", 620, n -> imbalance(0.21, 60_000)))
                .containsExactly("PENDING 1", "FIRING 601");
        assertThat(halls("PhaseImbalance", 620, n -> imbalance(0.19, 60_000))).isEmpty();
        assertThat(halls("PhaseImbalance", 620, n -> imbalance(0.5, 40_000))).isEmpty();
        assertThat(halls("PhaseImbalance", 620, n -> imbalance(n < 610 ? 0.21 : 0.1, 60_000)))
                .containsExactly("PENDING 1", "FIRING 601", "INACTIVE 611");
    }

    private static Quantities imbalance(double ratio, double watts) {
        return Quantities.builder()
                .put(Metric.HALL_PHASE_IMBALANCE, "A", ratio)
                .put(Metric.HALL_FEED_POWER, "A", watts)
                .build();
    }

    @Test
    void an_intake_that_rises_warns_before_the_limit_and_leaves_the_limit_itself_to_its_own_rule() {
        // 0.6 K a minute from 7 K below: in ten minutes at the limit when 6 K are left.
        List<String> rising = halls("InletRising", 900, n -> excess(-7 + 0.01 * n));

        assertThat(rising.getFirst()).isEqualTo("PENDING 240");
        assertThat(rising.get(1)).isEqualTo("FIRING " + (number(rising.getFirst()) + 30));
        assertThat(number(rising.get(1))).isEqualTo(270); // four of the five minutes, and `for`
        assertThat(halls("InletAboveAllowable", 900, n -> excess(-7 + 0.01 * n)))
                .first()
                .isEqualTo("PENDING 702");
    }

    @Test
    void a_warm_but_steady_hall_and_one_that_cools_down_do_not_rise() {
        assertThat(halls("InletRising", 900, n -> excess(-0.2 + 0.05 * Math.sin(n / 20.0))))
                .isEmpty();
        assertThat(halls("InletRising", 900, n -> excess(-1 - 0.01 * n))).isEmpty();
    }

    private static Quantities excess(double kelvin) {
        return Quantities.builder()
                .put(Metric.HALL_INLET_ALLOWABLE_EXCESS, kelvin)
                .build();
    }

    @Test
    void water_that_the_heat_cannot_evaporate_is_a_leak() {
        // 2.45 MW evaporate a litre a second: 900 L in a quarter of an hour, of which three times and 100 L are borne.
        assertThat(water(2_799)).isEmpty();
        assertThat(water(2_801)).containsExactly("FIRING 900");
    }

    private static List<String> water(double litres) {
        Bench bench = new Bench(RuleSet.defaults());
        Quantities quantities = Quantities.builder()
                .put(Metric.HALL_WATER, litres * 1_000)
                .put(Metric.HALL_THERMAL_POWER, 2_450_000)
                .build();
        bench.see(Sight.of(Windows.hall(Resolution.QUARTER, 0, quantities)));
        return told(bench, "WaterLeak");
    }

    @Test
    void a_site_without_grid_is_told_from_one_that_exports_and_one_that_stands_still() {
        assertThat(sites("GridLost", 5, grid(0, 1e6))).containsExactly("PENDING 1", "FIRING 4");
        assertThat(sites("GridLost", 5, grid(-5_000, 1e6))).isEmpty();
        assertThat(sites("GridLost", 5, grid(0, 0))).isEmpty();
    }

    @Test
    void a_meter_that_shows_noise_on_a_dead_grid_does_not_hide_its_loss() {
        assertThat(sites("GridLost", 20, n -> grid(n < 5 ? 4e5 : n % 2 == 0 ? 200 : -200, 1e6)))
                .containsExactly("PENDING 10", "FIRING 13");
        assertThat(sites("GridLost", 20, n -> grid(n < 5 ? 2_000 : n % 2 == 0 ? 5 : -5, 5_000)))
                .as("a small site")
                .containsExactly("PENDING 10", "FIRING 13");
    }

    @Test
    void a_site_that_passes_from_import_to_export_has_its_grid() {
        assertThat(sites("GridLost", 60, n -> grid(3_000 - 150 * n, 1e6))).isEmpty();
        assertThat(sites("GridLost", 60, n -> grid(n < 5 ? 5_000 : n % 2 == 0 ? 600 : -600, 1e6)))
                .as("kept near nothing by a battery")
                .isEmpty();
    }

    /** UPS batteries and generators carry racks past the meters of what comes in. */
    @Test
    void less_than_the_racks_draw_is_no_wrong_meter_as_long_as_the_grid_is_away() {
        IntFunction<Quantities> gridLost = n -> balance(n < 10 ? 4e5 : 0, n < 10 ? 2e4 : -2e5);
        IntFunction<Quantities> wrongMeter = n -> balance(4e5 + 1e3 * n, n < 10 ? 2e4 : -2e5);

        assertThat(sites("OtherPowerNegative", 100, gridLost)).containsExactly("PENDING 11", "SUPPRESSED 15");
        assertThat(sites("GridLost", 100, gridLost)).containsExactly("PENDING 15", "FIRING 18");
        assertThat(sites("OtherPowerNegative", 100, wrongMeter)).containsExactly("PENDING 11", "FIRING 71");
    }

    private static Quantities balance(double gridWatts, double otherWatts) {
        return Quantities.builder()
                .put(Metric.SITE_GRID_IMPORT, gridWatts)
                .put(Metric.SITE_FACILITY_POWER, 4e5)
                .put(Metric.SITE_OTHER_POWER, otherWatts)
                .build();
    }

    @Test
    void a_site_whose_supply_is_not_known_is_told_after_a_minute() {
        assertThat(sites("SupplySilent", 100, n -> n < 30 ? seen(1e6) : seen(NOT_KNOWN)))
                .containsExactly("PENDING 31", "FIRING 91");
        assertThat(sites("SupplySilent", 100, n -> seen(1e6))).isEmpty();
    }

    @Test
    void supply_that_is_heard_soon_after_a_first_start_was_not_silent() {
        assertThat(sites("SupplySilent", 90, n -> n < 14 ? seen(NOT_KNOWN) : seen(1e6)))
                .isEmpty();
        assertThat(sites("SupplySilent", 90, n -> seen(NOT_KNOWN))).containsExactly("PENDING 15", "FIRING 75");
    }

    private static Quantities seen(double facility) {
        Quantities.Builder quantities = Quantities.builder().put(Metric.SITE_RACKS_EXPECTED, 3);
        return Double.isNaN(facility)
                ? quantities.build()
                : quantities.put(Metric.SITE_FACILITY_POWER, facility).build();
    }

    private static Quantities grid(double watts, double facility) {
        return Quantities.builder()
                .put(Metric.SITE_GRID_IMPORT, watts)
                .put(Metric.SITE_FACILITY_POWER, facility)
                .build();
    }

    @Test
    void a_meter_that_repeats_itself_is_stuck_and_one_that_is_off_or_moves_is_not() {
        List<String> stuck = racks("PowerMeterStuck", 70, n -> new double[] {5_000, 0, 5_000 + n % 2});

        assertThat(stuck).containsExactly("PENDING 1200 r001", "FIRING 3000 r001");
    }

    @Test
    void an_intake_that_does_not_move_while_power_does_is_stuck() {
        List<String> stuck = frames(
                "InletSensorStuck",
                130,
                n -> Windows.minuteOfRacks(
                        n,
                        Map.of(
                                new RackFrame.Column(Metric.RACK_INLET, ""),
                                new double[] {24, 24, 24 + 0.1 * (n % 3)},
                                new RackFrame.Column(Metric.RACK_POWER, ""),
                                new double[] {5_000 + 200 * (n % 10), 5_000 + n % 10, 5_000 + 200 * (n % 10)}),
                        3));

        assertThat(stuck).hasSize(2);
        assertThat(stuck.getFirst()).startsWith("PENDING ").endsWith(" r001");
        assertThat(number(stuck.get(1)) - number(stuck.getFirst())).isEqualTo(3_600);
    }

    private static List<String> racks(String alert, int minutes, IntFunction<double[]> watts) {
        return frames(
                alert,
                minutes,
                n -> Windows.minuteOfRacks(n, Map.of(new RackFrame.Column(Metric.RACK_POWER, ""), watts.apply(n)), 3));
    }

    private static List<String> frames(String alert, int minutes, IntFunction<RackFrame> frame) {
        Bench bench = new Bench(RuleSet.defaults());
        for (int n = 0; n < minutes; n++) {
            bench.see(Sight.of(frame.apply(n)));
        }
        return told(bench, alert);
    }

    private static List<String> halls(String alert, int seconds, IntFunction<Quantities> quantities) {
        Bench bench = new Bench(RuleSet.defaults());
        for (int n = 0; n < seconds; n++) {
            bench.see(Sight.of(Windows.hall(Resolution.SECOND, n, quantities.apply(n))));
        }
        return told(bench, alert);
    }

    private static List<String> sites(String alert, int seconds, Quantities quantities) {
        return sites(alert, seconds, n -> quantities);
    }

    private static List<String> sites(String alert, int seconds, IntFunction<Quantities> quantities) {
        Bench bench = new Bench(RuleSet.defaults());
        for (int n = 0; n < seconds; n++) {
            bench.see(Sight.of(Windows.site(Resolution.SECOND, n, quantities.apply(n))));
        }
        return told(bench, alert);
    }

    /** {@code FIRING 31 r001}: state, seconds after the beginning, the rack where it is about one; texts are whole. */
    private static List<String> told(Bench bench, String alert) {
        List<AlertTransition> told =
                bench.told.stream().filter(t -> t.rule().equals(alert)).toList();
        assertThat(told)
                .filteredOn(t -> t.to() == AlertState.FIRING)
                .allSatisfy(t -> assertThat(t.annotations().values())
                        .noneMatch(text -> text.contains("{{") || text.contains("error expanding")));
        return told.stream()
                .map(t -> "%s %d %s"
                        .formatted(
                                t.to(),
                                Duration.between(Windows.START, t.at()).toSeconds(),
                                t.labels().getOrDefault("rack", ""))
                        .strip())
                .toList();
    }

    private static long number(String told) {
        return Long.parseLong(Arrays.asList(told.split(" ")).get(1));
    }
}
