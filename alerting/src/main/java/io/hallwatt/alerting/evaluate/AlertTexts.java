package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.expr.LabelMatcher;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.state.FlapDamping;
import io.hallwatt.alerting.state.Observation;
import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.state.Step;
import io.hallwatt.alerting.state.Swings;
import io.hallwatt.contract.catalogue.Dimension;
import io.hallwatt.contract.config.Count;
import io.hallwatt.contract.config.Durations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The labels and annotations of one rule's alerts. */
final class AlertTexts {
    /** Annotation of an alert's end. */
    static final String ENDED = "ended";

    /** What is said of an alert that ends since its rule looks at something else now. */
    static final String OTHER_METRIC = "the rule was changed: its metric";

    /** Annotation of an alert that came and went too often: how often it fired. */
    static final String FLAPPING = "flapping";

    /** Annotation of a parent: how many alerts it speaks for. */
    static final String AFFECTED = "affected";

    /** Annotation of an alert that people are told of late: the window of planned work that kept it from them is over. */
    static final String MAINTENANCE = "maintenance";

    /** Annotation of a record on a window that was published again. */
    static final String RESTATED = "restated";

    /** Labels that say where, from the large to the small. */
    private static final List<String> PLACES = List.of("site", "hall", "rack");

    private final Rule rule;

    AlertTexts(Rule rule) {
        this.rule = rule;
    }

    /** An alert of its first breach. */
    Alert alert(AlertKey key, Standing standing, Swings swings) {
        String name = key.blind() ? Alert.BLIND : rule.alert();
        SortedMap<String, String> labels = labels(key, name);
        return new Alert(key, name, labels, Fingerprint.of(labels), standing, swings, null, rule.metrics(), null);
    }

    /** The series' own labels, then the rule's, then {@code alertname}; empty ones are left out, as in Prometheus. */
    private SortedMap<String, String> labels(AlertKey key, String name) {
        SortedMap<String, String> own = elementLabels(key);
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("severity", "warning");
        labels.put("source", "hallwatt");
        labels.putAll(own);
        rule.labels().forEach((label, template) -> labels.put(label, template.expand(own, Double.NaN)));
        if (key.blind()) {
            labels.put("blind", rule.alert());
        }
        labels.put("alertname", name);
        labels.values().removeIf(String::isEmpty);
        return labels;
    }

    /** @param value NaN where there is none */
    SortedMap<String, String> annotations(AlertKey key, double value, Step step, Observation seen) {
        SortedMap<String, String> annotations = annotations(key, value);
        ending(step, seen).ifPresent(ending -> annotations.put(ENDED, ending));
        return annotations;
    }

    /** How an alert ended, where that is not simply that its value recovered while it was watched. */
    private static Optional<String> ending(Step step, Observation seen) {
        if (!(step.after() instanceof Standing.Inactive)) {
            return Optional.empty();
        }
        return switch (seen) {
            case Observation.Retired retired ->
                Optional.of(
                        "Without a measured recovery: it is no longer in the site model, or the rule no longer selects it");
            case Observation.Missing missing ->
                Optional.of("Without a measured recovery: there is no value, and the rule says on_missing: resolve");
            case Observation.Breach breach -> Optional.empty();
            case Observation.Between between -> seenAgain(step);
            case Observation.Clear clear -> seenAgain(step);
        };
    }

    private static Optional<String> seenAgain(Step step) {
        return step.before() instanceof Standing.Unknown unknown
                ? Optional.of("Measured after a time without values since " + unknown.missingSince())
                : Optional.empty();
    }

    /** What is to be said of an alert that came and went; nothing of others. */
    static Optional<String> flapping(FlapDamping damping, Swings before, Swings after) {
        if (after.held() && !before.held()) {
            String within = Durations.format(damping.within());
            return Optional.of("Fired %d times within %s: held firing until it has been clear for %s"
                    .formatted(after.fired().size(), within, within));
        }
        return before.held() && !after.held()
                ? Optional.of(
                        "Was held firing; breached anew %s meanwhile".formatted(Count.of(before.flaps() - 1, "time")))
                : Optional.empty();
    }

    /** As the rule's templates, or what is said of blindness, read with the value. */
    SortedMap<String, String> annotations(AlertKey key, double value) {
        SortedMap<String, String> annotations = new TreeMap<>();
        SortedMap<String, String> own = elementLabels(key);
        if (key.blind()) {
            return blindness(own);
        }
        rule.annotations().forEach((name, template) -> annotations.put(name, template.expand(own, value)));
        return annotations;
    }

    private SortedMap<String, String> blindness(Map<String, String> own) {
        String where = Stream.concat(
                        PLACES.stream().filter(own::containsKey),
                        own.keySet().stream().filter(label -> !PLACES.contains(label)))
                .map(label -> label + " " + own.get(label))
                .collect(Collectors.joining(", "));
        SortedMap<String, String> annotations = new TreeMap<>();
        annotations.put("summary", "%s cannot see %s: no value comes".formatted(rule.alert(), where));
        annotations.put(
                "description",
                "%s neither fires nor ends there until values come again; what it was when they stopped, it stays. First, see whether the device still reports."
                        .formatted(rule.alert()));
        annotations.put(
                "action",
                "Look at the device, its gateway and its network, then in readings.rejected for what it sends. Until it is seen again, look after what %s watches by other means."
                        .formatted(rule.alert()));
        annotations.put("runbook_url", "docs/runbooks/blind.md");
        return annotations;
    }

    private SortedMap<String, String> elementLabels(AlertKey key) {
        SortedMap<String, String> labels = new TreeMap<>();
        Row row = Row.of(key.row());
        labels.put("site", row.site());
        if (!row.hall().isEmpty()) {
            labels.put("hall", row.hall());
        }
        if (!key.rack().isEmpty()) {
            labels.put("rack", key.rack());
        }
        switch (rule.condition()) {
            case Condition.Watched watched -> dimensions(watched.watched().dimensions(), key.key(), labels);
            case Condition.Computed computed -> dimensions(computed.formula().dimensions(), key.key(), labels);
            case Condition.Absence absence -> {
                for (LabelMatcher matcher : absence.matchers()) {
                    if (matcher.isEquality()) {
                        labels.putIfAbsent(matcher.label(), matcher.value());
                    }
                }
            }
            case Condition.Always always -> {
                // the site is all there is
            }
        }
        return labels;
    }

    private static void dimensions(List<Dimension> dimensions, String key, SortedMap<String, String> labels) {
        String[] parts = key.split("/", -1);
        for (int i = 0; i < dimensions.size() && i < parts.length; i++) {
            labels.put(dimensions.get(i).label(), parts[i]);
        }
    }
}
