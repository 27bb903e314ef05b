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
import org.jspecify.annotations.Nullable;

/**
 * One alerting rule, checked.
 *
 * @param group       name of its group
 * @param alert       name of its alerts
 * @param expr        the expression as it stands in the file
 * @param condition   the expression, read
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
     * What the state of its alerts is kept under. It survives edits of thresholds, durations and texts: an alert that fires goes on, or ends, by the edited
     * rule. Another name, group, metric or label makes another rule: the old one's alerts end.
     */
    public String identity() {
        String whole = String.join(
                "\u0000",
                group,
                alert,
                condition.getClass().getSimpleName(),
                condition.metric().map(Metric::prometheusName).orElse(""),
                labels.toString());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
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
                        clear,
                        machine,
                        minCoverage,
                        limit,
                        labels,
                        annotations,
                        parent,
                        usual);
    }

    /** The windows that it is evaluated on: the shortest that its metric exists for. */
    public Resolution resolution() {
        return condition.metric().map(Rule::finest).orElse(Resolution.SECOND);
    }

    /** Energies and PUE are figures of a minute and longer (ISO/IEC 30134-2: PUE is of energies); all else exists for each second. */
    public static Resolution finest(Metric metric) {
        return switch (metric.unit()) {
            case MILLIWATT_HOURS -> Resolution.MINUTE;
            case RATIO -> metric == Metric.SITE_PUE ? Resolution.MINUTE : Resolution.SECOND;
            default -> Resolution.SECOND;
        };
    }
}
