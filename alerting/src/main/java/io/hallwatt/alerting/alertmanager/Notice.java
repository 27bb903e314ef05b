package io.hallwatt.alerting.alertmanager;

import io.hallwatt.alerting.evaluate.AlertKey;
import io.hallwatt.alerting.membership.Tenure;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One alert as an Alertmanager is to know it.
 *
 * @param startsAt     event time at which it fired
 * @param endedAt      event time at which it ended; null while it fires
 * @param toldUntil    wall time from which on its end is told no more; null while it fires
 * @param generatorUrl where a person looks at it; null where no console is configured
 * @param tenure       of whoever evaluates it: it is told only as long as that lasts
 * @param standsUntil  wall time before which it does not end by itself, as long as the tenure does not last again: its last word; null where it has not been said
 */
record Notice(
        AlertKey key,
        String fingerprint,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        Instant startsAt,
        @Nullable Instant endedAt,
        @Nullable Instant toldUntil,
        @Nullable URI generatorUrl,
        Tenure tenure,
        @Nullable Instant standsUntil) {
    /**
     * The order within a request. What broke first stands first, since it may be the cause of the others, and of what broke at once the graver: whoever
     * inhibits by a source alert must have it before its targets.
     */
    static final Comparator<Notice> ORDER = Comparator.comparing(Notice::startsAt)
            .thenComparingInt(Notice::gravity)
            .thenComparing(Notice::fingerprint);

    Notice {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** The same as a last word, which is to stand until then, or until somebody tells otherwise. */
    Notice standing(Instant until) {
        return new Notice(
                key, fingerprint, labels, annotations, startsAt, endedAt, toldUntil, generatorUrl, tenure, until);
    }

    /** Whether it is the same as another but for what its texts say: the same texts, with other values. */
    boolean renews(Notice before) {
        return annotations.keySet().equals(before.annotations.keySet())
                && equals(new Notice(
                        before.key,
                        before.fingerprint,
                        before.labels,
                        annotations,
                        before.startsAt,
                        before.endedAt,
                        before.toldUntil,
                        before.generatorUrl,
                        before.tenure,
                        before.standsUntil));
    }

    /** Whether it is still ours to tell: what we do not evaluate any more, somebody else does, and may know better. */
    boolean ours() {
        return tenure.lasts() || (standsUntil != null && tenure.justOver());
    }

    boolean resolved() {
        return endedAt != null;
    }

    /** Whether its end has been told long enough. */
    boolean over(Instant now) {
        return toldUntil != null && !now.isBefore(toldUntil);
    }

    private int gravity() {
        return switch (labels.getOrDefault("severity", "")) {
            case "critical" -> 0;
            case "warning" -> 1;
            default -> 2;
        };
    }
}
