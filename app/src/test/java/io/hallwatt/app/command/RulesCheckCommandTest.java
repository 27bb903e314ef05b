package io.hallwatt.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.app.Cli;
import io.hallwatt.app.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCheckCommandTest {
    @TempDir
    Path folder;

    @Test
    void faults_are_told_in_line_order_with_their_alerts_names() throws IOException {
        Path rules = write("rules.yaml", """
                groups:
                  - name: mine
                    rules:
                      - alert: Hot
                        expr: hallwatt_hall_inlet_max_celsius > 30
                        annotations:
                          summary: '{{ humanise $value }} at {{ $labels.hall }}, {{ $valu }}'
                        for: five
                      - alert: Cold
                        expr: hallwatt_hall_inlet_max_celsius <
                """);

        Outcome outcome = check(rules.toString());

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(rules + ":7:24: Hot: annotations.summary: function \"humanise\""),
                        line -> assertThat(line)
                                .startsWith(rules + ":7:69: Hot: annotations.summary: undefined variable \"$valu\""),
                        line -> assertThat(line).startsWith(rules + ":8:14: Hot: for: \"five\" is no duration"),
                        line -> assertThat(line).startsWith(rules + ":10:").contains(": Cold: expr: "));
    }

    @Test
    void a_warning_changes_nothing_but_is_seen() throws IOException {
        Path rules = write("rules.yaml", """
                groups:
                  - name: mine
                    rules:
                      - alert: Load
                        expr: hallwatt_rack_feed_load_ratio > 80
                """);

        Outcome outcome = check(rules.toString());

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.err())
                .startsWith(rules + ":5:15: warning: Load: expr: > 80 asks for 8000 %")
                .endsWith("if 80 % is meant, write 0.8" + System.lineSeparator());
        assertThat(outcome.out()).isEqualToIgnoringNewLines("good: 1 rule in 1 file; 1 warning");
    }

    @Test
    void a_note_says_which_rules_do_not_judge_a_window_again() throws IOException {
        Path rules = write("rules.yaml", """
                groups:
                  - name: mine
                    rules:
                      - alert: Hot
                        expr: hallwatt_hall_inlet_max_celsius > 30
                      - alert: Warmer
                        expr: deriv(hallwatt_hall_inlet_max_celsius[5m]) > 0.01
                """);

        Outcome outcome = check(rules.toString());

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out().lines())
                .containsExactly(
                        "good: 2 rules in 1 file",
                        "note: a window that is published again is not judged again by rules with ranges (Warmer); others record what they would have judged otherwise");
    }

    @Test
    void planned_work_is_checked_by_itself_and_beside_the_rules() throws IOException {
        Path rules = write("rules.yaml", """
                groups: [{name: g, rules: [{alert: Hot, expr: hallwatt_hall_inlet_max_celsius > 30}]}]
                """);
        String work = """
                zone: Africa/Casablanca
                windows:
                  - name: ups-test
                    reason: Yearly test
                    matchers: ['alertname="Hott"']
                    weekly: [saturday]
                    from: "22:00"
                    to: "02:00"
                """;
        Path good = write("work.yaml", work);
        Path bad = write("bad.yaml", work.replace("22:00", "late"));

        Outcome alone = check("--maintenance", good.toString());
        Outcome beside = check(rules.toString(), "--maintenance", good.toString());
        Outcome wrong = check(rules.toString(), "--maintenance", bad.toString());

        assertThat(alone.err()).isEmpty();
        assertThat(alone.out()).isEqualToIgnoringNewLines("good: 1 window of planned work");
        assertThat(beside.exit()).isZero();
        assertThat(beside.err())
                .startsWith(good + ":5:16: warning: window ups-test: matchers: alertname \"Hott\" is no alert")
                .contains("did you mean \"Hot\"?");
        assertThat(beside.out())
                .isEqualToIgnoringNewLines("good: 1 rule in 1 file, 1 window of planned work; 1 warning");
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.err()).startsWith(bad + ":7:11: window ups-test: from: \"late\" is no time");
    }

    @Test
    void planned_work_that_is_not_by_the_sites_clock_is_doubted() throws IOException {
        String work = """
                zone: %s
                windows:
                  - {name: w, reason: r, matchers: ['alertname=~".+"'], from: 2026-12-05T20:00, to: 2026-12-06T08:00}
                """;
        Path site = Path.of("src", "test", "resources", "container", "site.yaml");
        Path there = write("there.yaml", work.formatted("UTC"));
        Path elsewhere = write("elsewhere.yaml", work.formatted("Asia/Tokyo"));

        assertThat(check("--maintenance", there.toString(), "--site", site.toString())
                        .err())
                .isEmpty();
        assertThat(check("--maintenance", elsewhere.toString(), "--site", site.toString())
                        .err())
                .startsWith(elsewhere + ":1:7: warning: zone is Asia/Tokyo, and the site's is UTC");
    }

    @Test
    void a_site_without_planned_work_is_refused_for_it_would_change_nothing() throws IOException {
        Path rules = write("rules.yaml", """
                groups: [{name: g, rules: [{alert: Hot, expr: hallwatt_hall_inlet_max_celsius > 30}]}]
                """);
        String site =
                Path.of("src", "test", "resources", "container", "site.yaml").toString();

        Outcome outcome = check(rules.toString(), "--site", site);

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .contains(
                        "--site: only planned work is checked against the site's model. Name its file with --maintenance");
    }

    @Test
    void what_to_check_must_be_named() {
        assertThat(check().exit()).isEqualTo(2);
        assertThat(check().err()).contains("Name the rule files to check");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Outcome check(String... more) {
        List<String> words = new ArrayList<>(List.of("rules", "check"));
        words.addAll(List.of(more));
        return Cli.run(Map.of(), words.toArray(String[]::new));
    }
}
