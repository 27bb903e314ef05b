package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.state.Swings;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One alert that is not inactive, or has fired or ended lately: who it is and where it stands. Its labels are those of its first breach; they never change while it
 * lasts.
 *
 * @param name        the alert's name
 * @param fingerprint of {@code labels}
 * @param swings      how often it has fired lately
 * @param maintenance name of the window of planned work that it began to fire in and that is not over: nobody is told of it; null where people are
 * @param metrics     that its rule looked at when it was last seen; null in what was kept before that was noted
 * @param fired       null until people are to hear that it fires, and once its end has been kept
 */
public record Alert(
        AlertKey key,
        String name,
        SortedMap<String, String> labels,
        String fingerprint,
        Standing standing,
        Swings swings,
        @Nullable String maintenance,
        @Nullable String metrics,
        @Nullable Fired fired) {
    /** Name of the alert that says that a rule with {@code on_missing: alert} sees nothing; its label {@code blind} names the rule. */
    public static final String BLIND = "HallwattBlind";

    public Alert {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** One that has not fired yet. */
    public Alert(AlertKey key, String name, SortedMap<String, String> labels, String fingerprint, Standing standing) {
        this(key, name, labels, fingerprint, standing, Swings.NONE, null, null, null);
    }

    Alert standing(Standing now, Swings lately, @Nullable String planned) {
        return new Alert(key, name, labels, fingerprint, now, lately, planned, metrics, fired);
    }

    /** The same, seen by a rule that looks at these metrics. */
    Alert judgedBy(String looked) {
        return new Alert(key, name, labels, fingerprint, standing, swings, maintenance, looked, fired);
    }

    /** The same, which has fired, with other texts. */
    Alert telling(SortedMap<String, String> annotations) {
        Fired renewed = fired == null ? null : new Fired(fired.at(), annotations, fired.endedAt());
        return new Alert(key, name, labels, fingerprint, standing, swings, maintenance, metrics, renewed);
    }

    /** Whether it was judged by other metrics so far. */
    boolean judgedByOthersThan(String looked) {
        return metrics != null && !metrics.equals(looked);
    }

    /**
     * The same with when it fired, or that it ended, as it stands now. What fires in planned work has not fired to anybody, until that is over.
     *
     * @param annotations of the step that brought it there; empty where that was not told
     */
    Alert noting(Instant at, SortedMap<String, String> annotations) {
        boolean begun = fired != null && fired.endedAt() == null;
        Fired noted = null;
        if (firing() && maintenance == null) {
            noted = begun ? fired : new Fired(at, annotations, null);
        } else if (begun && fired != null && !active()) {
            noted = fired.ended(at, annotations);
        }
        return new Alert(key, name, labels, fingerprint, standing, swings, maintenance, metrics, noted);
    }

    /** Whether it fires, or did when it was last seen: silence is no recovery. */
    public boolean firing() {
        return firing(standing);
    }

    static boolean firing(Standing standing) {
        return standing instanceof Standing.Firing
                || (standing instanceof Standing.Unknown unknown && unknown.wasFiring());
    }

    boolean active() {
        return !(standing instanceof Standing.Inactive);
    }
}
