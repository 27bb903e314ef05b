package io.hallwatt.alerting.judge;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.judge.HallwattAnswer.Step;
import io.hallwatt.alerting.state.Standing;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.config.Durations;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Prometheus itself, as its own tool for testing rules: given the series and another's answer, it says where that is wrong. */
final class Promtool {
    private Promtool() {}

    static Optional<Path> there() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Skips the tests of a class where it is not. */
    static void assume() {
        Assumptions.assumeTrue(
                there().isPresent(),
                "skipped: no promtool on the PATH (Debian: apt-get install prometheus), so there is no judge");
    }

    /** @return what it printed; empty where it agrees with all */
    static String run(Path folder, String... arguments) throws IOException, InterruptedException {
        Path output = folder.resolve("promtool.txt");
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(there().orElseThrow().toString()), Stream.of(arguments))
                                .toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean agrees = process.waitFor() == 0;
        return agrees ? "" : Files.readString(output, StandardCharsets.UTF_8);
    }

    /** A test file: all series, and at each step Hallwatt's answer as what is expected. */
    static String test(Resolution resolution, Map<Case, List<Step>> answers) {
        StringBuilder text =
                new StringBuilder("rule_files: [rules.yaml]\nevaluation_interval: %s\ntests:\n- interval: %s\n"
                        .formatted(resolution.text(), resolution.text()));
        text.append("  input_series:\n");
        for (Case one : answers.keySet()) {
            one.series()
                    .forEach((metric, elements) ->
                            elements.forEach((element, values) -> text.append("  - series: '%s%s'\n    values: '%s'\n"
                                    .formatted(
                                            metric.prometheusName(),
                                            braces(HallwattAnswer.labels(one, metric, element)),
                                            values(values)))));
        }
        text.append("  promql_expr_test:\n");
        answers.forEach((one, steps) -> {
            for (int i = 0; i < steps.size(); i++) {
                text.append("  - expr: ALERTS{alertname=\"%s\"}\n    eval_time: %s\n"
                        .formatted(one.alert(), time(resolution, i)));
                if (!steps.get(i).standing().isEmpty()) {
                    text.append("    exp_samples:\n");
                }
                for (Alert alert : steps.get(i).standing()) {
                    SortedMap<String, String> labels = new TreeMap<>(alert.labels());
                    labels.put("alertstate", alert.standing().state().name().toLowerCase(Locale.ROOT));
                    text.append("    - {labels: 'ALERTS%s', value: 1}\n".formatted(braces(labels)));
                }
            }
        });
        text.append("  alert_rule_test:\n");
        answers.forEach((one, steps) -> texts(resolution, one, steps, text));
        return text.toString();
    }

    /** Where alerts begin to fire: the texts of all that fire then. A value in a text is of the first evaluation, which Prometheus does not keep. */
    private static void texts(Resolution resolution, Case one, List<Step> steps, StringBuilder text) {
        Map<String, AlertTransition> firing = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            step.fired().forEach(fired -> firing.put(fired.fingerprint(), fired));
            // NaN reads "unknown" here.
            boolean otherwise = one.tells() && step.fired().stream().anyMatch(fired -> fired.value() == null);
            if (step.fired().isEmpty() || otherwise) {
                continue;
            }
            text.append("  - eval_time: %s\n    alertname: %s\n    exp_alerts:\n"
                    .formatted(time(resolution, i), one.alert()));
            for (Alert alert : step.standing()) {
                if (alert.standing() instanceof Standing.Firing) {
                    SortedMap<String, String> labels = new TreeMap<>(alert.labels());
                    labels.remove("alertname");
                    AlertTransition fired = Objects.requireNonNull(firing.get(alert.fingerprint()));
                    text.append("    - exp_labels: %s\n      exp_annotations: %s\n"
                            .formatted(json(labels), json(fired.annotations())));
                }
            }
        }
    }

    private static String time(Resolution resolution, int step) {
        return Durations.format(resolution.length().multipliedBy(step));
    }

    /** A gap begins with a marker, as where a scrape no longer finds the series. */
    static String values(double[] values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            boolean marked = i == 0 || !Double.isNaN(values[i - 1]);
            text.append(i == 0 ? "" : " ")
                    .append(Double.isNaN(values[i]) ? (marked ? "stale" : "_") : Double.toString(values[i]));
        }
        return text.toString();
    }

    private static String braces(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String json(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(text -> text.getKey() + ": '" + text.getValue().replace("'", "''") + "'")
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
