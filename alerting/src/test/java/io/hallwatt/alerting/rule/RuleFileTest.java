package io.hallwatt.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.alerting.state.OnMissing;
import io.hallwatt.alerting.state.StateMachine;
import io.hallwatt.contract.config.InvalidInput;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileTest {
    @Test
    void reads_a_prometheus_rule_file_with_our_keys() {
        RuleSet rules = RuleSet.read("rules.yaml", """
                groups:
                  - name: power
                    interval: 15s
                    limit: 100
                    labels:
                      team: power
                    rules:
                      - alert: Load
                        expr: hallwatt_rack_feed_load_ratio > 0.8
                        for: 1m30s
                        keep_firing_for: 5s
                        clear: 0.75
                        on_missing: alert
                        max_gap: 3s
                        min_coverage: 0.9
                        labels:
                          severity: warning
                          team: '{{ $labels.hall }}'
                        annotations:
                          summary: "{{ $value }}"
                """);

        assertThat(rules.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.machine())
                    .isEqualTo(new StateMachine(
                            Duration.ofSeconds(90), Duration.ofSeconds(5), OnMissing.ALERT, Duration.ofSeconds(3)));
            assertThat(rule.clear())
                    .isNotNull()
                    .satisfies(clear -> assertThat(clear.limit()).isEqualTo(0.75));
            assertThat(rule.minCoverage()).isEqualTo(0.9);
            assertThat(rule.limit()).isEqualTo(100);
            assertThat(rule.labels()).hasToString("{severity=warning, team={{ $labels.hall }}}");
        });
    }

    @Test
    void gives_all_faults_at_once_each_with_its_place() {
        String text = """
                groups:
                  - name: power
                    rules:
                      - alert: Sum
                        expr: sum by (hall) (hallwatt_rack_power_watts) > 1
                      - alert: Folded
                        expr: >
                          hallwatt_rack_power_watts
                             > on (rack) 1
                      - alert: Literal
                        expr: |
                          hallwatt_rack_power_watts{
                            hal="h01"
                          } > 1
                      - alert: Quoted
                        expr: "hallwatt_rack_power_watts{hall=\\"h01\\"} @ 2"
                      - alert: Label
                        expr: hallwatt_hall_it_power_watts > 1
                        labels:
                          how_much: "{{ $value }}"
                          hall: mine
                          alertname: X
                        annotations:
                          summary: hot at {{ $labels.rak }} {{ humanise $value }} {{ $valu }}
                      - alert: Clear
                        expr: hallwatt_hall_it_power_watts > 1
                        clear: 2
                        fro: 5m
                        for: five
                        on_missing: panic
                        parent: hall
                      - alert: Watch
                        expr: vector(1)
                        max_gap: 5s
                        clear: 1
                      - record: a:b
                        expr: vector(1)
                """;

        assertThatThrownBy(() -> RuleSet.read("rules.yaml", text))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(e.faults())
                                .containsExactly(
                                        "rules.yaml:5:15: Sum: expr: \"sum by\" is PromQL, but outside the subset that runs here: rules run on one rack, hall or site at a time; the catalogue has hallwatt_hall_it_power_watts",
                                        "rules.yaml:9:16: Folded: expr: \"on\" is PromQL, but outside the subset that runs here: both sides have the same labels here, and all of them are matched: leave it out",
                                        "rules.yaml:13:13: Literal: expr: hallwatt_rack_power_watts has no label \"hal\", but site, hall, rack; did you mean \"hall\"?",
                                        "rules.yaml:16:56: Quoted: expr: \"@\" is PromQL, but outside the subset that runs here: rules look at what is now: delta(…) compares with what was before",
                                        "rules.yaml:20:21: Label: labels.how_much: a value in a label makes a new alert at each evaluation: write it into an annotation",
                                        "rules.yaml:21:17: Label: labels.hall: label hall would overwrite the alert's own, which tells it from the others",
                                        "rules.yaml:22:22: Label: labels.alertname: this label is set by Hallwatt and Prometheus themselves: choose another name",
                                        "rules.yaml:24:20: Label: annotations.summary: $labels.rak: this rule's alerts have the labels site, hall",
                                        "rules.yaml:24:48: Label: annotations.summary: function \"humanise\" not defined; did you mean \"humanize\"?",
                                        "rules.yaml:24:70: Label: annotations.summary: undefined variable \"$valu\"; did you mean \"$value\"?; known here: $labels.…, $value",
                                        "rules.yaml:27:16: Clear: clear: 2.0 is above the bound 1.0: an alert that fires above it recovers below; give at most 1.0",
                                        "rules.yaml:28:9: Clear: fro: unknown key; did you mean \"for\"?",
                                        "rules.yaml:29:14: Clear: for: \"five\" is no duration: write 500ms, 30s, 5m, 2h or 1d",
                                        "rules.yaml:30:21: Clear: on_missing: \"panic\" is none of keep, breach, resolve, alert",
                                        "rules.yaml:31:17: Clear: parent: no rule is named \"hall\"",
                                        "rules.yaml:34:18: Watch: max_gap: says what to do where values are missing, but absent(…) and vector(…) are never missing",
                                        "rules.yaml:35:16: Watch: clear: needs an expr that compares metrics, last of all, with one number",
                                        "rules.yaml:36:17: a:b: record: recording rules are Prometheus's own; here are alerts only: take the rule out"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hallwatt_hall_it_power_watts > 1             |             | 1s",
                "hallwatt_hall_it_energy_joules > 1           |             | 1m",
                "hallwatt_site_wue_liters_per_joule > 1       |             | 1m",
                "hallwatt_hall_it_energy_joules / hallwatt_hall_it_power_watts > 1 | | 1m",
                "hallwatt_hall_it_power_watts > 1             | window: 15m | 15m",
                "vector(1)                                    | window: 1m  | 1m"
            })
    void runs_on_the_shortest_windows_that_have_all_its_metrics_or_those_it_chooses(
            String expr, @Nullable String window, String resolution) {
        RuleSet rules = RuleSet.read("rules.yaml", rule(expr, window));

        assertThat(rules.rules().getFirst().resolution().text()).isEqualTo(resolution);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hallwatt_site_pue_ratio > 1  | window: 1s  | rules.yaml:6:13: A: window: there are no windows of 1s with what the rule looks at, only of 1m, 15m",
                "hallwatt_rack_power_watts > 1 | window: 15m | rules.yaml:6:13: A: window: there are no windows of 15m with what the rule looks at, only of 1s, 1m",
                "hallwatt_rack_power_watts > 1 | window: 1d  | rules.yaml:6:13: A: window: resolution \"1d\": one of 1s, 1m, 15m, 1h",
                "hallwatt_site_power_ratio > hallwatt_site_pue_ratio | | rules.yaml:5:11: A: expr: no windows have all its metrics: hallwatt_site_power_ratio has 1s, hallwatt_site_pue_ratio has 1m, 15m; write a rule for each",
                "max_over_time(hallwatt_rack_power_watts[1h]) > 1 | | rules.yaml:5:11: A: expr: a range of 1h is 3,600 windows of 1s for each rack; at most 600 are kept: shorten it, or give the rule window: 1m",
                "1 < max_over_time(hallwatt_hall_it_power_watts[30d]) | | rules.yaml:5:15: A: expr: a range of 4w2d is 2,592,000 windows of 1s for each series; at most 3,600 are kept: shorten it, or give the rule window: 15m",
                "rate(hallwatt_rack_power_watts[1m]) > 1 | window: 1m | rules.yaml:5:11: A: expr: a range of 1m holds fewer than the 2 windows of 1m that rate(…) needs: make it longer"
            })
    void says_which_windows_there_are_and_how_far_a_range_reaches(String expr, @Nullable String window, String fault) {
        assertThatThrownBy(() -> RuleSet.read("rules.yaml", rule(expr, window))).hasMessage(fault);
    }

    @Test
    void a_query_offset_is_refused_with_what_waits_here_for_late_samples() {
        assertThatThrownBy(() -> RuleSet.read("rules.yaml", """
                groups:
                - name: g
                  query_offset: 30s
                  rules:
                  - {alert: A, expr: hallwatt_hall_it_power_watts > 1, query_offset: 0s}
                """))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(e.faults())
                                .hasSize(2)
                                .allSatisfy(fault -> assertThat(fault)
                                        .contains("query_offset: in Prometheus it waits for samples that come late")
                                        .endsWith("raise aggregate's grace"))
                                .first()
                                .asString()
                                .startsWith("rules.yaml:3:17: group g: "));
    }

    private static String rule(String expr, @Nullable String more) {
        return "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: %s\n    %s\n"
                .formatted(expr, more == null ? "" : more);
    }

    @Test
    void refuses_two_rules_whose_alerts_could_not_be_told_apart() {
        String twice = """
                groups:
                - name: g
                  rules:
                  - {alert: A, expr: hallwatt_hall_it_power_watts > 1}
                  - {alert: A, expr: hallwatt_hall_it_power_watts > 2}
                  - {alert: A, expr: hallwatt_hall_it_power_watts > 2, labels: {severity: critical}}
                """;

        assertThatThrownBy(() -> RuleSet.read("rules.yaml", twice))
                .hasMessage(
                        "rules.yaml:5:13: A: alert: A with the same labels stands at line 4 too: their alerts could not be told apart, and the end of one would be told while the other fires; give one a label or a name of its own, or join the expressions with `or`");
    }

    @Test
    void a_rules_identity_is_its_name_and_labels_and_outlives_all_other_edits() {
        String rule = "groups: [{name: g, rules: [{alert: A, expr: hallwatt_hall_it_power_watts > 1, for: 5s}]}]";
        String identity = identity(rule);

        assertThat(identity(rule.replace("> 1", "> 2").replace("5s", "9s"))).isEqualTo(identity);
        assertThat(identity(rule.replace("name: g", "name: h"))).isEqualTo(identity);
        assertThat(identity(rule.replace("it_power_watts", "it_power_max_watts")))
                .isEqualTo(identity);
        assertThat(identity(rule.replace("alert: A", "alert: B"))).isNotEqualTo(identity);
        assertThat(identity(rule.replace("hall_it_power_watts", "rack_power_watts")))
                .isNotEqualTo(identity);
        assertThat(identity(rule.replace("for: 5s", "labels: {a: b}"))).isNotEqualTo(identity);
    }

    private static String identity(String text) {
        return RuleSet.read("rules.yaml", text).rules().getFirst().identity();
    }

    @Test
    void notes_name_the_rules_that_do_not_judge_a_window_again() {
        RuleSet rules = RuleSet.read("rules.yaml", """
                groups:
                - name: g
                  rules:
                  - {alert: Pair, expr: hallwatt_hall_it_power_watts > 1 and hallwatt_hall_racks_silent > 0}
                  - {alert: Mean, expr: 'avg_over_time(hallwatt_hall_it_power_watts[5m]) > 1'}
                  - {alert: Either, expr: 'hallwatt_hall_it_power_watts > 1 or deriv(hallwatt_hall_it_power_watts[5m]) > 1'}
                """);

        assertThat(rules.notes()).singleElement().asString().contains("(Mean, Either)");
        assertThat(new RuleSet(rules.rules().subList(0, 1)).notes()).isEmpty();
    }

    /** In whichever groups, on whichever metrics: people could not tell the end of the one from the end of the other. */
    @Test
    void two_rules_whose_alerts_would_have_the_same_name_and_labels_are_refused() {
        assertThatThrownBy(() -> RuleSet.read("rules.yaml", """
                        groups:
                        - name: one
                          rules:
                          - {alert: Hot, expr: hallwatt_hall_inlet_max_celsius > 30}
                          - {alert: Hot, expr: hallwatt_rack_inlet_max_celsius > 30}
                          - {alert: Hot, expr: hallwatt_hall_inlet_max_celsius > 35, labels: {severity: critical}}
                        - name: two
                          rules:
                          - {alert: Hot, expr: hallwatt_hall_it_power_watts > 100}
                        """))
                .hasMessageStartingWith("rules.yaml:9:")
                .hasMessageContaining("Hot with the same labels stands at line 4 too");
    }
}
