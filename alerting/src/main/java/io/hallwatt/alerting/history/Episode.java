package io.hallwatt.alerting.history;

import io.hallwatt.contract.AlertState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One alert from its first breach until it was inactive again. Instants are event time.
 *
 * @param annotations of the newest transition before its end
 * @param state       where it stands; inactive when it is over
 * @param began       the first breach
 * @param fired       whether it fired at all
 * @param firedAt     when it did so first; absent where it did not, or where the log begins later
 * @param fires       when it is to fire if the breach lasts; absent where it is not pending
 * @param ended       absent while it lasts
 * @param ending      how it ended, where that was no recovery in sight; absent otherwise
 * @param highest     of the values told with its transitions while in breach; absent where none was
 * @param lowest      likewise
 * @param threshold   what it was compared with; absent where nothing was
 * @param maintenance name of the planned work that its newest transition fell into, of which nobody was told; absent outside of any
 */
public record Episode(
        String fingerprint,
        String rule,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        AlertState state,
        Instant began,
        boolean fired,
        @Nullable Instant firedAt,
        @Nullable Instant fires,
        @Nullable Instant ended,
        @Nullable String ending,
        @Nullable Double highest,
        @Nullable Double lowest,
        @Nullable Double threshold,
        @Nullable String maintenance) {
    public Episode {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** From the first breach to the end, or to {@code now} while it lasts. */
    public Duration lasted(Instant now) {
        return Duration.between(began, ended == null ? now : ended);
    }

    /** How long it has fired; nothing where it never did. Unknown time counts: silence is no recovery. */
    public Duration firedFor(Instant now) {
        Instant from = firedAt == null ? began : firedAt;
        return fired ? Duration.between(from, ended == null ? now : ended) : Duration.ZERO;
    }

    /** Whether any of it lies in [from, to). */
    public boolean overlaps(Instant from, Instant to) {
        return began.isBefore(to) && (ended == null || ended.isAfter(from));
    }

    /** Where in the site model it is, as far as its labels say. */
    public Optional<String> label(String name) {
        return Optional.ofNullable(labels.get(name));
    }
}
