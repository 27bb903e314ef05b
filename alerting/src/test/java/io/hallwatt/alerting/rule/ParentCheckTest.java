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
    void a_parent_on_longer_windows_speaks_before_the_child_is_told_or_is_refused() {
        String rules = """
                groups:
                - name: g
                  rules:
                  - {alert: Rack, expr: hallwatt_rack_power_watts < 1, %s, parent: Hall}
                  - {alert: Hall, expr: hallwatt_hall_it_power_watts < 1, window: %s}
                """;

        assertThatThrownBy(() -> RuleSet.read("rules.yaml", rules.formatted("for: 10s", "1m")))
                .hasMessage(
                        "rules.yaml:4:74: Rack: parent: Hall is judged on windows of 1m, this rule on windows of 1s: a parent's window may close 1m15s after the child's first breach, and this rule would be told after 10s; give this rule for: 1m16s or more, or give both rules the same window");
        assertThatThrownBy(() -> RuleSet.read("rules.yaml", rules.formatted("window: 1m", "15m")))
                .hasMessageContaining("windows of 15m, this rule on windows of 1m")
                .hasMessageContaining("told after 1m; give this rule for: 16m15s or more");
        assertThatThrownBy(() -> RuleSet.read("rules.yaml", rules.formatted("for: 1m15s", "1m")))
                .hasMessageContaining("for: 1m16s or more");
        for (String child : List.of("for: 1m16s", "window: 1m")) {
            assertThat(RuleSet.read("rules.yaml", rules.formatted(child, "1m")).rules())
                    .hasSize(2);
        }
        assertThat(RuleSet.read("rules.yaml", rules.formatted("window: 1m", "1s"))
                        .rules())
                .hasSize(2);
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
