package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.expr.LabelMatcher;
import io.hallwatt.contract.catalogue.Dimension;
import io.hallwatt.contract.catalogue.Metric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which series a selector's matchers let through; each id is matched once and remembered, so that a window costs look-ups only. */
final class Selection {
    private final List<LabelMatcher> site;
    private final List<LabelMatcher> hall;
    private final List<LabelMatcher> rack;
    private final List<LabelMatcher> matchers;
    private final List<Dimension> dimensions;
    private final Map<String, Boolean> rows = new HashMap<>();
    private final Map<String, Boolean> racks = new HashMap<>();
    private final Map<String, Boolean> keys = new HashMap<>();

    Selection(Metric metric, List<LabelMatcher> matchers) {
        this.matchers = matchers;
        this.dimensions = metric.dimensions();
        this.site = on("site");
        this.hall = on("hall");
        this.rack = on("rack");
    }

    private List<LabelMatcher> on(String label) {
        return matchers.stream()
                .filter(matcher -> matcher.label().equals(label))
                .toList();
    }

    boolean row(String row) {
        Boolean known = rows.get(row);
        if (known == null) {
            Row of = Row.of(row);
            known = all(site, of.site()) && all(hall, of.hall());
            rows.put(row, known);
        }
        return known;
    }

    boolean choosesRacks() {
        return !rack.isEmpty();
    }

    boolean rack(String id) {
        if (rack.isEmpty()) {
            return true;
        }
        Boolean known = racks.get(id);
        if (known == null) {
            known = all(rack, id);
            racks.put(id, known);
        }
        return known;
    }

    /** @param key as {@code A/L1} */
    boolean key(String key) {
        Boolean known = keys.get(key);
        if (known == null) {
            known = true;
            String[] parts = key.split("/", -1);
            for (int i = 0; i < dimensions.size() && i < parts.length; i++) {
                known &= all(on(dimensions.get(i).label()), parts[i]);
            }
            keys.put(key, known);
        }
        return known;
    }

    /** The first matcher that the series does not pass; empty where it passes all. */
    Optional<Unmatched> refusal(String row, String rack, String key) {
        Row of = Row.of(row);
        Map<String, String> labels = new HashMap<>();
        labels.put("site", of.site());
        labels.put("hall", of.hall());
        labels.put("rack", rack);
        String[] parts = key.split("/", -1);
        for (int i = 0; i < dimensions.size() && i < parts.length; i++) {
            labels.put(dimensions.get(i).label(), parts[i]);
        }
        return matchers.stream()
                .map(matcher -> new Unmatched(matcher, labels.getOrDefault(matcher.label(), "")))
                .filter(unmatched -> !unmatched.matcher().matches(unmatched.actual()))
                .findFirst();
    }

    private static boolean all(List<LabelMatcher> matchers, String value) {
        for (LabelMatcher matcher : matchers) {
            if (!matcher.matches(value)) {
                return false;
            }
        }
        return true;
    }
}
