package io.hallwatt.app.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules by which Prometheus judges the pipeline itself. */
class PipelineRulesTest {
    private static final Path FOLDER = Path.of("..", "deploy", "prometheus").toAbsolutePath();
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern TESTED = Pattern.compile("alertname: (Hallwatt\\w+)\\R\\s+exp_alerts:\\R");

    @Test
    void promtool_finds_that_they_fire_and_keep_still_as_the_tests_say() {
        assumeTrue(
                Command.run(Duration.ofSeconds(10), "promtool", "--version").succeeded(), "promtool is not installed");

        Command test = Command.run(
                Duration.ofSeconds(30),
                "promtool",
                "test",
                "rules",
                FOLDER.resolve("hallwatt.rules.test.yml").toString());

        assertThat(test.exit()).as(test.output()).isZero();
    }

    @Test
    void each_has_a_test_in_which_it_fires() throws IOException {
        assertThat(found(TESTED, "hallwatt.rules.test.yml")).isEqualTo(found(ALERT, "hallwatt.rules.yml"));
    }

    private static Set<String> found(Pattern pattern, String file) throws IOException {
        Set<String> names = new TreeSet<>();
        pattern.matcher(Files.readString(FOLDER.resolve(file))).results().forEach(name -> names.add(name.group(1)));
        return names;
    }
}
