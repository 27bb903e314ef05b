package io.hallwatt.alerting.rule;

import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.expr.LabelMatcher;
import io.hallwatt.alerting.state.OnMissing;
import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.yaml.Yaml;
import io.hallwatt.contract.yaml.YamlSection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A rule file as plain Prometheus loads it, from 2.42 on (no {@code query_offset}, no {@code labels} of groups): what Prometheus does not know is left out, and
 * a comment says what is lost by that.
 */
public final class Twin {
    private static final Set<String> PROMETHEUS =
            Set.of("alert", "expr", "for", "keep_firing_for", "labels", "annotations");

    private static final Map<String, String> LOST = Map.of(
            "clear", "Prometheus ends the alert at the bound that began it",
            "max_gap", "for Prometheus one missing value ends a pending alert",
            "min_coverage", "Prometheus takes every value, whatever part of the window is known",
            "window", "Prometheus takes the values of the shortest windows",
            "parent", "Prometheus tells every alert: inhibit them in Alertmanager",
            "flapping", "Prometheus tells an alert each time that it fires");

    private final StringBuilder text = new StringBuilder();

    private Twin() {}

    /**
     * @param file its path, for messages; the first line has its name alone, so that it says the same wherever the file was
     * @param rules the whole file
     * @throws io.hallwatt.contract.config.InvalidInput with all faults
     */
    public static String of(String file, String rules) {
        Iterator<Rule> read = RuleSet.read(file, rules).rules().iterator();
        Twin twin = new Twin();
        twin.line(
                0,
                "# Made by hallwatt rules export from %s: edit that file, not this one."
                        .formatted(Path.of(file).getFileName()));
        YamlSection top = Yaml.read(rules, new Faults(file));
        if (top != null) {
            for (String key : top.keys()) {
                if (!key.equals("groups")) {
                    twin.line(0, "# %s is left out: Prometheus has no such key".formatted(key));
                }
            }
            twin.line(0, "groups:");
            top.sections("groups").forEach(group -> twin.group(group, read));
        }
        return twin.text.toString();
    }

    private void group(YamlSection group, Iterator<Rule> rules) {
        line(2, "- name: " + quoted(group.text("name")));
        scalar(group, "interval").ifPresent(interval -> line(4, "interval: " + interval));
        scalar(group, "limit")
                .ifPresent(limit -> line(
                        4,
                        "# limit: %s is left out: it counts the alerts of one hall, and Prometheus's those of all"
                                .formatted(limit)));
        line(4, "rules:");
        group.sections("rules").forEach(rule -> rule(rule, rules.next()));
    }

    private void rule(YamlSection section, Rule rule) {
        lost(section, rule).forEach(lost -> line(6, "# " + lost));
        line(6, "- alert: " + quoted(rule.alert()));
        line(8, "expr: " + quoted(rule.expr().strip()));
        scalar(section, "for").ifPresent(duration -> line(8, "for: " + duration));
        scalar(section, "keep_firing_for").ifPresent(duration -> line(8, "keep_firing_for: " + duration));
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("severity", "warning");
        if (!rule.condition().labels().contains("source")) {
            labels.put("source", "hallwatt");
        }
        rule.labels().forEach((name, template) -> labels.put(name, template.toString()));
        line(8, "labels:");
        labels.forEach((name, value) -> line(10, name + ": " + quoted(value)));
        if (!rule.annotations().isEmpty()) {
            line(8, "annotations:");
            rule.annotations().forEach((name, value) -> line(10, name + ": " + quoted(value.toString())));
        }
    }

    /** What is said in the file, or meant by it, and Prometheus does not do. */
    private static List<String> lost(YamlSection section, Rule rule) {
        List<String> lost = new ArrayList<>();
        for (String key : section.keys()) {
            if (!PROMETHEUS.contains(key) && !key.equals("on_missing")) {
                lost.add("%s is left out: %s".formatted(key, LOST.getOrDefault(key, "Prometheus has no such key")));
            }
        }
        switch (rule.condition()) {
            case Condition.Watched watched -> {}
            case Condition.Computed computed -> {}
            case Condition.Absence absence -> {
                List<String> named = absence.matchers().stream()
                        .filter(LabelMatcher::isEquality)
                        .map(LabelMatcher::label)
                        .toList();
                if (!named.containsAll(rule.condition().labels())) {
                    lost.add("absent(…) is one alert with the labels that its matchers name: here it is one for each "
                            + absence.scope().text());
                }
            }
            case Condition.Always always -> lost.add("vector(…) has no labels: here it has the site's");
        }
        if (rule.condition().canBeMissing() && rule.machine().onMissing() != OnMissing.RESOLVE) {
            lost.add("on_missing: %s is left out: Prometheus ends an alert whose values are missing"
                    .formatted(rule.machine().onMissing().name().toLowerCase(Locale.ROOT)));
        }
        return lost;
    }

    private static Optional<String> scalar(YamlSection section, String key) {
        return section.has(key) ? section.optionalScalar(key) : Optional.empty();
    }

    private void line(int indent, String line) {
        text.append(" ".repeat(indent)).append(line).append('\n');
    }

    /** A text in YAML that is never taken for anything else. */
    private static String quoted(String text) {
        if (text.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || (c >= 0xa0 && c < 0xd800))) {
            return "'" + text.replace("'", "''") + "'";
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c >= ' ' && c < 0x7f) {
                        quoted.append((char) c);
                    } else {
                        quoted.append("\\u%04x".formatted(c));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
