package io.hallwatt.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoubtsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hallwatt_rack_completeness_ratio < 0                  | < 0 can never hold: values are from 0 to 1; give a bound that a value can reach",
                "hallwatt_rack_humidity_ratio > 80                     | > 80 can never hold: values are from 0 to 1; if 80 % is meant, write 0.8",
                "hallwatt_site_ref_ratio > 1                           | > 1 can never hold: values are at most 1; give a bound that a value can reach",
                "max_over_time(hallwatt_rack_humidity_ratio[1m]) > 60  | > 60 can never hold: values are from 0 to 1; if 60 % is meant, write 0.6",
                "hallwatt_rack_feed_load_ratio > 80                    | > 80 asks for 8000 %: hallwatt_rack_feed_load_ratio is a ratio, 1 is 100 %; if 80 % is meant, write 0.8",
                "hallwatt_rack_humidity_ratio * 100 > 120              | > 120 can never hold: values are from 0 to 100; give a bound that a value can reach",
                "count_over_time(hallwatt_rack_power_watts[30s]) > 40  | > 40 can never hold: values are from 1 to 30; give a bound that a value can reach",
                "hallwatt_hall_it_power_watts > 5 < 3                  | < 3 can never hold: values are at least 5; give a bound that a value can reach",
                "hallwatt_hall_it_power_watts > 1 and hallwatt_hall_cooling_units_failed < 0 | < 0 can never hold: values are at least 0; give a bound that a value can reach",
                "hallwatt_hall_racks_silent >= 0                       | holds for every value that hallwatt_hall_racks_silent can have, so the alert fires wherever there is one: give a bound that tells them apart",
                "hallwatt_hall_it_power_watts                          | compares nothing, so the alert fires wherever there is a value: give a bound, as > 0",
                "hallwatt_hall_it_power_watts > bool 5                 | compares nothing, so the alert fires wherever there is a value: give a bound, as > 0",
                "vector(1) > 2                                         | > 2 can never hold: the value is always 1; give a bound that a value can reach"
            })
    void what_is_hardly_meant_is_said_with_its_remedy(String expr, String doubt) {
        assertThat(warnings(expr, "")).containsExactly("rules.yaml:5:11: warning: A: expr: " + doubt);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hallwatt_rack_feed_load_ratio > 1.25",
                "hallwatt_hall_partial_pue_ratio > 1.8",
                "hallwatt_hall_cer_ratio < 20",
                "hallwatt_rack_humidity_ratio * 100 > 80",
                "hallwatt_rack_completeness_ratio == 0",
                "absent(hallwatt_hall_it_power_watts)",
                "hallwatt_hall_it_power_watts > hallwatt_hall_power_headroom_watts",
                "(hallwatt_hall_it_power_watts > bool 5) == 1",
                "hallwatt_hall_it_power_watts unless hallwatt_hall_cooling_power_watts",
                "hallwatt_hall_it_power_watts and hallwatt_hall_cooling_units_failed > 0",
                "vector(1)"
            })
    void what_can_be_meant_is_left_in_peace(String expr) {
        assertThat(warnings(expr, "")).isEmpty();
    }

    @Test
    void a_clear_that_is_never_passed_is_an_alert_that_never_ends() {
        assertThat(warnings("hallwatt_site_completeness_ratio < 0.5", "clear: 50"))
                .containsExactly(
                        "rules.yaml:5:11: warning: A: expr: values are from 0 to 1, so hallwatt_site_completeness_ratio is never past clear 50, and the alert never ends: give a clear that it can reach");
        assertThat(warnings("hallwatt_site_completeness_ratio < 0.5", "clear: 0.6"))
                .isEmpty();
    }

    @Test
    void a_file_without_rules_is_said_to_do_nothing() {
        assertThat(RuleCheck.of(Map.of("rules.yaml", "groups: []\n")).warnings())
                .containsExactly(
                        "rules.yaml:1:9: warning: no rules: nothing of this file will ever fire; give a group rules, or take the file out");
    }

    @Test
    void the_rules_that_come_with_hallwatt_raise_none() {
        assertThat(RuleCheck.of(Map.of("default.yaml", RuleSet.defaultText())).warnings())
                .isEmpty();
    }

    private static Iterable<String> warnings(String expr, String more) {
        RuleCheck check = RuleCheck.of(Map.of(
                "rules.yaml",
                "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: %s\n    %s\n".formatted(expr, more)));
        assertThat(check.faults()).isEmpty();
        return check.warnings();
    }
}
