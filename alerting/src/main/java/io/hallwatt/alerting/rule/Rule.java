package io.hallwatt.alerting.rule;

import io.hallwatt.alerting.expr.Bound;
import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.state.FlapDamping;
import io.hallwatt.alerting.state.StateMachine;
import io.hallwatt.alerting.template.Template;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One alerting rule, checked.
 *
 * @param group       name of its group
 * @param alert       name of its alerts
 * @param expr        the expression as it stands in the file
 * @param condition   the expression, read
 * @param resolution  length of the windows that it is evaluated on
 * @param clear       the second bound of a hysteresis: what fires goes on until the value is past it too; absent where the rule has one bound only
 * @param machine     {@code for}, {@code keep_firing_for}, {@code on_missing}, {@code max_gap}
 * @param minCoverage completeness below which a window counts as missing, 0 to 1
 * @param limit       most alerts that it may have in one hall (of the site, for rules on the site); 0: no limit
 * @param labels      the group's and the rule's own
 * @param parent      alert name of the rules that speak for this one while they are pending or fire at its place; absent where it has none
 * @param damping     of alerts that come and go; absent where the rule leaves it to the stage
 */
public record Rule(
        String group,
        String alert,
        String expr,
        Condition condition,
        Resolution resolution,
        @Nullable Bound clear,
        StateMachine machine,
        double minCoverage,
        int limit,
        SortedMap<String, Template> labels,
        Map<String, Template> annotations,
        @Nullable String parent,
        @Nullable FlapDamping damping) {
    public Rule {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    /**
     * What the state of its alerts is kept under: what people know them by. It survives edits of the group's name, expression, thresholds, durations and texts: an
     * alert that fires goes on, or ends, by the edited rule. Another name or label makes another rule: the old one's alerts end.
     */
    public String identity() {
        // What labels of place its alerts have follows from the expression.
        String whole = String.join("\u0000", alert, String.join(",", condition.labels()), labels.toString());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The names of the metrics that it looks at: with others, what was pending by it says nothing of what it looks at now. */
    public String metrics() {
        return condition.metrics().stream()
                .map(Metric::prometheusName)
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
    }

    /**
     * Whether windows that are published again are judged again, for the history. Not by ranges: what a window was judged by is kept for the newest window only, and
     * one that changes would change the judgement of all after it whose ranges reach back to it.
     */
    public boolean judgesAnew() {
        return !condition.looksBack();
    }

    /** The same, damped as the stage says where the rule itself says nothing. */
    Rule damped(FlapDamping usual) {
        return damping != null
                ? this
                : new Rule(
                        group,
                        alert,
                        expr,
                        condition,
                        resolution,
                        clear,
                        machine,
                        minCoverage,
                        limit,
                        labels,
                        annotations,
                        parent,
                        usual);
    }

    /** The shortest windows that the metric exists for: periods, as energies and PUE are (ISO/IEC 30134-2), have no seconds. */
    public static Resolution finest(Metric metric) {
        return Collections.min(metric.resolutions());
    }
}
