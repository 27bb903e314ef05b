package io.hallwatt.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
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
            assertThat(REPOSITORY.resolve(runbook)).isRegularFile().content().contains(rule.alert());
        });
    }

    @Test
    void each_runbook_belongs_to_a_rule() throws IOException {
        Set<String> used = RuleSet.defaults().rules().stream()
                .map(rule -> String.valueOf(rule.annotations().get("runbook_url")))
                .collect(Collectors.toSet());

        try (var pages = Files.list(REPOSITORY.resolve("docs/runbooks"))) {
            assertThat(pages.map(page -> "docs/runbooks/" + page.getFileName()))
                    .containsExactlyInAnyOrderElementsOf(used);
        }
    }
}
