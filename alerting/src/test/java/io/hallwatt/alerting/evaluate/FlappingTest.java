package io.hallwatt.alerting.evaluate;

import static io.hallwatt.alerting.evaluate.Windows.racks;
import static io.hallwatt.contract.catalogue.Metric.RACK_INLET;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.state.FlapDamping;
import io.hallwatt.contract.AlertState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FlappingTest {
    private static final String HOT = "alert: Hot\nexpr: hallwatt_rack_inlet_max_celsius > 27\n";

    @Test
    void an_alert_that_fires_too_often_is_held_firing_until_it_has_been_clear_for_the_span() {
        Bench bench = Bench.of(HOT + "flapping: {firings: 2, within: 10s}");

        swing(bench, 0, 8);
        assertThat(bench.told)
                .filteredOn(t -> t.to() == AlertState.FIRING)
                .hasSize(3)
                .last()
                .satisfies(t -> {
                    assertThat(t.annotations())
                            .containsEntry(
                                    "flapping",
                                    "Fired 3 times within 10s: held firing until it has been clear for 10s");
                    assertThat(t.labels()).doesNotContainKey("flapping");
                });
        bench.heard();
        for (int i = 8; i < 17; i++) {
            bench.see(Sight.of(racks(i, RACK_INLET, "", 20)));
        }
        assertThat(bench.told).isEmpty();
        bench.see(Sight.of(racks(17, RACK_INLET, "", 20)));

        assertThat(bench.told).singleElement().satisfies(t -> {
            assertThat(t.to()).isEqualTo(AlertState.INACTIVE);
            assertThat(t.annotations()).containsEntry("flapping", "Was held firing; breached anew 1 time meanwhile");
        });
        assertThat(bench.flaps).containsExactly("Hot", "Hot");
        assertThat(bench.alerts()).isEmpty();
    }

    @Test
    void a_restart_between_two_firings_forgets_neither() {
        String rule = HOT + "flapping: {firings: 2, within: 10s}";
        Bench whole = Bench.of(rule);
        Bench restarted = Bench.of(rule);

        for (int i = 0; i < 30; i++) {
            Sight window = Sight.of(racks(i, RACK_INLET, "", i < 12 && i % 2 == 0 ? 28 : 20));
            whole.see(window);
            restarted.see(window);
            restarted.restart(Bench.rules(rule));
        }

        assertThat(restarted.told).isEqualTo(whole.told).isNotEmpty();
    }

    @Test
    void the_stages_damping_holds_for_rules_that_say_nothing_and_a_rule_may_switch_it_off() {
        FlapDamping stage = new FlapDamping(1, Duration.ofSeconds(10));
        Bench silent = new Bench(Bench.rules(HOT).damped(stage));
        Bench off = new Bench(Bench.rules(HOT + "flapping: {firings: 0}").damped(stage));

        swing(silent, 0, 6);
        swing(off, 0, 6);

        assertThat(silent.heard())
                .containsExactly("Hot r001 INACTIVE>FIRING", "Hot r001 FIRING>INACTIVE", "Hot r001 INACTIVE>FIRING");
        assertThat(off.heard()).hasSize(6);
    }

    @Test
    void firings_far_apart_are_no_flapping() {
        Bench bench = Bench.of(HOT + "flapping: {firings: 1, within: 10s}");

        for (int i = 0; i < 60; i++) {
            bench.see(Sight.of(racks(i, RACK_INLET, "", i % 20 == 0 ? 28 : 20)));
        }

        assertThat(bench.heard()).hasSize(6);
        assertThat(bench.flaps).isEmpty();
    }

    /** In breach in every other window. */
    private static void swing(Bench bench, int from, int to) {
        for (int i = from; i < to; i++) {
            bench.see(Sight.of(racks(i, RACK_INLET, "", i % 2 == 0 ? 28 : 20)));
        }
    }
}
