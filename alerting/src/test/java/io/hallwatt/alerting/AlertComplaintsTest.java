package io.hallwatt.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/alert-complaints.md names tests that are there. */
class AlertComplaintsTest {
    private static final Pattern NAMED = Pattern.compile("`(?<type>[A-Z]\\w+(Test|IT))\\.(?<method>\\w+)`");

    private static final Path PAGE = Path.of("..", "docs", "alert-complaints.md");

    @Test
    void each_complaint_has_a_test() throws IOException {
        List<String> complaints = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| "))
                .skip(1) // the head
                .toList();

        assertThat(complaints)
                .hasSizeGreaterThan(20)
                .allMatch(row -> NAMED.matcher(row).find());
    }

    @Test
    void each_test_that_the_page_names_is_in_the_tree() throws IOException {
        List<MatchResult> named =
                NAMED.matcher(Files.readString(PAGE)).results().toList();

        assertThat(named)
                .hasSizeGreaterThan(20)
                .allSatisfy(name -> assertThat(source(name.group("type"))).contains(" " + name.group("method") + "("));
    }

    private static String source(String type) {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            Path file = files.filter(path -> path.endsWith(type + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no " + type));
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
