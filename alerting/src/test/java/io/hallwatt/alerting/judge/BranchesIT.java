package io.hallwatt.alerting.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.template.Template;
import io.hallwatt.alerting.template.TemplateFaults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How branches of alert texts may follow each other, and which of them is taken, here and in Prometheus itself. */
class BranchesIT {
    private static final int GENERATED = 2_000;
    private static final Pattern REFUSED = Pattern.compile("\"B(\\d+)\"");
    private static final Map<String, String> LABELS = Map.of("hall", "h01");
    private static final double VALUE = 3;

    /** {@code else with} is not among them: Prometheus reads it since Go 1.23 does, Hallwatt never, since a rule is to load in an older one, too. */
    private static final List<String> PIECES = List.of(
            "{{ if $labels.hall }}",
            "{{ if $labels.feed }}",
            "{{ if gt $value 5.0 }}",
            "{{ with $labels.hall }}",
            "{{ with $labels.feed }}",
            "{{ with $value }}",
            "{{ else if 1 }}",
            "{{ else if 0 }}",
            "{{ else if eq $labels.hall \"h01\" }}",
            "{{ else }}",
            "{{ else }}",
            "{{ end }}",
            "{{ end }}",
            "{{ end }}",
            "{{ end }}");

    @TempDir
    Path folder;

    @BeforeAll
    static void promtoolIsThere() {
        Promtool.assume();
    }

    @Test
    void the_same_texts_are_refused_and_the_others_read_the_same() throws Exception {
        List<String> texts = texts();
        Files.writeString(folder.resolve("rules.yaml"), rules(texts, IntStream.range(0, texts.size())));
        Set<Integer> refusedThere = REFUSED.matcher(Promtool.run(folder, "check", "rules", "rules.yaml"))
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .collect(Collectors.toSet());
        List<Integer> readHere = IntStream.range(0, texts.size())
                .filter(i -> here(texts.get(i)).isPresent())
                .boxed()
                .toList();

        for (int i = 0; i < texts.size(); i++) {
            assertThat(readHere.contains(i))
                    .as("%s is read, as there", texts.get(i))
                    .isEqualTo(!refusedThere.contains(i));
        }
        assertThat(readHere).hasSizeBetween(texts.size() / 10, texts.size() * 9 / 10);

        Files.writeString(
                folder.resolve("rules.yaml"), rules(texts, readHere.stream().mapToInt(i -> i)));
        Files.writeString(
                folder.resolve("test.yaml"),
                readHere.stream()
                        .map(i -> expected(i, here(texts.get(i)).orElseThrow().expand(LABELS, VALUE)))
                        .collect(Collectors.joining("", """
                                rule_files: [rules.yaml]
                                tests:
                                - interval: 1m
                                  input_series: [{series: 'm{hall="h01"}', values: 3}]
                                  alert_rule_test:
                                """, "")));

        assertThat(Promtool.run(folder, "test", "rules", "test.yaml")).isEmpty();
    }

    private static Optional<Template> here(String text) {
        try {
            return Optional.of(Template.parse(text));
        } catch (TemplateFaults faults) {
            return Optional.empty();
        }
    }

    /** A letter after each piece says which branches were taken. Most have as many ends as they opened. */
    private static List<String> texts() {
        Random seeded = new Random(123);
        Set<String> texts = new LinkedHashSet<>(List.of(
                "{{ with $value }}a{{ else if 1 }}b{{ end }}",
                "{{ with $value }}a{{ else }}{{ if 1 }}b{{ end }}{{ end }}",
                "{{ if 0 }}{{ with $value }}a{{ else if 1 }}b{{ end }}{{ end }}",
                "{{ if 0 }}a{{ else if 0 }}b{{ else if 1 }}c{{ else }}d{{ end }}"));
        while (texts.size() < GENERATED) {
            StringBuilder text = new StringBuilder();
            int open = 0;
            int pieces = 2 + seeded.nextInt(6);
            for (int i = 0; i < pieces; i++) {
                String piece = PIECES.get(seeded.nextInt(PIECES.size()));
                open += piece.contains("end") ? -1 : piece.contains("else") ? 0 : 1;
                text.append(piece).append((char) ('a' + i));
            }
            texts.add(text + "{{ end }}".repeat(Math.max(0, open)));
        }
        return List.copyOf(texts);
    }

    private static String rules(List<String> texts, IntStream which) {
        return which.mapToObj(
                        i -> "  - {alert: B%d, expr: m > 0, annotations: {text: '[%s]'}}\n".formatted(i, texts.get(i)))
                .collect(Collectors.joining("", "groups:\n- name: g\n  rules:\n", ""));
    }

    private static String expected(int which, String text) {
        return "  - {eval_time: 0s, alertname: B%d, exp_alerts: [{exp_labels: {hall: h01}, exp_annotations: {text: '[%s]'}}]}\n"
                .formatted(which, text);
    }
}
