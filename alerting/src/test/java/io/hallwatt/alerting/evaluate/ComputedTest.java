package io.hallwatt.alerting.evaluate;

import static io.hallwatt.alerting.evaluate.Windows.hall;
import static io.hallwatt.alerting.evaluate.Windows.racks;
import static io.hallwatt.contract.Resolution.MINUTE;
import static io.hallwatt.contract.Resolution.SECOND;
import static io.hallwatt.contract.catalogue.Metric.HALL_COOLING_DELTA;
import static io.hallwatt.contract.catalogue.Metric.HALL_COOLING_POWER;
import static io.hallwatt.contract.catalogue.Metric.HALL_COOLING_UNIT_FAILED;
import static io.hallwatt.contract.catalogue.Metric.HALL_IT_POWER;
import static io.hallwatt.contract.catalogue.Metric.RACK_INLET;
import static io.hallwatt.contract.catalogue.Metric.RACK_OUTLET;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.HallId;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.SiteId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputedTest {
    private static final double NONE = Double.NaN;

    /** IT power a, cooling power b; x where there is none. */
    @ParameterizedTest
    @CsvSource({
        "A > 5 and B > 5,          6, 6,    6, 6, FIRING",
        "A > 5 and B > 5,          6, 6,    6, x, UNKNOWN",
        "A > 5 and B > 5,          6, 6,    4, x, INACTIVE",
        "A > 5 and B > 5,          6, 6,    x, 4, INACTIVE",
        "A > 5 or B > 5,           6, 6,    x, 6, FIRING",
        "A > 5 or B > 5,           6, 6,    6, x, FIRING",
        "A > 5 or B > 5,           6, 6,    4, x, UNKNOWN",
        "A > 5 or B > 5,           6, 6,    4, 4, INACTIVE",
        "A > 5 unless B > 5,       6, 4,    6, 4, FIRING",
        "A > 5 unless B > 5,       6, 4,    6, 6, INACTIVE",
        "A > 5 unless B > 5,       6, 4,    6, x, UNKNOWN",
        "A > 5 unless B > 5,       6, 4,    4, x, INACTIVE",
        "A > 5 unless B > 5,       6, 4,    x, 6, INACTIVE",
        "A - B > 5,                9, 1,    x, 1, UNKNOWN",
        "A - B > 5,                9, 1,    9, 1, FIRING",
        "A > B,                    2, 1,    2, 1, FIRING",
        "A > B,                    2, 1,    2, x, UNKNOWN",
        "(A > 5) + B > 1,          6, 1,    4, x, INACTIVE",
        "A / B > 1,                2, 1,    1, 0, FIRING",
        "A / B > 1,                2, 1,    0, 0, UNKNOWN",
        "A / B - 1 > 0,            2, 1,    0, 0, UNKNOWN",
        "A ^ 0.5 > 1,              4, 1,    -4, 1, UNKNOWN",
        "A / B > 1 or B >= 0,      2, 1,    0, 0, FIRING",
        "absent(A) and B > 5,      x, 6,    x, 6, FIRING",
        "absent(A) or B > 5,       x, 6,    1, x, UNKNOWN",
        "(A > bool 5) == 0,        4, 1,    4, 1, FIRING",
        "-A > 5,                   -6, 1,   -6, 1, FIRING"
    })
    void of_what_is_missing_nothing_is_concluded(
            String expr, String onIt, String onCooling, String a, String b, String state) {
        Bench bench = Bench.of("alert: X\nexpr: "
                + expr.replaceAll("\\bA\\b", "hallwatt_hall_it_power_watts")
                        .replaceAll("\\bB\\b", "hallwatt_hall_cooling_power_watts"));
        // What is on keeps on where it cannot be seen: so unknown is told from recovered.
        bench.see(power(0, onIt, onCooling));
        assertThat(bench.heard()).containsExactly("X INACTIVE>FIRING");

        bench.see(power(1, a, b));

        assertThat(bench.alerts().stream()
                        .map(alert -> alert.standing().state().name())
                        .findFirst()
                        .orElse("INACTIVE"))
                .isEqualTo(state);
    }

    @Test
    void on_missing_resolve_takes_missing_for_nothing_as_prometheus_does() {
        Bench bench = Bench.of("""
                alert: X
                expr: hallwatt_hall_it_power_watts > 5 unless hallwatt_hall_cooling_power_watts > 5
                on_missing: resolve""");

        bench.see(power(0, "6", "x"));

        assertThat(bench.heard()).containsExactly("X INACTIVE>FIRING");
    }

    @Test
    void clear_holds_what_fires_whatever_is_compared() {
        Bench bench = Bench.of("""
                alert: Ratio
                expr: hallwatt_hall_cooling_power_watts / hallwatt_hall_it_power_watts > 0.5
                clear: 0.4
                annotations: {summary: '{{ $value }}'}""");

        bench.see(power(0, "10", "6"));
        assertThat(bench.told.getFirst().annotations()).containsEntry("summary", "0.6");
        assertThat(bench.told.getFirst().threshold()).isEqualTo(0.5);
        assertThat(bench.heard()).containsExactly("Ratio INACTIVE>FIRING");
        bench.see(power(1, "10", "4.5"));
        assertThat(bench.heard()).isEmpty();
        bench.see(power(2, "10", "4"));
        assertThat(bench.heard()).containsExactly("Ratio FIRING>INACTIVE");
    }

    @Test
    void elements_meet_on_all_labels() {
        Bench bench = Bench.of(
                "alert: Unit\nexpr: hallwatt_hall_cooling_delta_celsius{unit!=\"c\"} < 1 and hallwatt_hall_cooling_unit_failed == 0");

        bench.see(Sight.of(hall(
                SECOND,
                0,
                Quantities.builder()
                        .put(HALL_COOLING_DELTA, "a", 0.5)
                        .put(HALL_COOLING_UNIT_FAILED, "a", 0)
                        .put(HALL_COOLING_DELTA, "b", 0.5)
                        .put(HALL_COOLING_UNIT_FAILED, "b", 1)
                        .put(HALL_COOLING_DELTA, "c", 0.5)
                        .put(HALL_COOLING_UNIT_FAILED, "c", 0)
                        .put(HALL_COOLING_DELTA, "d", 0.5)
                        .build())));

        assertThat(bench.told)
                .singleElement()
                .satisfies(t -> assertThat(t.labels()).containsEntry("unit", "a"));
    }

    @Test
    void a_range_is_open_on_the_left_and_passes_over_what_is_missing() {
        Bench bench = Bench.of("alert: Hot\nexpr: count_over_time(hallwatt_rack_inlet_max_celsius[3s]) == 2");

        bench.see(Sight.of(racks(0, RACK_INLET, "", 1, 1)));
        bench.see(Sight.of(racks(1, RACK_INLET, "", NONE, 1)));
        bench.see(Sight.of(racks(2, RACK_INLET, "", 1, 1)));
        assertThat(bench.heard())
                .containsExactly("Hot r002 INACTIVE>FIRING", "Hot r001 INACTIVE>FIRING", "Hot r002 FIRING>INACTIVE");
        bench.see(Sight.of(racks(3, RACK_INLET, "", NONE, 1)));
        assertThat(bench.heard()).containsExactly("Hot r001 FIRING>INACTIVE");
    }

    @Test
    void a_range_over_nothing_is_missing() {
        Bench bench = Bench.of("alert: Hot\nexpr: avg_over_time(hallwatt_rack_inlet_max_celsius[2s]) > 27");

        bench.see(Sight.of(racks(0, RACK_INLET, "", 28)));
        bench.see(Sight.of(racks(1, RACK_INLET, "", NONE)));
        assertThat(bench.heard()).containsExactly("Hot r001 INACTIVE>FIRING");
        bench.see(Sight.of(racks(2, RACK_INLET, "", NONE)));
        assertThat(bench.heard()).containsExactly("Hot r001 FIRING>UNKNOWN");
    }

    @Test
    void the_past_of_a_rack_follows_it_to_another_place_in_the_frame() {
        Bench bench = Bench.of("alert: Rise\nexpr: delta(hallwatt_rack_inlet_max_celsius[2s]) > 5");

        bench.see(Sight.of(frame(0, List.of("a", "b"), 10, 20)));
        bench.see(Sight.of(frame(1, List.of("c", "b", "a"), 50, 20, 10)));
        assertThat(bench.heard()).isEmpty();
        bench.see(Sight.of(frame(2, List.of("b", "a"), 20, 16)));

        assertThat(bench.heard()).containsExactly("Rise a INACTIVE>FIRING");
    }

    @Test
    void a_window_published_again_changes_what_later_ranges_see() {
        Bench bench = Bench.of("alert: Low\nexpr: min_over_time(hallwatt_rack_inlet_max_celsius[3s]) < 5");

        bench.see(Sight.of(racks(0, RACK_INLET, "", 10)));
        bench.see(Sight.of(racks(1, RACK_INLET, "", 10)));
        bench.see(Sight.of(racks(1, RACK_INLET, "", 1)));
        assertThat(bench.heard()).isEmpty();
        bench.see(Sight.of(racks(2, RACK_INLET, "", 10)));

        assertThat(bench.heard()).containsExactly("Low r001 INACTIVE>FIRING");
    }

    @Test
    void a_restart_that_is_given_its_past_goes_on_as_if_there_were_none() {
        String rule = "alert: Low\nexpr: min_over_time(hallwatt_rack_inlet_max_celsius[3s]) > 5";
        Bench bench = Bench.of(rule);
        List<Sight> past = List.of(Sight.of(racks(0, RACK_INLET, "", 1)), Sight.of(racks(1, RACK_INLET, "", 10)));
        past.forEach(bench::see);

        bench.restart(Bench.rules(rule));
        past.forEach(bench::prime);
        bench.prime(Sight.of(racks(2, RACK_INLET, "", 1)));
        bench.see(Sight.of(racks(2, RACK_INLET, "", 10)));
        assertThat(bench.heard()).isEmpty();
        bench.see(Sight.of(racks(3, RACK_INLET, "", 10)));

        assertThat(bench.heard()).containsExactly("Low r001 INACTIVE>FIRING");
    }

    @Test
    void a_rule_runs_on_the_windows_that_it_chooses() {
        Bench bench = Bench.of("alert: Power\nexpr: hallwatt_hall_it_power_watts > 5\nwindow: 1m");

        bench.see(power(0, "6", "x"));
        assertThat(bench.heard()).isEmpty();
        bench.see(Sight.of(
                hall(MINUTE, 0, Quantities.builder().put(HALL_IT_POWER, 6).build())));

        assertThat(bench.heard()).containsExactly("Power INACTIVE>FIRING");
    }

    @Test
    void min_coverage_and_limit_hold_for_what_is_computed_too() {
        Bench limited = Bench.of("alert: X\nexpr: hallwatt_rack_outlet_celsius - hallwatt_rack_inlet_max_celsius > 5");
        Map<RackFrame.Column, double[]> columns = Map.of(
                new RackFrame.Column(RACK_INLET, ""), new double[6],
                new RackFrame.Column(RACK_OUTLET, ""), new double[] {9, 9, 9, 9, 9, 9});
        limited.see(Sight.of(racks(0, columns, 6)));
        assertThat(limited.heard()).isEmpty();
        assertThat(limited.limited).containsExactly("X s1/h01 6");

        Bench covered = Bench.of(
                "alert: X\nexpr: hallwatt_rack_outlet_celsius - hallwatt_rack_inlet_max_celsius > 5\nmin_coverage: 0.5");
        covered.see(Sight.of(racks(0, columns, 6)));
        assertThat(covered.heard()).isEmpty();
    }

    private static Sight power(int number, String it, String cooling) {
        Quantities.Builder quantities = Quantities.builder();
        if (!it.equals("x")) {
            quantities.put(HALL_IT_POWER, Double.parseDouble(it));
        }
        if (!cooling.equals("x")) {
            quantities.put(HALL_COOLING_POWER, Double.parseDouble(cooling));
        }
        return Sight.of(hall(SECOND, number, quantities.build()));
    }

    private static RackFrame frame(int number, List<String> racks, double... celsius) {
        return new RackFrame(
                new SiteId("s1"),
                new HallId("h01"),
                Windows.window(SECOND, number),
                0,
                racks.stream().map(RackId::new).toList(),
                Map.of(new RackFrame.Column(RACK_INLET, ""), celsius));
    }

    @Test
    void zero_by_zero_ends_an_alert_only_where_missing_is_recovery_and_says_that_nothing_was_measured() {
        Bench bench = Bench.of(
                "alert: X\nexpr: hallwatt_hall_cooling_power_watts / hallwatt_hall_it_power_watts > 0.5\non_missing: resolve");
        bench.see(Sight.of(hall(
                SECOND,
                0,
                Quantities.builder()
                        .put(HALL_COOLING_POWER, 1)
                        .put(HALL_IT_POWER, 1)
                        .build())));

        bench.see(Sight.of(hall(
                SECOND,
                1,
                Quantities.builder()
                        .put(HALL_COOLING_POWER, 0)
                        .put(HALL_IT_POWER, 0)
                        .build())));

        assertThat(bench.told.getLast().annotations())
                .containsEntry(
                        "ended",
                        "Without a measured recovery: there is no value, and the rule says on_missing: resolve");
    }
}
