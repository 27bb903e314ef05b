package io.hallwatt.alerting.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same files through the real promtool: the same verdict, in the same words. Without it on the machine there is nothing to compare with. */
class PromtoolIT {
    private static final int TESTS = 300;
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

    /** Prometheus takes a value that is gone for one that recovered. */
    private static final String ENDING_AS_THERE =
            Trials.RULES.replace("    expr:", "    on_missing: resolve\n    expr:");

    @TempDir
    Path folder;

    @BeforeAll
    static void promtool() {
        assumeTrue(Files.isExecutable(PROMTOOL), "no promtool at " + PROMTOOL);
    }

    /** In one file, since a process each would take minutes. */
    @Test
    void generated_tests_fail_and_pass_as_there() throws Exception {
        Random seeded = new Random(42);
        StringBuilder tests = new StringBuilder("rule_files: [rules.yaml]\nevaluation_interval: 1m\ntests:\n");
        for (int i = 0; i < TESTS; i++) {
            tests.append("- name: test %d\n  interval: 1m\n".formatted(i)).append(test(seeded));
        }

        List<String> there = promtool(tests.toString());

        assertThat(Trials.run(ENDING_AS_THERE, tests.toString())).isEqualTo(there);
        assertThat(there).as("some fail").hasSizeBetween(TESTS / 10, 4 * TESTS);
    }

    @Test
    void a_sample_is_too_old_at_the_same_instant() throws Exception {
        String tests = """
                rule_files: [rules.yaml]
                evaluation_interval: 1s
                tests:
                - interval: 1m
                  input_series: [{series: 'hallwatt_rack_feed_load_ratio{site="s",hall="h",rack="r",feed="A"}', values: '0.9'}]
                  alert_rule_test:
                  - {eval_time: 5m, alertname: Overload}
                  - {eval_time: 8m, alertname: Overload}
                  - {eval_time: 8m1s, alertname: Overload}
                """;

        assertThat(Trials.run(ENDING_AS_THERE, tests))
                .isEqualTo(promtool(tests))
                .hasSize(2);
    }

    private static String test(Random seeded) {
        StringBuilder test = new StringBuilder("  input_series:\n");
        for (String rack : List.of("r1", "r2")) {
            test.append(
                    "  - {series: 'hallwatt_rack_inlet_max_celsius{site=\"s\",hall=\"h\",rack=\"%s\"}', values: '%s'}\n"
                            .formatted(
                                    rack,
                                    values(seeded, List.of("20", "26.5", "28", "30", "27+0.5x2", "29-1x3", "28x1"))));
            test.append(
                    "  - {series: 'hallwatt_rack_feed_load_ratio{site=\"s\",hall=\"h\",rack=\"%s\",feed=\"A\"}', values: '%s'}\n"
                            .formatted(
                                    rack,
                                    values(
                                            seeded,
                                            List.of("0.5", "0.7", "0.81", "1.25", "Inf", "0.9x1", "0.7+0.1x3"))));
        }
        test.append("  - {series: 'hallwatt_hall_it_energy_joules{site=\"s\",hall=\"h\"}', values: '%s'}\n"
                .formatted(values(seeded, List.of("1", "9.99", "10", "0+5x4", "-1", "-Inf"))));
        test.append("  alert_rule_test:\n");
        for (int i = between(seeded, 1, 4); i > 0; i--) {
            String alert = one(seeded, List.of("Hot", "Overload", "Thirsty"));
            test.append("  - {eval_time: %ds, alertname: %s, exp_alerts: [%s]}\n"
                    .formatted(
                            between(seeded, 0, 14) * 60 + one(seeded, List.of(0, 0, 30)),
                            alert,
                            expected(seeded, alert)));
        }
        return test.toString();
    }

    private static String values(Random seeded, List<String> choices) {
        List<String> values = new ArrayList<>();
        for (int i = between(seeded, 1, 8); i > 0; i--) {
            values.add(one(seeded, choices));
        }
        values.add("stale"); // at a whole minute; five minutes after the last sample would lie between two evaluations
        // there
        return String.join(" ", values);
    }

    private static String expected(Random seeded, String alert) {
        return switch (between(seeded, 0, 2)) {
            case 0 -> "";
            case 1 -> "exp_labels: {severity: none}";
            default ->
                switch (alert) {
                    case "Hot" ->
                        "{exp_labels: {site: s, hall: h, rack: r1, severity: critical, source: hallwatt}, exp_annotations: {summary: r1 at 28}}";
                    case "Overload" ->
                        "{exp_labels: {site: s, hall: h, rack: r1, feed: A, severity: warning, source: hallwatt, team: h-ops}, exp_annotations: {summary: at 81%}}";
                    default -> "exp_labels: {site: s, hall: h, severity: info, source: hallwatt}";
                };
        };
    }

    private static int between(Random seeded, int least, int most) {
        return least + seeded.nextInt(most - least + 1);
    }

    private static <T> T one(Random seeded, List<T> choices) {
        return choices.get(seeded.nextInt(choices.size()));
    }

    /** What it says does not hold, one expectation each. */
    private List<String> promtool(String tests) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("rules.yaml"), Trials.RULES);
        Path file = Files.writeString(folder.resolve("test.yaml"), tests);
        Process process = new ProcessBuilder(PROMTOOL.toString(), "test", "rules", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        assertThat(exit).as(said).isIn(0, 1);
        List<String> faults = said.lines()
                .dropWhile(line -> !line.startsWith("    name:") && !line.startsWith("    alertname:"))
                .collect(Collectors.joining("\n"))
                .strip()
                .transform(text -> text.isEmpty()
                        ? List.<String>of()
                        : List.of(text.split("\n    (?=name:|alertname:)(?<!,\n    )")));
        assertThat(exit).as(said).isEqualTo(faults.isEmpty() ? 0 : 1);
        return faults.stream().map(fault -> "    " + fault.strip()).toList();
    }
}
