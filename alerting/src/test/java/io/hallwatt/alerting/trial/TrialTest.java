package io.hallwatt.alerting.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrialTest {
    @Test
    void a_test_that_expects_what_fires_passes() {
        assertThat(Trials.run(Trials.RULES, """
                rule_files: [rules.yaml]
                tests:
                - interval: 1m
                  input_series:
                  - {series: 'hallwatt_rack_inlet_max_celsius{site="s1",hall="h01",rack="r001"}', values: '20 28x2 30 20'}
                  - {series: 'hallwatt_rack_inlet_max_celsius{site="s1",hall="h01",rack="r002"}', values: '20x9'}
                  alert_rule_test:
                  - {eval_time: 2m, alertname: Hot}
                  - eval_time: 3m
                    alertname: Hot
                    exp_alerts:
                    - exp_labels: {site: s1, hall: h01, rack: r001, severity: critical, source: hallwatt}
                      exp_annotations: {summary: r001 at 28}
                  - eval_time: 4m
                    alertname: Hot
                    exp_alerts:
                    - exp_labels: {site: s1, hall: h01, rack: r001, severity: critical, source: hallwatt}
                      exp_annotations: {summary: r001 at 30}
                  - {eval_time: 5m, alertname: Hot}
                """)).isEmpty();
    }

    @Test
    void what_does_not_hold_is_shown_as_promtool_shows_it() {
        assertThat(Trials.run(Trials.RULES, """
                rule_files: [rules.yaml]
                tests:
                - name: one rack
                  interval: 1m
                  input_series:
                  - {series: 'hallwatt_rack_inlet_max_celsius{site="s1",hall="h01",rack="r001"}', values: '28x5'}
                  alert_rule_test:
                  - {eval_time: 2m, alertname: Hot}
                """))
                .containsExactly("""
                    name: one rack,
                    alertname: Hot, time: 2m,\s
                        exp:[],\s
                        got:[
                            0:
                              Labels:{alertname="Hot", hall="h01", rack="r001", severity="critical", site="s1", source="hallwatt"}
                              Annotations:{summary="r001 at 28"}
                            ]""".indent(4).replaceAll("(?m)^ {4}$", "").stripTrailing());
    }

    @Test
    void keys_beyond_prometheus_are_tested_too() {
        String rules = """
                groups:
                - name: g
                  rules:
                  - {alert: Load, expr: hallwatt_rack_feed_load_ratio > 0.8, clear: 0.75, max_gap: 30s, on_missing: alert}
                """;

        assertThat(Trials.run(rules, """
                rule_files: [rules.yaml]
                tests:
                - interval: 10s
                  input_series:
                  - {series: 'hallwatt_rack_feed_load_ratio{site="s1",hall="h01",rack="r001",feed="A"}', values: '0.9 0.76 stale _x5 0.7'}
                  alert_rule_test:
                  - eval_time: 10s
                    alertname: Load
                    exp_alerts: [exp_labels: {site: s1, hall: h01, rack: r001, feed: A}]
                  - eval_time: 70s
                    alertname: Load
                    exp_alerts: [exp_labels: {site: s1, hall: h01, rack: r001, feed: A}]
                  - eval_time: 70s
                    alertname: HallwattBlind
                    exp_alerts:
                    - exp_labels: {site: s1, hall: h01, rack: r001, feed: A, blind: Load}
                      exp_annotations:
                        summary: "Load cannot see site s1, hall h01, rack r001, feed A: no value comes"
                        description: Load neither fires nor ends there until values come again; what it was when they stopped, it stays. First, see whether the device still reports.
                        action: Look at the device, its gateway and its network, then in readings.rejected for what it sends. Until it is seen again, look after what Load watches by other means.
                        runbook_url: docs/runbooks/blind.md
                  - {eval_time: 80s, alertname: Load}
                  - {eval_time: 80s, alertname: HallwattBlind}
                """)).isEmpty();
    }

    @Test
    void labels_that_hallwatt_adds_are_compared_where_the_test_speaks_of_them() {
        String rules = "groups: [{name: g, rules: [{alert: Load, expr: hallwatt_hall_it_power_watts > 5}]}]";
        String tests = """
                rule_files: [rules.yaml]
                tests:
                - input_series: [{series: 'hallwatt_hall_it_power_watts{site="s1",hall="h01"}', values: '9'}]
                  alert_rule_test:
                  - {eval_time: 0s, alertname: Load, exp_alerts: [exp_labels: {site: s1, hall: h01SEVERITY}]}
                """;

        assertThat(Trials.run(rules, tests.replace("SEVERITY", ""))).isEmpty();
        assertThat(Trials.run(rules, tests.replace("SEVERITY", ", severity: warning")))
                .isEmpty();
        assertThat(Trials.run(rules, tests.replace("SEVERITY", ", severity: critical")))
                .hasSize(1);
    }

    @Test
    void a_rule_on_energies_sees_minutes_and_a_watchdog_needs_no_series() {
        String rules = """
                groups:
                - name: g
                  rules:
                  - {alert: Watchdog, expr: vector(1)}
                  - {alert: Much, expr: hallwatt_hall_it_energy_joules > 100}
                """;

        assertThat(Trials.run(rules, """
                rule_files: [rules.yaml]
                tests:
                - alert_rule_test:
                  - {eval_time: 0s, alertname: Watchdog, exp_alerts: [exp_labels: {site: test}]}
                - interval: 30s
                  input_series: [{series: 'hallwatt_hall_it_energy_joules{site="s1",hall="h01"}', values: '0 101 101 0'}]
                  alert_rule_test:
                  - {eval_time: 30s, alertname: Much}
                  - {eval_time: 60s, alertname: Much, exp_alerts: [exp_labels: {site: s1, hall: h01}]}
                  - {eval_time: 110s, alertname: Much, exp_alerts: [exp_labels: {site: s1, hall: h01}]}
                  - {eval_time: 120s, alertname: Much}
                """)).isEmpty();
    }

    @Test
    void annotations_of_a_rule_over_a_range_are_those_of_its_newest_evaluation() {
        String rules = """
                groups:
                - name: g
                  rules:
                  - alert: WasHot
                    expr: max_over_time(hallwatt_rack_inlet_max_celsius[1m]) > 25
                    annotations: {summary: 'at {{ $value }}'}
                """;

        assertThat(Trials.run(rules, """
                rule_files: [rules.yaml]
                evaluation_interval: 1m
                tests:
                - interval: 1m
                  input_series: [{series: 'hallwatt_rack_inlet_max_celsius{site="s1",hall="h01",rack="r001"}', values: '30 26 20 20'}]
                  alert_rule_test:
                  - eval_time: 60s
                    alertname: WasHot
                    exp_alerts: [{exp_labels: {site: s1, hall: h01, rack: r001}, exp_annotations: {summary: at 30}}]
                  - eval_time: 120s
                    alertname: WasHot
                    exp_alerts: [{exp_labels: {site: s1, hall: h01, rack: r001}, exp_annotations: {summary: at 26}}]
                  - {eval_time: 180s, alertname: WasHot}
                """)).isEmpty();
    }
}
