package io.hallwatt.alerting.explain;

import io.hallwatt.alerting.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** In what two forms of one rule differ, by the keys of a rule file. */
public final class RuleDifference {
    private RuleDifference() {}

    /** The keys that say something else; none where both judge and tell the same. */
    public static List<String> of(Rule one, Rule other) {
        List<String> keys = new ArrayList<>();
        note(keys, "expr", squeezed(one.expr()), squeezed(other.expr()));
        note(keys, "clear", one.clear(), other.clear());
        note(keys, "for", one.machine().pendingFor(), other.machine().pendingFor());
        note(
                keys,
                "keep_firing_for",
                one.machine().keepFiringFor(),
                other.machine().keepFiringFor());
        note(keys, "on_missing", one.machine().onMissing(), other.machine().onMissing());
        note(keys, "max_gap", one.machine().maxGap(), other.machine().maxGap());
        note(keys, "window", one.resolution(), other.resolution());
        note(keys, "min_coverage", one.minCoverage(), other.minCoverage());
        note(keys, "limit", one.limit(), other.limit());
        note(keys, "parent", one.parent(), other.parent());
        note(keys, "flapping", one.damping(), other.damping());
        note(keys, "labels", texts(one.labels()), texts(other.labels()));
        note(keys, "annotations", texts(one.annotations()), texts(other.annotations()));
        return List.copyOf(keys);
    }

    private static void note(List<String> keys, String key, @Nullable Object one, @Nullable Object other) {
        if (!Objects.equals(one, other)) {
            keys.add(key);
        }
    }

    private static String squeezed(String expr) {
        return expr.strip().replaceAll("\\s+", " ");
    }

    /** As they stand in the file: templates have no equality of their own. */
    private static List<String> texts(Map<String, ?> templates) {
        return templates.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted()
                .toList();
    }
}
