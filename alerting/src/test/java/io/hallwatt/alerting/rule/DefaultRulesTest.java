package io.hallwatt.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefaultRulesTest {
    private static final Path REPOSITORY = Path.of("..");

    @Test
    void the_file_for_operators_is_the_one_that_runs() throws IOException {
        assertThat(REPOSITORY.resolve("deploy/rules/default.yaml")).content().isEqualTo(RuleSet.defaultText());
    }

    @Test
    void each_rule_says_what_it_means_what_to_do_and_where_to_read_on() {
        assertThat(RuleSet.defaults().rules()).allSatisfy(rule -> {
            assertThat(rule.labels()).containsKey("severity");
            assertThat(rule.annotations()).containsOnlyKeys("summary", "description", "action", "runbook_url");
            String runbook = String.valueOf(rule.annotations().get("runbook_url"));
            assertThat(REPOSITORY.resolve(runbook)).isRegularFile();
        });
    }

    /** A standard with its number, a publication with its year, or plainly that there is none. */
    @Test
    void each_rule_stands_under_a_comment_that_names_the_source_of_its_bounds() {
        Pattern source = Pattern.compile(
                "(NEC|IEC|ISO/IEC|IEC 60364|ANSI/TIA|ASHRAE TC) ?-?[0-9]|, [12][0-9]{3}\\)|[Gg]ood practice|Ours|Prometheus's operator");
        StringBuilder comment = new StringBuilder();

        for (String line : RuleSet.defaultText().lines().map(String::strip).toList()) {
            if (line.startsWith("- alert: ")) {
                assertThat(comment).as(line).containsPattern(source);
            }
            if (line.startsWith("# ")) {
                comment.append(line.substring(1));
            } else {
                comment.setLength(0);
            }
        }
    }

    /** What is pending is shown with the same texts: they are to be true from the first breach on. */
    @Test
    void no_text_says_that_the_time_until_it_fires_has_passed() {
        assertThat(RuleSet.defaults().rules()).allSatisfy(rule -> {
            Duration wait = rule.machine().pendingFor();
            String words = Stream.of(
                            "%d s".formatted(wait.toSeconds()),
                            "%d minutes".formatted(wait.toMinutes()),
                            wait.toMinutes() == 1 ? "a minute" : "",
                            wait.toHours() == 1 ? "an hour" : "")
                    .filter(word -> !word.isEmpty() && !word.startsWith("0 "))
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|", "(?i)\\bfor (", ")|(?<=and )(\\d+ s|an hour)"));
            assertThat(String.join(
                            "\n",
                            String.valueOf(rule.annotations().get("summary")),
                            String.valueOf(rule.annotations().get("description"))))
                    .as(rule.alert())
                    .doesNotContainPattern(words);
        });
    }

    @Test
    void each_runbook_names_the_alerts_that_lead_to_it_and_no_other() throws IOException {
        SortedMap<String, SortedSet<String>> alerts = new TreeMap<>();
        RuleSet.defaults()
                .rules()
                .forEach(rule -> alerts.computeIfAbsent(
                                String.valueOf(rule.annotations().get("runbook_url")), page -> new TreeSet<>())
                        .add(rule.alert()));
        Matcher ofPrometheus = Pattern.compile("- alert: (\\w+)\\n(?s:.*?)runbook_url: (\\S+)\\n")
                .matcher(Files.readString(REPOSITORY.resolve("deploy/prometheus/hallwatt.rules.yml")));
        while (ofPrometheus.find()) {
            alerts.computeIfAbsent(ofPrometheus.group(2), page -> new TreeSet<>())
                    .add(ofPrometheus.group(1));
        }

        alerts.put("docs/runbooks/blind.md", new TreeSet<>(List.of("HallwattBlind"))); // of no rule's own

        SortedMap<String, SortedSet<String>> named = new TreeMap<>();
        try (var pages = Files.list(REPOSITORY.resolve("docs/runbooks"))) {
            for (Path page : pages.toList()) {
                String line = Files.readAllLines(page).get(2);
                assertThat(line).as(page.toString()).startsWith("Alerts: ");
                named.put(
                        "docs/runbooks/" + page.getFileName(),
                        new TreeSet<>(
                                List.of(line.substring("Alerts: ".length()).split(", "))));
            }
        }
        assertThat(named).isEqualTo(alerts);
    }

    @Test
    void each_runbook_says_what_when_check_and_remedy() throws IOException {
        try (var pages = Files.list(REPOSITORY.resolve("docs/runbooks"))) {
            assertThat(pages)
                    .allSatisfy(page -> assertThat(Files.readAllLines(page))
                            .filteredOn(line -> line.startsWith("## "))
                            .containsExactly("## What it means", "## When", "## Check", "## Remedy"));
        }
    }
}
