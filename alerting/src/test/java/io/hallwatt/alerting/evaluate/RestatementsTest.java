package io.hallwatt.alerting.evaluate;

import static io.hallwatt.alerting.evaluate.Windows.racks;
import static io.hallwatt.contract.catalogue.Metric.RACK_COMPLETENESS;
import static io.hallwatt.contract.catalogue.Metric.RACK_INLET;
import static io.hallwatt.contract.catalogue.Metric.RACK_OUTLET;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.RackFrame;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows that are published again: who judges them anew, and who does not. */
class RestatementsTest {
    private static final double NONE = Double.NaN;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hallwatt_rack_outlet_celsius > 40",
                "hallwatt_rack_outlet_celsius - hallwatt_rack_inlet_max_celsius > 20",
                "hallwatt_rack_outlet_celsius > 40 and hallwatt_rack_inlet_max_celsius < 30",
                "hallwatt_rack_outlet_celsius > 40 or hallwatt_rack_inlet_max_celsius > 90",
                "hallwatt_rack_outlet_celsius > 40 unless hallwatt_rack_inlet_max_celsius > 90",
                "abs(hallwatt_rack_outlet_celsius) > hallwatt_rack_inlet_max_celsius * 2"
            })
    void what_looks_at_one_window_judges_it_anew(String expr) {
        Bench bench = Bench.of("alert: Hot\nexpr: " + expr);
        bench.see(window(0, 45, 30, 30));
        bench.see(window(1, 45, 30, 30));
        bench.heard();

        bench.see(window(0, 30, 45, 30));

        assertThat(restated(bench)).containsExactly("r002 INACTIVE now", "r001 FIRING no more");
        bench.see(window(2, 45, 30, 30));
        assertThat(bench.heard()).isEmpty();
    }

    @Test
    void absence_is_judged_anew() {
        Bench bench = Bench.of("alert: Gone\nexpr: absent(hallwatt_rack_outlet_celsius)");
        bench.see(window(0, NONE, 30));
        bench.see(window(1, 30, 30));
        bench.heard();

        bench.see(window(0, 30, NONE));
        assertThat(restated(bench)).containsExactly("r002 INACTIVE now", "r001 INACTIVE no more");
        bench.see(window(1, 30, 30));
        assertThat(bench.heard()).isEmpty();
    }

    @Test
    void a_range_is_not_judged_anew_and_later_windows_see_what_changed_in_it() {
        Bench bench = Bench.of("alert: Hot\nexpr: max_over_time(hallwatt_rack_outlet_celsius[3s]) > 40");
        bench.see(window(0, 30));
        bench.see(window(1, 30));

        bench.see(window(0, 45));
        assertThat(bench.heard()).isEmpty();
        bench.see(window(2, 30));

        assertThat(bench.heard()).containsExactly("Hot r001 INACTIVE>FIRING");
    }

    @Test
    void what_is_missing_now_or_known_too_little_of_is_no_longer_in_breach() {
        Bench bench = Bench.of(
                "alert: Hot\nexpr: hallwatt_rack_outlet_celsius - hallwatt_rack_inlet_max_celsius > 20\nmin_coverage: 0.5");
        bench.see(covered(0, 1, 45, 45));
        bench.see(covered(1, 1, 45, 45));
        bench.heard();

        bench.see(covered(0, 0.4, NONE, 45));

        assertThat(restated(bench)).containsExactly("r001 FIRING no more", "r002 FIRING no more");
    }

    @Test
    void a_window_that_breaks_the_limit_now_would_not_have_been_judged() {
        Bench bench = Bench.of("alert: Hot\nexpr: hallwatt_rack_outlet_celsius - hallwatt_rack_inlet_max_celsius > 20");
        bench.see(window(0, 45, 30, 30, 30, 30, 30));
        bench.see(window(1, 45, 30, 30, 30, 30, 30));
        bench.heard();

        bench.see(window(0, 45, 45, 45, 45, 45, 45));

        assertThat(bench.heard()).isEmpty();
    }

    private static List<String> restated(Bench bench) {
        List<String> restated = bench.told.stream()
                .filter(told -> told.restated() != null)
                .map(RestatementsTest::shown)
                .toList();
        assertThat(restated).hasSameSizeAs(bench.told);
        bench.told.clear();
        return restated;
    }

    private static String shown(AlertTransition told) {
        return "%s %s %s".formatted(told.labels().get("rack"), told.to(), told.value() == null ? "no more" : "now");
    }

    /** Racks with such outlets, and intakes of 20 °C. */
    private static Sight window(int number, double... outlets) {
        return covered(number, 1, outlets);
    }

    private static Sight covered(int number, double coverage, double... outlets) {
        double[] inlets = new double[outlets.length];
        double[] covered = new double[outlets.length];
        Arrays.fill(inlets, 20);
        Arrays.fill(covered, coverage);
        Map<RackFrame.Column, double[]> columns = Map.of(
                new RackFrame.Column(RACK_OUTLET, ""), outlets,
                new RackFrame.Column(RACK_INLET, ""), inlets,
                new RackFrame.Column(RACK_COMPLETENESS, ""), covered);
        return Sight.of(racks(number, columns, outlets.length));
    }
}
