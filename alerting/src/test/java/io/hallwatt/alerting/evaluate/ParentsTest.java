package io.hallwatt.alerting.evaluate;

import static io.hallwatt.alerting.evaluate.Windows.hall;
import static io.hallwatt.alerting.evaluate.Windows.racks;
import static io.hallwatt.contract.Resolution.SECOND;
import static io.hallwatt.contract.catalogue.Metric.HALL_RACKS_REPORTING;
import static io.hallwatt.contract.catalogue.Metric.RACK_COMPLETENESS;
import static io.hallwatt.contract.catalogue.Metric.RACK_FEED_LOAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.RackFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A hall that falls silent is one alert, whatever its racks would say. */
class ParentsTest {
    private static final RuleSet RULES = RuleSet.read("rules.yaml", """
            groups:
            - name: silence
              rules:
              - alert: RackSilent
                expr: hallwatt_rack_completeness_ratio < 0.1
                parent: HallSilent
                for: 2s
              - alert: HallSilent
                expr: hallwatt_hall_racks_reporting == 0
                for: 3s
            """);

    private final Bench bench = new Bench(RULES);

    @Test
    void a_gateway_with_400_racks_that_stops_fires_one_alert_which_counts_them() {
        for (int i = 0; i <= 3; i++) {
            hallReports(i, 0);
            racksReport(i, 400, 0);
        }

        assertThat(bench.told)
                .filteredOn(t -> t.rule().equals("HallSilent"))
                .satisfiesExactly(
                        pending -> assertThat(pending.annotations()).doesNotContainKey("affected"),
                        firing -> assertThat(firing.annotations()).containsEntry("affected", "400"));
        assertThat(Collections.frequency(bench.heard(), "HallSilent INACTIVE>FIRING"))
                .isZero();
        for (int i = 4; i <= 6; i++) {
            hallReports(i, 400);
            racksReport(i, 400, 1);
        }
        assertThat(bench.heard())
                .hasSize(401)
                .contains("HallSilent FIRING>INACTIVE", "RackSilent r400 SUPPRESSED>INACTIVE")
                .doesNotContain("RackSilent r400 SUPPRESSED>FIRING");
    }

    @Test
    void a_rack_whose_window_comes_before_its_halls_waits_for_it() {
        RuleSet atOnce = RuleSet.read("rules.yaml", """
                groups:
                - name: silence
                  rules:
                  - {alert: HallSilent, expr: hallwatt_hall_racks_reporting == 0}
                  - {alert: RackSilent, expr: hallwatt_rack_completeness_ratio < 0.1, parent: HallSilent}
                """);
        Bench racksFirst = new Bench(atOnce);

        racksFirst.see(Sight.of(racks(0, RACK_COMPLETENESS, "", 0)));
        racksFirst.see(Sight.of(hall(
                SECOND, 0, Quantities.builder().put(HALL_RACKS_REPORTING, 0).build())));
        racksFirst.see(Sight.of(racks(1, RACK_COMPLETENESS, "", 0)));

        assertThat(racksFirst.heard())
                .containsExactly(
                        "RackSilent r001 INACTIVE>PENDING",
                        "HallSilent INACTIVE>FIRING",
                        "RackSilent r001 PENDING>SUPPRESSED");
    }

    @Test
    void a_rack_that_stays_silent_when_its_hall_is_back_speaks_for_itself_after_its_own_for() {
        for (int i = 0; i <= 3; i++) {
            hallReports(i, 0);
            racksReport(i, 2, 0);
        }
        bench.heard();

        for (int i = 4; i <= 6; i++) {
            hallReports(i, 1);
            bench.see(Sight.of(racks(i, RACK_COMPLETENESS, "", 1, 0)));
        }

        assertThat(bench.heard())
                .containsExactly(
                        "HallSilent FIRING>INACTIVE",
                        "RackSilent r001 SUPPRESSED>INACTIVE",
                        "RackSilent r002 SUPPRESSED>PENDING",
                        "RackSilent r002 PENDING>FIRING");
    }

