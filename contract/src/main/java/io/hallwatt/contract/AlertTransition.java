package io.hallwatt.contract;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One alert instance went from one state to another. Each is one record on {@code alerts}, exactly once.
 *
 * @param fingerprint 16 hex digits over the labels: the alert's identity and the record's key
 * @param rule        the rule's alert name
 * @param labels      all labels, {@code alertname} among them
 * @param at          event time: end of the window whose evaluation did it
 * @param since       when the present episode began: the first breach
 * @param value       of the expression at {@code at}; absent where it was missing
 * @param threshold   what it was compared with; absent where the rule compares nothing
 */
public record AlertTransition(
        String fingerprint,
        String rule,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        AlertState from,
        AlertState to,
        Instant at,
        Instant since,
        @Nullable Double value,
        @Nullable Double threshold) {
    public AlertTransition {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }
}
