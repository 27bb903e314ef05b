package io.hallwatt.alerting.trial;

import io.hallwatt.contract.Ids;
import io.hallwatt.contract.catalogue.Dimension;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.config.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which series of the catalogue a test gives.
 *
 * @param hall empty for a series of the site
 * @param rack empty for a series of a hall or the site
 * @param key  the metric's dimensions, as {@code A/L1}; empty where it has none
 */
record SeriesName(Metric metric, String site, String hall, String rack, String key) {
    private static final Pattern METRIC = Pattern.compile("\\s*(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)?\\s*(?<brace>\\{)?");
    private static final Pattern LABEL = Pattern.compile("\\s*(?<name>[a-zA-Z_][a-zA-Z0-9_]*)\\s*=\\s*"
            + "(?:\"(?<double>(?:[^\"\\\\]|\\\\.)*+)\"|'(?<single>(?:[^'\\\\]|\\\\.)*+)'|`(?<raw>[^`]*+)`)\\s*");

    /** @param text in Prometheus's notation: {@code metric{label="value",…}} */
    static SeriesName parse(String text) throws TextFault {
        Matcher head = METRIC.matcher(text);
        boolean found = head.lookingAt();
        String name = found && head.group("name") != null ? head.group("name") : "";
        Map<String, String> labels = new LinkedHashMap<>();
        int end = found ? head.end() : 0;
        if (found && head.group("brace") != null) {
            end = labels(text, end, labels);
        }
        if (!text.substring(end).isBlank()) {
            throw new TextFault(end, "metric{label=\"value\",…} belongs here, and nothing after it");
        }
        String named = name.isEmpty() ? labels.remove("__name__") : name;
        if (named == null) {
            throw new TextFault(0, "the metric's name is missing: write metric{label=\"value\",…}");
        }
        Metric metric = Metric.named(named).orElseThrow(() -> unknown(named));
        return of(metric, labels);
    }

    /** Reads labels up to the closing brace and gives the place after it. */
    private static int labels(String text, int from, Map<String, String> labels) throws TextFault {
        int at = from;
        Matcher label = LABEL.matcher(text);
        while (label.find(at) && label.start() == at) {
            String name = label.group("name");
            if (labels.put(name, value(label)) != null) {
                throw new TextFault(at, "label %s stands twice".formatted(name));
            }
            at = label.end();
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
            } else {
                break;
            }
        }
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at >= text.length() || text.charAt(at) != '}') {
            throw new TextFault(Math.min(at, text.length()), "label=\"value\", a comma or } belongs here");
        }
        return at + 1;
    }

    private static String value(Matcher label) {
        if (label.group("raw") != null) {
            return label.group("raw");
        }
        String quoted = label.group("double") == null ? label.group("single") : label.group("double");
        return quoted.replaceAll("\\\\(.)", "$1"); // ids have no control characters: \" \' and \\ are all there can be
    }

    private static TextFault unknown(String name) {
        List<String> known =
                Arrays.stream(Metric.values()).map(Metric::prometheusName).toList();
        return new TextFault(
                0,
                "\"%s\" is no metric of the catalogue, so that no rule here can see it%s"
                        .formatted(name, Nearest.hint(name, known)));
    }

    private static SeriesName of(Metric metric, Map<String, String> labels) throws TextFault {
        List<String> names = labelsOf(metric);
        for (String name : names) {
            if (!labels.containsKey(name)) {
                throw new TextFault(
                        0,
                        "label %s is missing: series of %s have %s"
                                .formatted(name, metric.prometheusName(), String.join(", ", names)));
            }
        }
        for (Map.Entry<String, String> label : labels.entrySet()) {
            if (!names.contains(label.getKey())) {
                throw new TextFault(
                        0,
                        "label %s: series of %s have %s only"
                                .formatted(label.getKey(), metric.prometheusName(), String.join(", ", names)));
            }
            if (!Ids.valid(label.getValue())) {
                throw new TextFault(0, "%s=\"%s\": an id is %s".formatted(label.getKey(), label.getValue(), Ids.RULE));
            }
        }
        return new SeriesName(
                metric,
                labels.getOrDefault("site", ""),
                metric.scope() == Scope.SITE ? "" : labels.getOrDefault("hall", ""),
                metric.scope() == Scope.RACK ? labels.getOrDefault("rack", "") : "",
                metric.dimensions().stream()
                        .map(dimension -> labels.getOrDefault(dimension.label(), ""))
                        .collect(Collectors.joining("/")));
    }

    private static List<String> labelsOf(Metric metric) {
        List<String> names = new ArrayList<>(
                switch (metric.scope()) {
                    case RACK -> List.of("site", "hall", "rack");
                    case HALL -> List.of("site", "hall");
                    case SITE -> List.of("site");
                });
        metric.dimensions().stream().map(Dimension::label).forEach(names::add);
        return names;
    }
}
