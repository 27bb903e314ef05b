package io.hallwatt.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RulesPageTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("(?m)^\\| [^|]*\\| `([^`|]*hallwatt_[^`|]*|vector\\(1\\))` \\|");

    @Test
    void each_example_of_an_expression_is_a_rule_that_runs() throws IOException {
        List<String> examples = new ArrayList<>();
        Matcher rows = EXAMPLE.matcher(Files.readString(Path.of("../docs/alert-rules.md")));
        while (rows.find()) {
            examples.add(rows.group(1));
        }

        assertThat(examples)
                .hasSizeGreaterThan(15)
                .allSatisfy(expr -> assertThat(
                                RuleSet.read("page", "groups: [{name: g, rules: [{alert: A, expr: '" + expr + "'}]}]")
                                        .rules())
                        .hasSize(1));
    }
}
