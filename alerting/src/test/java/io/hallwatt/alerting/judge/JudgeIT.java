package io.hallwatt.alerting.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.judge.HallwattAnswer.Step;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.alerting.rule.Twin;
import io.hallwatt.contract.Resolution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same rules on the same series, here and in Prometheus itself ({@code promtool test rules}): at each evaluation the same alerts are pending and firing, with
 * the same labels, and begin to fire with the same texts. Rules are handed over as {@code hallwatt rules export} writes them. What differs on purpose is in
 * docs/alert-rules.md.
 *
 * <p>{@code -Dhallwatt.judge.cases=20000} takes more cases of each resolution, {@code -Dhallwatt.judge.seed=17} that one alone.
 */
class JudgeIT {
    private static final Pattern ALERT = Pattern.compile("\\bC\\d{5,}\\b");

    @TempDir
    Path folder;

    @BeforeAll
    static void promtoolIsThere() {
        Promtool.assume();
    }

    @ParameterizedTest
    @EnumSource(names = {"SECOND", "MINUTE"})
    void prometheus_has_the_same_alerts_at_the_same_times(Resolution resolution) throws Exception {
        Long only = Long.getLong("hallwatt.judge.seed");
        int count = Integer.getInteger("hallwatt.judge.cases", 600);
        Map<Case, List<Step>> answers = new LinkedHashMap<>();
        StringBuilder rules = new StringBuilder("groups:\n");
        for (int i = 0; i < (only == null ? count : 1); i++) {
            long seed = only == null ? resolution.millis() * 1_000 + i : only;
            Case one = Cases.of(i, seed, resolution);
            String group = "- name: g%05d\n  rules:\n  - %s\n".formatted(i, String.join("\n    ", windowed(one)));
            answers.put(one, HallwattAnswer.of(one, RuleSet.read("rules.yaml", "groups:\n" + group)));
            rules.append(group);
        }

        Files.writeString(folder.resolve("rules.yaml"), Twin.of("cases.yaml", rules.toString()));
        Files.writeString(folder.resolve("test.yaml"), Promtool.test(resolution, answers));
        String differences = Promtool.run(folder, "test", "rules", "test.yaml");

        assertThat(differences).as(() -> smallest(answers, differences)).isEmpty();
        long firing = answers.values().stream()
                .filter(steps -> steps.stream().anyMatch(step -> !step.fired().isEmpty()))
                .count();
        // Cases of which nothing comes would agree with any engine.
        assertThat(firing).isGreaterThan(only == null ? count / 2 : -1);
    }

    @Test
    void prometheus_loads_the_twin_of_the_rules_that_come_with_hallwatt() throws Exception {
        Files.writeString(folder.resolve("rules.yaml"), Twin.of(RuleSet.DEFAULT_FILE, RuleSet.defaultText()));

        assertThat(Promtool.run(folder, "check", "rules", "rules.yaml")).isEmpty();
    }

    private static List<String> windowed(Case one) {
        return one.resolution() == Resolution.SECOND
                ? one.rule()
                : Stream.concat(
                                one.rule().stream(),
                                Stream.of("window: " + one.resolution().text()))
                        .toList();
    }

    private static String smallest(Map<Case, List<Step>> answers, String differences) {
        TreeSet<String> wrong = new TreeSet<>();
        Matcher alerts = ALERT.matcher(differences);
        while (alerts.find()) {
            wrong.add(alerts.group());
        }
        Case smallest = answers.keySet().stream()
                .filter(one -> wrong.contains(one.alert()))
                .min(Comparator.comparingInt(Case::size))
                .orElse(null);
        if (smallest == null) {
            return differences;
        }
        return "%d of %d cases differ from Prometheus; the smallest, %s, is of %s%s"
                .formatted(
                        wrong.size(),
                        answers.size(),
                        smallest.alert(),
                        smallest,
                        differences
                                .lines()
                                .dropWhile(line -> !line.contains(smallest.alert()))
                                .limit(12)
                                .collect(Collectors.joining("\n")));
    }
}
