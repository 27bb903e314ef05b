package io.hallwatt.alerting.evaluate;

import static io.hallwatt.alerting.evaluate.Windows.hall;
import static io.hallwatt.alerting.evaluate.Windows.racks;
import static io.hallwatt.alerting.evaluate.Windows.site;
import static io.hallwatt.contract.Resolution.MINUTE;
import static io.hallwatt.contract.Resolution.SECOND;
import static io.hallwatt.contract.catalogue.Metric.HALL_COOLING_UNIT_FAILED;
import static io.hallwatt.contract.catalogue.Metric.HALL_INLET_MAX;
import static io.hallwatt.contract.catalogue.Metric.HALL_IT_POWER;
import static io.hallwatt.contract.catalogue.Metric.RACK_COMPLETENESS;
import static io.hallwatt.contract.catalogue.Metric.RACK_FEED_LOAD;
import static io.hallwatt.contract.catalogue.Metric.RACK_INLET;
import static io.hallwatt.contract.catalogue.Metric.SITE_IT_ENERGY;
import static io.hallwatt.contract.catalogue.Metric.SITE_PUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hallwatt.alerting.evaluate.Evaluation.Outcome;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final String HOT = """
            alert: RackHot
            expr: hallwatt_rack_inlet_max_celsius > 27
            for: 2s
            labels: {severity: critical, team: '{{ $labels.hall }}-ops'}
            annotations: {summary: '{{ $labels.rack }} at {{ printf "%.1f" $value }}'}
            """;

    @Test
    void each_rack_has_an_alert_of_its_own() {
        Bench bench = Bench.of(HOT);

        bench.see(Sight.of(racks(0, RACK_INLET, "", 28, 20, 30)));
        assertThat(bench.heard()).containsExactly("RackHot r001 INACTIVE>PENDING", "RackHot r003 INACTIVE>PENDING");
        bench.see(Sight.of(racks(1, RACK_INLET, "", 28, 20, 26)));
        assertThat(bench.heard()).containsExactly("RackHot r003 PENDING>INACTIVE");
        bench.see(Sight.of(racks(2, RACK_INLET, "", 28.25, 20, 26)));
        assertThat(bench.told).singleElement().satisfies(transition -> {
            assertThat(transition.labels())
                    .isEqualTo(Map.of(
                            "alertname",
                            "RackHot",
                            "site",
                            "s1",
                            "hall",
                            "h01",
                            "rack",
                            "r001",
                            "severity",
                            "critical",
                            "source",
                            "hallwatt",
                            "team",
                            "h01-ops"));
            assertThat(transition.fingerprint()).isEqualTo(Fingerprint.of(transition.labels()));
            assertThat(transition.annotations()).isEqualTo(Map.of("summary", "r001 at 28.2"));
            assertThat(transition.at()).isEqualTo(Windows.START.plusSeconds(3));
            assertThat(transition.since()).isEqualTo(Windows.START.plusSeconds(1));
            assertThat(transition.value()).isEqualTo(28.25);
            assertThat(transition.threshold()).isEqualTo(27);
        });
    }

    @Test
    void only_what_fired_begins_and_ends_for_people_each_once_through_times_without_a_value() {
        Bench bench = Bench.of("alert: Hot\nexpr: hallwatt_rack_inlet_max_celsius > 27\nfor: 2s");
        double[] firing = {28, 28, 28, Double.NaN, 28, 20};
        double[] pending = {28, Double.NaN, 20, 20, 20, 20};

        for (int i = 0; i < firing.length; i++) {
            bench.see(Sight.of(racks(i, RACK_INLET, "", firing[i], pending[i])));
        }

        assertThat(bench.told)
                .filteredOn(t -> "r002".equals(t.labels().get("rack")))
                .hasSize(3)
                .noneMatch(AlertTransition::beginsOrEnds);
        assertThat(bench.told)
                .filteredOn(t -> "r001".equals(t.labels().get("rack")))
                .hasSize(5)
                .filteredOn(AlertTransition::beginsOrEnds)
                .extracting(AlertTransition::to, AlertTransition::fired)
                .containsExactly(
                        tuple(AlertState.FIRING, Windows.START.plusSeconds(3)),
                        tuple(AlertState.INACTIVE, Windows.START.plusSeconds(3)));
    }

    @Test
    void each_feed_has_an_alert_of_its_own_and_matchers_choose() {
        Bench bench = Bench.of("alert: Load\nexpr: hallwatt_rack_feed_load_ratio{rack=~\"r00[12]\",feed!=\"B\"} > 0.8");

        bench.see(Sight.of(racks(
                0,
                Map.of(
                        new RackFrame.Column(RACK_FEED_LOAD, "A"), new double[] {0.9, 0.1, 0.9},
                        new RackFrame.Column(RACK_FEED_LOAD, "B"), new double[] {0.9, 0.9, 0.9}),
                3)));

        assertThat(bench.told)
                .singleElement()
                .satisfies(t ->
                        assertThat(t.labels()).containsEntry("rack", "r001").containsEntry("feed", "A"));
    }

    @Test
    void clear_holds_what_fires_until_the_second_bound_is_passed() {
        Bench bench = Bench.of("alert: Load\nexpr: hallwatt_rack_feed_load_ratio > 0.8\nclear: 0.75");

        bench.see(Sight.of(racks(0, RACK_FEED_LOAD, "A", 0.9)));
        bench.see(Sight.of(racks(1, RACK_FEED_LOAD, "A", 0.76)));
        assertThat(bench.heard()).containsExactly("Load r001 INACTIVE>FIRING");
        bench.see(Sight.of(racks(2, RACK_FEED_LOAD, "A", 0.75)));
        assertThat(bench.heard()).containsExactly("Load r001 FIRING>INACTIVE");
    }

    @Test
    void a_rack_that_falls_silent_is_unknown_and_one_that_leaves_the_site_is_over() {
        Bench bench = Bench.of("alert: Hot\nexpr: hallwatt_rack_inlet_max_celsius > 27");

        bench.see(Sight.of(racks(0, RACK_INLET, "", 20, 28)));
        bench.see(Sight.of(racks(1, RACK_INLET, "", Double.NaN, Double.NaN)));
        assertThat(bench.heard()).containsExactly("Hot r002 INACTIVE>FIRING", "Hot r002 FIRING>UNKNOWN");
        bench.see(Sight.of(racks(2, RACK_INLET, "", 20)));
        assertThat(bench.heard()).containsExactly("Hot r002 UNKNOWN>INACTIVE");
    }

    @Test
    void an_end_says_whether_a_recovery_was_measured() {
        Bench bench = Bench.of("""
                alert: Hot
                expr: hallwatt_rack_inlet_max_celsius > 27
                annotations: {summary: '{{ $labels.rack }} at {{ printf "%.1f" $value }} °C'}
                """);
        bench.see(Sight.of(racks(0, RACK_INLET, "", 28, 28, 28)));
        bench.see(Sight.of(racks(1, RACK_INLET, "", 20, Double.NaN, Double.NaN)));
        bench.see(Sight.of(racks(2, RACK_INLET, "", 20, 21)));

        assertThat(bench.told.subList(3, bench.told.size()))
                .extracting(t -> "%s>%s %s %s %s"
                        .formatted(
                                t.from(),
                                t.to(),
                                t.value(),
                                t.annotations().get("summary"),
                                t.annotations().get("ended")))
                .containsExactly(
                        "FIRING>INACTIVE 20.0 r001 at 20.0 °C null",
                        "FIRING>UNKNOWN null r002 at unknown °C null",
                        "FIRING>UNKNOWN null r003 at unknown °C null",
                        "UNKNOWN>INACTIVE 21.0 r002 at 21.0 °C Measured after a time without values since 2026-01-15T12:00:01Z",
                        "UNKNOWN>INACTIVE null r003 at unknown °C Without a measured recovery: it is no longer in the site model, or the rule no longer selects it");
    }

    @Test
    void what_cannot_be_seen_never_ends_however_long_it_lasts() {
        Bench bench = Bench.of("alert: Hot\nexpr: hallwatt_rack_inlet_max_celsius > 27\nfor: 1s\nkeep_firing_for: 1s");
        bench.see(Sight.of(racks(0, RACK_INLET, "", 28, 20)));
        bench.see(Sight.of(racks(1, RACK_INLET, "", 28, 28)));
        bench.heard();

        for (int i = 2; i < 1_000; i++) {
            bench.see(Sight.of(racks(i, RACK_INLET, "", Double.NaN, Double.NaN)));
        }

        assertThat(bench.heard()).containsExactly("Hot r001 FIRING>UNKNOWN", "Hot r002 PENDING>UNKNOWN");
    }

    @Test
    void a_column_that_is_not_there_is_missing_for_every_rack() {
        Bench bench = Bench.of("alert: Hot\nexpr: hallwatt_rack_inlet_max_celsius > 27\non_missing: breach");

        bench.see(Sight.of(racks(0, RACK_FEED_LOAD, "A", 0.1, 0.1)));

        assertThat(bench.heard()).containsExactly("Hot r001 INACTIVE>FIRING", "Hot r002 INACTIVE>FIRING");
    }

    @Test
    void a_hole_between_windows_is_missing_time() {
        Bench bench = Bench.of("alert: Hot\nexpr: hallwatt_rack_inlet_max_celsius > 27\nfor: 10s\nmax_gap: 3s");

        bench.see(Sight.of(racks(0, RACK_INLET, "", 28)));
        bench.see(Sight.of(racks(4, RACK_INLET, "", 28)));
        assertThat(bench.heard()).containsExactly("Hot r001 INACTIVE>PENDING");
        bench.see(Sight.of(racks(20, RACK_INLET, "", 28)));
        assertThat(bench.heard()).containsExactly("Hot r001 PENDING>UNKNOWN", "Hot r001 UNKNOWN>PENDING");
    }

    @Test
    void a_window_with_too_little_coverage_is_missing() {
        Bench bench = Bench.of("alert: Hot\nexpr: hallwatt_rack_inlet_max_celsius > 27\nmin_coverage: 0.5");

        bench.see(Sight.of(racks(
                0,
                Map.of(
                        new RackFrame.Column(RACK_INLET, ""), new double[] {28, 28, 28},
                        new RackFrame.Column(RACK_COMPLETENESS, ""), new double[] {0.5, 0.4, Double.NaN}),
                3)));

        assertThat(bench.heard()).containsExactly("Hot r001 INACTIVE>FIRING");
    }

    @Test
    void on_missing_alert_says_that_it_cannot_see_and_keeps_the_alert() {
        Bench bench = Bench.of("alert: Power\nexpr: hallwatt_hall_it_power_watts > 10\non_missing: alert\nfor: 1s");

        bench.see(Sight.of(
                hall(SECOND, 0, Quantities.builder().put(HALL_IT_POWER, 11).build())));
        bench.see(Sight.of(
                hall(SECOND, 1, Quantities.builder().put(HALL_IT_POWER, 11).build())));
        assertThat(bench.heard()).containsExactly("Power INACTIVE>PENDING", "Power PENDING>FIRING");
        bench.see(Sight.of(hall(SECOND, 2, Quantities.NONE)));
        bench.see(Sight.of(hall(SECOND, 3, Quantities.NONE)));
        assertThat(bench.told.getLast().labels()).containsEntry("blind", "Power");
        assertThat(bench.heard())
                .containsExactly(
                        "Power FIRING>UNKNOWN", "HallwattBlind INACTIVE>PENDING", "HallwattBlind PENDING>FIRING");
        bench.see(Sight.of(
                hall(SECOND, 4, Quantities.builder().put(HALL_IT_POWER, 9).build())));
        assertThat(bench.heard()).containsExactly("Power UNKNOWN>INACTIVE", "HallwattBlind FIRING>INACTIVE");
    }

    @Test
    void absent_is_on_for_the_hall_whose_window_does_not_know_the_metric() {
        Bench bench = Bench.of("alert: Dark\nexpr: absent(hallwatt_hall_it_power_watts{hall=\"h01\"})");

        bench.see(Sight.of(hall(
                SECOND,
                0,
                Quantities.builder().unknown(HALL_IT_POWER, Reason.NO_READINGS).build())));
        assertThat(bench.told.getFirst().labels()).containsEntry("hall", "h01");
        assertThat(bench.heard()).containsExactly("Dark INACTIVE>FIRING");
        bench.see(Sight.of(
                hall(SECOND, 1, Quantities.builder().put(HALL_IT_POWER, 1).build())));
        assertThat(bench.heard()).containsExactly("Dark FIRING>INACTIVE");
    }

    @Test
    void a_unit_that_is_no_longer_spoken_of_stays_in_alarm() {
        Bench bench = Bench.of("alert: Unit\nexpr: hallwatt_hall_cooling_unit_failed == 1");

        bench.see(Sight.of(hall(
                SECOND,
                0,
                Quantities.builder().put(HALL_COOLING_UNIT_FAILED, "crah-03", 1).build())));
        bench.see(Sight.of(hall(SECOND, 1, Quantities.NONE)));

        assertThat(bench.heard()).containsExactly("Unit INACTIVE>FIRING", "Unit FIRING>UNKNOWN");
    }

    @Test
    void energies_and_pue_are_judged_by_the_minute_and_in_base_units() {
        Bench energy = Bench.of("alert: E\nexpr: hallwatt_site_it_energy_joules >= 3.6");
        Bench pue = Bench.of("alert: P\nexpr: hallwatt_site_pue_ratio < 1");

        Quantities quantities =
                Quantities.builder().put(SITE_IT_ENERGY, 1).put(SITE_PUE, 0.9).build();
        energy.see(Sight.of(site(SECOND, 0, quantities)));
        pue.see(Sight.of(site(SECOND, 0, quantities)));
        assertThat(energy.heard()).isEmpty();
        assertThat(pue.heard()).isEmpty();
        energy.see(Sight.of(site(MINUTE, 0, quantities)));
        pue.see(Sight.of(site(MINUTE, 0, quantities)));

        assertThat(energy.heard()).containsExactly("E INACTIVE>FIRING");
        assertThat(pue.heard()).containsExactly("P INACTIVE>FIRING");
    }

    @Test
    void a_window_published_again_opens_and_ends_nothing() {
        Bench bench = Bench.of("alert: Hot\nexpr: hallwatt_rack_inlet_max_celsius > 27");
        bench.see(Sight.of(racks(0, RACK_INLET, "", 28)));
        bench.see(Sight.of(racks(1, RACK_INLET, "", 28)));
        bench.heard();

        Outcome outcome = bench.see(Sight.of(racks(1, RACK_INLET, "", 20)));

        assertThat(outcome).isEqualTo(Outcome.RESTATED);
        assertThat(bench.heard()).containsExactly("Hot r001 FIRING>FIRING");
        assertThat(bench.alerts()).singleElement().matches(Alert::firing);
    }

    @Test
    void a_window_published_again_that_would_have_been_judged_otherwise_is_told_to_the_history() {
        Bench bench = Bench.of("alert: Hot\nexpr: hallwatt_rack_inlet_max_celsius > 27");
        bench.see(Sight.of(racks(0, RACK_INLET, "", 28, 20, 20)));
        bench.see(Sight.of(racks(1, RACK_INLET, "", 28, 20, 20)));
        bench.heard();

        bench.see(Sight.of(racks(0, RACK_INLET, "", 20, 29, 20)));

        assertThat(bench.told)
                .extracting(t -> "%s %s>%s %s %s %s"
                        .formatted(t.labels().get("rack"), t.from(), t.to(), t.at(), t.value(), t.restated()))
                .containsExactly(
                        "r002 INACTIVE>INACTIVE 2026-01-15T12:00:01Z 29.0 0",
                        "r001 FIRING>FIRING 2026-01-15T12:00:01Z null 0");
        assertThat(bench.told).noneMatch(AlertTransition::audible);
        bench.heard();
        bench.see(Sight.of(racks(0, RACK_INLET, "", 20, 29, 20)));
        assertThat(bench.heard()).isEmpty();
        bench.see(Sight.of(racks(2, RACK_INLET, "", 28, 20, 20)));
        assertThat(bench.heard()).isEmpty();
    }

    @Test
    void rules_that_compute_the_same_are_each_held_against_their_own_bound() {
        Bench bench = new Bench(RuleSet.read("rules.yaml", """
                groups:
                - name: g
                  rules:
                  - {alert: Low, expr: hallwatt_rack_feed_load_ratio + 1 > 1.2}
                  - {alert: High, expr: hallwatt_rack_feed_load_ratio + 1 > 1.6}
                """));

        bench.see(Sight.of(racks(0, RACK_FEED_LOAD, "A", 0.1, 0.5, 0.7)));
        assertThat(bench.heard())
                .containsExactly("Low r002 INACTIVE>FIRING", "Low r003 INACTIVE>FIRING", "High r003 INACTIVE>FIRING");
        bench.see(Sight.of(racks(1, RACK_FEED_LOAD, "A", 0.1, 0.1, 0.5)));
        assertThat(bench.heard()).containsExactly("Low r002 FIRING>INACTIVE", "High r003 FIRING>INACTIVE");
    }

    @Test
    void more_alerts_than_the_limit_change_nothing_and_are_reported() {
        Bench bench = Bench.of("alert: Hot\nexpr: hallwatt_rack_inlet_max_celsius > 27");

        bench.see(Sight.of(racks(0, RACK_INLET, "", 28, 28, 28, 28, 28)));
        assertThat(bench.heard()).hasSize(5);
        bench.see(Sight.of(racks(1, RACK_INLET, "", 28, 28, 28, 28, 28, 28)));

        assertThat(bench.heard()).isEmpty();
        assertThat(bench.limited).containsExactly("Hot s1/h01 6");
        bench.see(Sight.of(racks(1, RACK_INLET, "", 28, 28, 28, 28, 28, 20)));
        assertThat(bench.told).isEmpty(); // it was not judged, and so cannot be judged otherwise
    }

    @Test
    void a_restart_forgets_nothing_and_tells_nothing_twice() {
        Bench bench = Bench.of(HOT);
        bench.see(Sight.of(racks(0, RACK_INLET, "", 28)));
        bench.see(Sight.of(racks(1, RACK_INLET, "", 28)));
        bench.heard();

        bench.restart(Bench.rules(HOT));
        bench.see(Sight.of(racks(1, RACK_INLET, "", 28)));
        assertThat(bench.heard()).isEmpty();
        bench.see(Sight.of(racks(2, RACK_INLET, "", 28)));
        assertThat(bench.heard()).containsExactly("RackHot r001 PENDING>FIRING");
    }

    @Test
    void an_edited_threshold_goes_on_with_the_same_alert_and_a_renamed_rule_ends_it() {
        Bench bench = Bench.of(HOT);
        for (int i = 0; i < 3; i++) {
            bench.see(Sight.of(racks(i, RACK_INLET, "", 28)));
        }
        bench.heard();

        bench.restart(Bench.rules(HOT.replace("> 27", "> 26")));
        bench.see(Sight.of(racks(3, RACK_INLET, "", 28)));
        assertThat(bench.heard()).isEmpty();
        bench.restart(Bench.rules(HOT.replace("RackHot", "Warm")));
        bench.see(Sight.of(racks(4, RACK_INLET, "", 28)));
        assertThat(bench.heard()).containsExactly("RackHot r001 FIRING>INACTIVE", "Warm r001 INACTIVE>PENDING");
    }

    @Test
    void what_fires_goes_on_when_its_group_is_renamed_or_a_condition_or_another_metric_comes_in() {
        String file = "groups:\n- name: %s\n  rules:\n  - {alert: Hot, expr: '%s'}\n";
        String hot = "hallwatt_hall_inlet_max_celsius > 30";
        Quantities both = Quantities.builder()
                .put(HALL_INLET_MAX, 31)
                .put(HALL_IT_POWER, 200)
                .build();
        Bench bench = new Bench(RuleSet.read("r.yaml", file.formatted("g", hot)));
        bench.see(Sight.of(hall(SECOND, 0, both)));
        assertThat(bench.heard()).containsExactly("Hot INACTIVE>FIRING");

        bench.restart(RuleSet.read("r.yaml", file.formatted("g2", hot)));
        bench.see(Sight.of(hall(SECOND, 1, both)));
        bench.restart(RuleSet.read("r.yaml", file.formatted("g2", hot + " and hallwatt_hall_inlet_max_celsius < 90")));
        bench.see(Sight.of(hall(SECOND, 2, both)));
        bench.restart(RuleSet.read("r.yaml", file.formatted("g2", hot + " and hallwatt_hall_it_power_watts > 100")));
        bench.see(Sight.of(hall(SECOND, 3, both)));

        assertThat(bench.heard()).isEmpty();
        assertThat(bench.alerts()).singleElement().matches(Alert::firing);
    }
}
