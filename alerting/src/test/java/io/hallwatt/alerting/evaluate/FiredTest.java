package io.hallwatt.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.alerting.state.Standing;
import io.hallwatt.contract.catalogue.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is kept of an alert for those who are told of it outside of Kafka. */
class FiredTest {
    private static final String HOT = """
            alert: RackHot
            expr: hallwatt_rack_inlet_max_celsius > 27
            for: 2s
            annotations: { summary: "{{ $value }}" }
            """;

    private final Bench bench = Bench.of(HOT);

    @Test
    void an_alert_has_fired_when_its_for_is_over_not_at_its_first_breach() {
        see(0, 28);
        assertThat(bench.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.fired()).isNull());

        see(1, 29);
        see(2, 30);
        see(3, 30);

        assertThat(fired(bench.alerts())).isEqualTo(new Fired(end(2), annotations("30"), null));
    }

    @Test
    void silence_neither_ends_it_nor_lets_it_fire_anew() {
        firing();

        see(3, Double.NaN);
        see(4, 30);

        assertThat(fired(bench.alerts())).isEqualTo(new Fired(end(2), annotations("28"), null));
    }

    @Test
    void its_end_is_kept_for_15_minutes_over_a_restart() {
        firing();
        see(3, 20);

        bench.restart(Bench.rules(HOT));
        see(3 + 15 * 60 - 1, 20);
        assertThat(fired(bench.ended())).isEqualTo(new Fired(end(2), annotations("28"), end(3)));
        assertThat(bench.ended())
                .allSatisfy(alert -> assertThat(alert.standing()).isEqualTo(Standing.INACTIVE));

        see(3 + 15 * 60, 20);
        assertThat(bench.ended()).isEmpty();
    }

    @Test
    void a_new_breach_takes_the_place_of_the_end_only_when_it_fires() {
        firing();
        see(3, 20);

        see(4, 28);
        see(5, 28);
        assertThat(bench.ended()).hasSize(1);
        see(6, 28);

        assertThat(bench.ended()).isEmpty();
        assertThat(fired(bench.alerts())).isEqualTo(new Fired(end(6), annotations("28"), null));
    }

    @Test
    void what_was_pending_only_leaves_nothing_behind() {
        see(0, 28);
        see(1, 20);

        assertThat(bench.ended()).isEmpty();
    }

    @Test
    void an_end_without_a_measured_recovery_says_so() {
        firing();

        bench.restart(new RuleSet(List.of()));
        see(3, 28);

        assertThat(fired(bench.ended()).annotations())
                .containsEntry("summary", "28")
                .containsEntry("ended", "Without a measured recovery: the rule was removed or renamed");
    }

    /** Ends first: what fires again after an end must stand last. */
    @Test
    void a_watcher_hears_after_a_restart_of_ends_and_then_of_what_stands() {
        firing();
        see(3, 20);
        see(4, 28);
        List<String> heard = new ArrayList<>();

        new Evaluation(Bench.rules(HOT), bench.memory, new AlertWatcher() {
            @Override
            public void stands(Alert alert) {
                heard.add("stands " + alert.standing().state());
            }

            @Override
            public void ended(Alert alert) {
                heard.add("ended " + Objects.requireNonNull(alert.fired()).endedAt());
            }

            @Override
            public void limited(Rule rule, String row, int alerts) {}
        });

        assertThat(heard).containsExactly("ended " + end(3), "stands PENDING");
    }

    @Test
    void what_is_told_again_has_the_value_of_now_and_nothing_new_is_told_for_it() {
        firing();
        bench.heard();

        for (int i = 3; i < 40; i++) {
            see(i, 36);
        }

        assertThat(fired(bench.alerts())).isEqualTo(new Fired(end(2), annotations("36"), null));
        assertThat(bench.told).isEmpty();
        see(40, Double.NaN);
        for (int i = 41; i < 80; i++) {
            see(i, Double.NaN);
        }
        assertThat(fired(bench.alerts()))
                .as("the last that was seen")
                .isEqualTo(new Fired(end(2), annotations("36"), null));
    }

    @Test
    void texts_are_renewed_at_the_same_times_however_often_the_process_restarts() {
        Bench whole = Bench.of(HOT);
        for (int i = 0; i < 100; i++) {
            Sight window = Sight.of(Windows.racks(i, Metric.RACK_INLET, "", 28 + i));
            whole.see(window);
            bench.see(window);
            bench.restart(Bench.rules(HOT));

            assertThat(bench.alerts()).isEqualTo(whole.alerts());
        }
    }

    private void firing() {
        see(0, 28);
        see(1, 28);
        see(2, 28);
    }

    private void see(int window, double celsius) {
        bench.see(Sight.of(Windows.racks(window, Metric.RACK_INLET, "", celsius)));
    }

    private static Instant end(int window) {
        return Windows.START.plusSeconds(window + 1L);
    }

    private static SortedMap<String, String> annotations(String summary) {
        return new TreeMap<>(Map.of("summary", summary));
    }

    private static Fired fired(List<Alert> alerts) {
        assertThat(alerts).hasSize(1);
        return Objects.requireNonNull(alerts.getFirst().fired());
    }
}
