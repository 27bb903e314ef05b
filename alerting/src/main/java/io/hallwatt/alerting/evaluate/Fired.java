package io.hallwatt.alerting.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an alert beyond where it stands, once it has fired. Event time.
 *
 * @param at          when it fired: after {@code for}, not at the first breach
 * @param annotations as they were expanded then, or since; one that ended otherwise than by a recovery in sight says so in {@code ended}
 * @param endedAt     when it ended; null while it fires
 */
public record Fired(
        Instant at,
        SortedMap<String, String> annotations,
        @Nullable Instant endedAt) {
    /** How long the end of an alert is kept, so that it can be told again: Prometheus's {@code resolvedRetention}. */
    public static final Duration KEPT = Duration.ofMinutes(15);

    public Fired {
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** @param ending of the transition to inactive */
    Fired ended(Instant end, SortedMap<String, String> ending) {
        SortedMap<String, String> all = new TreeMap<>(annotations);
        if (ending.containsKey(AlertTexts.ENDED)) {
            all.put(AlertTexts.ENDED, ending.get(AlertTexts.ENDED));
        }
        return new Fired(at, all, end);
    }
}
