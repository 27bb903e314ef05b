package io.hallwatt.app.terminal;

import java.util.List;
import java.util.Map;

/** Where in the site an alert is, in short. */
public final class AlertPlace {
    /** The label {@code source} of alerts whose series have none: where the alert comes from, not what it is about. */
    private static final String OURS = "hallwatt";

    private AlertPlace() {}

    /** {@code h03/r017 feed A}, {@code site source solar}; the site where the alert is of no hall. */
    public static String of(Map<String, String> labels) {
        StringBuilder where = new StringBuilder(labels.getOrDefault("hall", "site"));
        if (labels.containsKey("rack")) {
            where.append('/').append(labels.get("rack"));
        }
        for (String part : List.of("unit", "feed", "phase", "source", "constraint")) {
            boolean ours = part.equals("source") && OURS.equals(labels.get(part));
            if (labels.containsKey(part) && !ours) {
                where.append(' ').append(part).append(' ').append(labels.get(part));
            }
        }
        return where.toString();
    }
}
