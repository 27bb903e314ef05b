package io.hallwatt.alerting.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.expr.NumberText;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.config.InvalidInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which words are numbers, and which number each is, here and in Prometheus itself. */
class NumbersIT {
    private static final int GENERATED = 2_000;
    private static final Pattern REFUSED = Pattern.compile("\"N(\\d+)\"");

    /** A metric, of which Prometheus knows any and Hallwatt its catalogue's. */
    private static final Pattern NAMED = Pattern.compile("(^|[-+])[a-zA-Z_]");

    /** What numbers are made of, and what is near it. */
    private static final List<String> PIECES = List.of(
            "0",
            "0",
            "00",
            "1",
            "7",
            "8",
            "9",
            "12",
            "0x",
            "0X",
            "a",
            "F",
            "e",
            "E",
            "e+",
            "e-",
            "+",
            ".",
            ".",
            "_",
            "x",
            "p",
            "b",
            "o",
            "inf",
            "NaN",
            "5m",
            "s",
            "308",
            "400",
            "9223372036854775807",
            "7fffffffffffffff");

    @TempDir
    Path folder;

    @BeforeAll
    static void promtoolIsThere() {
        Promtool.assume();
    }

    @Test
    void the_same_words_are_numbers_and_the_same_numbers() throws Exception {
        List<String> words = words();
        Set<Integer> refusedThere = refusedThere(words);
        List<Integer> readHere = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            assertThat(isRefusedHere(words.get(i)))
                    .as("\"%s\" refused, as there", words.get(i))
                    .isEqualTo(refusedThere.contains(i));
            if (NumberText.parse(words.get(i)).isPresent()) {
                readHere.add(i);
            }
        }
        assertThat(refusedThere).hasSizeBetween(words.size() / 10, words.size() * 9 / 10);
        assertThat(readHere).as("numbers among them").hasSizeGreaterThan(words.size() / 10);

        String tests = readHere.stream()
                .map(i -> test(words.get(i), NumberText.parse(words.get(i)).orElseThrow()))
                .collect(Collectors.joining("", "tests:\n- interval: 1m\n  promql_expr_test:\n", ""));
        Files.writeString(folder.resolve("test.yaml"), tests);

        assertThat(Promtool.run(folder, "test", "rules", "test.yaml")).isEmpty();
    }

    /** NaN is no number that could be expected: it equals none, itself neither. */
    private static String test(String word, double value) {
        String expr = Double.isNaN(value) ? "vector(%1$s) == bool vector(%1$s)" : "vector(%s)";
        String expected = Double.isNaN(value) ? "0" : Double.toString(value).replace("Infinity", ".inf");
        return "  - {expr: '%s', eval_time: 0s, exp_samples: [{labels: '{}', value: %s}]}\n"
                .formatted(expr.formatted(word), expected);
    }

    private static List<String> words() {
        Set<String> words = new LinkedHashSet<>(List.of(
                "010",
                "08",
                "0778",
                "0x1F",
                "0X1f",
                "1_000",
                "0x_1",
                "1e3",
                "1E+3",
                "1e400",
                "1e-400",
                "Inf",
                "NaN",
                "5m",
                "1h30m",
                "1.",
                ".5",
                "0b1",
                "0o7",
                "0xe+3",
                "0Xe+3",
                "1e+",
                "0x",
                "0x8000000000000000",
                "0777777777777777777777777"));
        Random seeded = new Random(210);
        while (words.size() < GENERATED) {
            String word = Stream.generate(() -> PIECES.get(seeded.nextInt(PIECES.size())))
                    .limit(1 + seeded.nextInt(5))
                    .collect(Collectors.joining());
            if (word.length() <= 64 && !NAMED.matcher(word).find()) {
                words.add(word);
            }
        }
        return List.copyOf(words);
    }

    private static String rule(String name, String word) {
        return "  - {alert: %s, expr: 'hallwatt_hall_it_power_watts > %s'}\n".formatted(name, word);
    }

    private static boolean isRefusedHere(String word) {
        try {
            RuleSet.read("rules.yaml", "groups:\n- name: g\n  rules:\n" + rule("Word", word));
            return false;
        } catch (InvalidInput e) {
            return true;
        }
    }

    /** By their place: promtool names each rule that it refuses. */
    private Set<Integer> refusedThere(List<String> words) throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n- name: g\n  rules:\n");
        for (int i = 0; i < words.size(); i++) {
            rules.append(rule("N" + i, words.get(i)));
        }
        Files.writeString(folder.resolve("rules.yaml"), rules.toString());
        return REFUSED.matcher(Promtool.run(folder, "check", "rules", "rules.yaml"))
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .collect(Collectors.toSet());
    }
}
