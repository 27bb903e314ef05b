package io.hallwatt.alerting.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hallwatt.contract.config.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestFileTest {
    @Test
    void every_fault_has_its_place_and_a_remedy() {
        assertThat(faults("""
                rule_files: [rules.yaml]
                evaluation_interval: 0s
                test:
                - interval: 1m
                """))
                .containsExactly(
                        "test.yaml:1:1: tests: missing; a list of tests, each with input_series and alert_rule_test",
                        "test.yaml:2:22: evaluation_interval: is 0s; give more than 0s",
                        "test.yaml:3:1: test: unknown key; did you mean \"tests\"?");
        assertThat(faults("""
                rule_files: [rules.yaml]
                tests:
                - input_series:
                  - series: 'hallwatt_rack_inlet_max_celsius{site="s1",hall="h01",rack="r001"}'
                    values: '20 28 tall'
                  - series: 'hallwatt_rack_inlet_max_celsius{site="s1"}'
                    values: '20'
                  - series: 'hallwatt_rack_inlet_max_celsus{site="s1"}'
                    values: '20'
                  - series: 'hallwatt_hall_it_power_watts{site="s1",hall="h01",job="x"}'
                    values: '20'
                  - series: 'hallwatt_hall_it_power_watts{site="s1",hall="h01"'
                    values: '20'
                  alert_rule_test:
                  - eval_time: soon
                    alertname: Hott
                  promql_expr_test:
                  - expr: up
                """))
                .satisfiesExactly(
                        fault -> assertThat(fault).startsWith("test.yaml:5:20: values: \"tall\": write numbers"),
                        fault -> assertThat(fault)
                                .isEqualTo(
                                        "test.yaml:6:14: series: label hall is missing: series of hallwatt_rack_inlet_max_celsius have site, hall, rack"),
                        fault -> assertThat(fault)
                                .startsWith("test.yaml:8:14: series: \"hallwatt_rack_inlet_max_celsus\"")
                                .endsWith("did you mean \"hallwatt_rack_inlet_max_celsius\"?"),
                        fault -> assertThat(fault).contains("label job: series of hallwatt_hall_it_power_watts"),
                        fault -> assertThat(fault).startsWith("test.yaml:12:63: series: label=\"value\""),
                        fault -> assertThat(fault).contains("eval_time: \"soon\" is no duration"),
                        fault -> assertThat(fault)
                                .isEqualTo(
                                        "test.yaml:16:16: tests[0].alert_rule_test[0].alertname: no alert of the rule files is called \"Hott\"; did you mean \"Hot\"?"),
                        fault -> assertThat(fault).startsWith("test.yaml:18:3: tests[0].promql_expr_test: "));
    }

    @Test
    void a_test_that_cannot_fail_is_refused() {
        assertThat(faults("rule_files: [rules.yaml]\ntests:\n- interval: 1m\n"))
                .singleElement()
                .asString()
                .contains("nothing is expected");
    }

    @Test
    void what_promtool_reads_beyond_is_read_over() {
        assertThat(Trials.file(Trials.RULES, """
                rule_files: [rules.yaml]
                group_eval_order: [g]
                evaluation_interval: 30s
                fuzzy_compare: true
                tests:
                - external_labels: {site: s1}
                  external_url: http://prometheus.example
                  alert_rule_test: [{eval_time: 1m, alertname: Hot}]
                """).tests()).hasSize(1);
    }

    private static List<String> faults(String tests) {
        return catchThrowableOfType(InvalidInput.class, () -> Trials.file(Trials.RULES, tests))
                .faults();
    }
}
