package io.hallwatt.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.contract.config.InvalidInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParentCheckTest {
    private static final String RULES = """
            groups:
            - name: g
              rules:
              - {alert: Rack, expr: hallwatt_rack_power_watts < 1, parent: %s}
              - {alert: Hall, expr: hallwatt_hall_it_power_watts < 1, parent: %s}
              - {alert: Site, expr: hallwatt_site_it_power_watts < 1, parent: %s}
              - {alert: Watchdog, expr: vector(1)}
            """;

    @Test
    void a_parent_is_of_the_same_or_an_enclosing_place() {
        assertThatThrownBy(() -> RuleSet.read("rules.yaml", RULES.formatted("Site", "Rack", "Watchdog")))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(e.faults())
                                .containsExactly(
                                        "rules.yaml:4:64: Rack: parent: Site is about the site, and this rule about a rack: halls are judged each by itself, and their tasks do not see the site's alerts; name a rule on the hall",
                                        "rules.yaml:5:67: Hall: parent: Rack is about a rack, which does not hold the hall that this rule is about; name a rule on the same or an enclosing place",
                                        "rules.yaml:6:67: Site: parent: Watchdog is a watchdog, which always fires: nothing below it would ever be told; name the rule whose alert explains this one"));
    }

    @Test
    void a_parent_is_there_and_its_own_parents_do_not_come_back() {
        assertThatThrownBy(() -> RuleSet.read("rules.yaml", RULES.formatted("Hal", "Hall", "Site")))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(e.faults())
                                .containsExactly(
                                        "rules.yaml:4:64: Rack: parent: no rule is named \"Hal\"; did you mean \"Hall\"?",
                                        "rules.yaml:5:67: Hall: parent: \"Hall\" and its own parents come back to Hall: leave one of them out",
                                        "rules.yaml:6:67: Site: parent: \"Site\" and its own parents come back to Site: leave one of them out"));
    }

    @Test
    void parents_that_come_back_through_the_second_rules_of_two_names_are_found() {
        String rules = """
                groups:
                - name: g
                  rules:
                  - {alert: X, expr: hallwatt_hall_it_power_watts < 1, labels: {n: first}, parent: Top}
                  - {alert: X, expr: hallwatt_hall_it_power_watts < 1, labels: {n: second}, parent: Y}
                  - {alert: Y, expr: hallwatt_hall_it_power_watts < 1, labels: {n: first}, parent: Top}
                  - {alert: Y, expr: hallwatt_hall_it_power_watts < 1, labels: {n: second}, parent: X}
                  - {alert: Top, expr: hallwatt_hall_it_power_watts < 1}
                """;

        assertThatThrownBy(() -> RuleSet.read("rules.yaml", rules))
                .hasMessageContaining("\"Y\" and its own parents come back to X: leave one of them out")
                .hasMessageContaining("\"X\" and its own parents come back to Y: leave one of them out");
    }

    @Test
    void a_parent_is_judged_on_the_same_windows() {
        String rules = """
                groups:
                - name: g
                  rules:
                  - {alert: Rack, expr: hallwatt_rack_power_watts < 1, %s, parent: Hall}
                  - {alert: Hall, expr: hallwatt_hall_it_power_watts < 1, window: %s}
                """;

        assertThatThrownBy(() -> RuleSet.read("rules.yaml", rules.formatted("for: 5m", "1m")))
                .hasMessage(
                        "rules.yaml:4:73: Rack: parent: Hall is judged on windows of 1m, this rule on windows of 1s: they close at different times, and whether this one is told would depend on which comes first; give this rule window: 1m");
        assertThatThrownBy(() -> RuleSet.read("rules.yaml", rules.formatted("window: 1m", "1s")))
                .hasMessageContaining("Hall is judged on windows of 1s, this rule on windows of 1m")
                .hasMessageEndingWith("; give this rule window: 1s");
        assertThatThrownBy(() -> RuleSet.read("rules.yaml", rules.formatted("window: 1m", "15m")))
                .as("racks have none of 15m")
                .hasMessageEndingWith("; give Hall window: 1m");
        for (String window : List.of("1s", "1m")) {
            assertThat(RuleSet.read("rules.yaml", rules.formatted("window: " + window, window))
                            .rules())
                    .hasSize(2);
        }
    }

    @Test
    void where_no_windows_are_had_by_both_another_parent_is_asked_for() {
        assertThatThrownBy(() -> RuleSet.read("rules.yaml", """
                groups:
                - name: g
                  rules:
                  - {alert: PueHigh, expr: hallwatt_site_pue_ratio > 2, parent: PowerRatioHigh}
                  - {alert: PowerRatioHigh, expr: hallwatt_site_power_ratio > 2}
                """))
                .hasMessageEndingWith("; name a parent on the same windows");
    }

    @Test
    void of_several_parents_of_one_name_each_is_judged_on_the_same_windows() {
        assertThatThrownBy(() -> RuleSet.read("rules.yaml", """
                groups:
                - name: g
                  rules:
                  - {alert: PueHigh, expr: hallwatt_site_pue_ratio > 2, parent: Reduced}
                  - {alert: Reduced, expr: hallwatt_site_completeness_ratio < 1, window: 1m, labels: {of: minutes}}
                  - {alert: Reduced, expr: hallwatt_site_completeness_ratio < 1, labels: {of: seconds}}
                """))
                .hasMessageContaining("Reduced is judged on windows of 1s, this rule on windows of 1m");
    }

    @Test
    void a_parent_may_stand_in_another_file() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("racks.yaml", """
                groups:
                - name: racks
                  rules:
                  - {alert: Rack, expr: hallwatt_rack_power_watts < 1, parent: Hall}
                """);
        files.put("halls.yaml", """
                groups:
                - name: halls
                  rules:
                  - {alert: Hall, expr: hallwatt_hall_it_power_watts < 1}
                """);

        assertThat(RuleSet.read(files).rules()).extracting(Rule::parent).containsExactly("Hall", null);
    }

    @Test
    void the_same_rule_in_two_files_is_refused_with_both_names() {
        String rule = "groups: [{name: g, rules: [{alert: A, expr: hallwatt_hall_it_power_watts > 1}]}]";
        Map<String, String> files = new LinkedHashMap<>();
        files.put("a.yaml", rule);
        files.put("b.yaml", rule);

        assertThatThrownBy(() -> RuleSet.read(files))
                .hasMessage(
                        "b.yaml:1:36: A: alert: stands in a.yaml too, with the same labels: their alerts could not be told apart; rename one, or give it a label of its own");
    }

    @Test
    void flapping_takes_a_count_and_a_span_that_make_sense() {
        String rule =
                "groups: [{name: g, rules: [{alert: A, expr: hallwatt_hall_it_power_watts > 1, flapping: {firings: %s, within: %s}}]}]";

        assertThatThrownBy(() -> RuleSet.read("a.yaml", rule.formatted("101", "10m")))
                .hasMessageContaining("firings: 101 is out of range: 0 to 100");
        assertThatThrownBy(() -> RuleSet.read("a.yaml", rule.formatted("3", "0s")))
                .hasMessageContaining(
                        "within: give more than 0s and at most 1d: more than 3 firings within it are too many");
        assertThatThrownBy(() -> RuleSet.read("a.yaml", rule.formatted("3", "2d")))
                .hasMessageContaining("at most 1d");
    }
}
