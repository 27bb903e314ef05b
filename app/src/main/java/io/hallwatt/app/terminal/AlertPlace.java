package io.hallwatt.app.terminal;

import java.util.List;
import java.util.Map;

/** Where in the site an alert is, in short. */
public final class AlertPlace {
    private AlertPlace() {}

    /** {@code h03/r017 feed A}; the site where the alert is of no hall. */
    public static String of(Map<String, String> labels) {
        StringBuilder where = new StringBuilder(labels.getOrDefault("hall", "site"));
        if (labels.containsKey("rack")) {
            where.append('/').append(labels.get("rack"));
        }
        for (String part : List.of("unit", "feed", "phase")) {
            if (labels.containsKey(part)) {
                where.append(' ').append(part).append(' ').append(labels.get(part));
            }
        }
        return where.toString();
    }
}
