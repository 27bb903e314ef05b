package io.hallwatt.contract;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One alert instance went from one state to another, or its past was restated. Each is one record on {@code alerts}, exactly once.
 *
 * @param fingerprint 16 hex digits over the labels: the alert's identity and the record's key
 * @param rule        the rule's alert name
 * @param labels      all labels, {@code alertname} among them
 * @param at          event time: end of the window whose evaluation did it
 * @param since       when the present episode began: the first breach
 * @param value       of the expression at {@code at}; absent where it was missing
 * @param threshold   what it was compared with; absent where the rule compares nothing
 * @param maintenance name of the maintenance window that it fell into: it is recorded, and nobody is told; absent outside of one
 * @param restated    revision of a window that was published again after its evaluation and would have been judged otherwise, with {@code at} and
 *                    {@code value} its own: for the history only, {@code from} and {@code to} are the alert's state now; absent where the state changed
 * @param fired       event time at which it fired and people were to hear of it, of an end: at which what ended had; {@code at} where that is now; absent where
 *                    it had not, as where it was only pending, or fired in planned work
 * @param fires       event time at which one that is pending is to fire, if the breach lasts and the rule stays as it is; absent of all others
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
        @Nullable Double threshold,
        @Nullable String maintenance,
        @Nullable Integer restated,
        @Nullable Instant fired,
        @Nullable Instant fires) {
    public AlertTransition {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** A change of state outside of any maintenance window, of an alert that has not fired. */
    public AlertTransition(
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
        this(fingerprint, rule, labels, annotations, from, to, at, since, value, threshold, null, null, null, null);
    }

    /** Whether people are to hear of it: the state changed, and not in a maintenance window. */
    public boolean audible() {
        return maintenance == null && restated == null;
    }

    /** Whether people first hear of the alert by this, or that it is over: each once, whatever it went through in between. */
    public boolean beginsOrEnds() {
        return audible() && fired != null && (to == AlertState.INACTIVE || fired.equals(at));
    }
}