    @Test
    void a_rack_that_fired_before_its_hall_goes_on_firing() {
        for (int i = 0; i <= 2; i++) {
            hallReports(i, 1);
            bench.see(Sight.of(racks(i, RACK_COMPLETENESS, "", 1, 0)));
        }
        bench.heard();

        hallReports(3, 0);
        racksReport(3, 2, 0);

        assertThat(bench.heard()).containsExactly("HallSilent INACTIVE>PENDING", "RackSilent r001 INACTIVE>SUPPRESSED");
    }

    @Test
    void a_restart_forgets_nothing_of_what_is_suppressed() {
        for (int i = 0; i <= 3; i++) {
            hallReports(i, 0);
            racksReport(i, 1, 0);
        }
        bench.heard();
        bench.restart(RULES);

        hallReports(4, 1);
        racksReport(4, 1, 0);

        assertThat(bench.heard()).containsExactly("HallSilent FIRING>INACTIVE", "RackSilent r001 SUPPRESSED>PENDING");
    }

    @Test
    void a_parent_speaks_for_the_same_feed_only() {
        Bench feeds = new Bench(RuleSet.read("rules.yaml", """
                groups:
                - name: power
                  rules:
                  - {alert: Over, expr: hallwatt_rack_feed_load_ratio > 1}
                  - {alert: High, expr: hallwatt_rack_feed_load_ratio > 0.8, parent: Over}
                """));
        var columns = new HashMap<RackFrame.Column, double[]>();
        columns.put(new RackFrame.Column(RACK_FEED_LOAD, "A"), new double[] {1.1});
        columns.put(new RackFrame.Column(RACK_FEED_LOAD, "B"), new double[] {0.9});

        feeds.see(Sight.of(racks(0, columns, 1)));

        assertThat(feeds.told)
                .extracting(t -> t.rule() + " " + t.labels().get("feed") + " " + t.to())
                .containsExactlyInAnyOrder("Over A FIRING", "High A SUPPRESSED", "High B PENDING");
    }

    /** Two rules of each name, so that as many ways lead to the last as there are subsets of names. */
    @Test
    void the_order_of_200_rules_that_stand_above_each_other_is_found_at_once() {
        StringBuilder text = new StringBuilder("groups:\n- name: g\n  rules:\n");
        for (int i = 0; i < 100; i++) {
            for (String side : List.of("left", "right")) {
                text.append("  - {alert: A%d, expr: hallwatt_hall_it_power_watts > %d, labels: {side: %s}%s}\n"
                        .formatted(i, i, side, i == 0 ? "" : ", parent: A" + (i - 1)));
            }
        }
        List<Rule> rules =
                new ArrayList<>(RuleSet.read("rules.yaml", text.toString()).rules());
        Collections.reverse(rules);

        Parents.Tree tree = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> new Parents.Tree(rules));

        assertThat(rules).allSatisfy(rule -> assertThat("A" + tree.depth(rule)).isEqualTo(rule.alert()));
    }

    @Test
    void of_several_rules_of_one_name_the_deepest_counts() {
        RuleSet rules = RuleSet.read("rules.yaml", """
                groups:
                - name: g
                  rules:
                  - {alert: Below, expr: hallwatt_hall_it_power_watts > 1, parent: Mid}
                  - {alert: Mid, expr: hallwatt_hall_it_power_watts > 2, labels: {a: b}}
                  - {alert: Mid, expr: hallwatt_hall_it_power_watts > 3, parent: Top}
                  - {alert: Top, expr: hallwatt_hall_it_power_watts > 4}
                """);

        Parents.Tree tree = new Parents.Tree(rules.rules());

        assertThat(rules.rules()).extracting(tree::depth).containsExactly(2, 0, 1, 0);
    }

    private void hallReports(int number, double racks) {
        bench.see(Sight.of(hall(
                SECOND,
                number,
                Quantities.builder().put(HALL_RACKS_REPORTING, racks).build())));
    }

    private void racksReport(int number, int count, double completeness) {
        double[] values = new double[count];
        Arrays.fill(values, completeness);
        bench.see(Sight.of(racks(number, RACK_COMPLETENESS, "", values)));
    }
}
