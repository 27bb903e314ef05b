package io.hallwatt.contract.catalogue;

import java.util.Locale;

/** What a metric is about. */
public enum Scope {
    RACK,
    HALL,
    SITE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** Its name in records, topics, Prometheus names and reports: {@code hall}. */
    public String text() {
        return text;
    }
}
