package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.state.Step;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One alert that is not inactive, or ended not long ago: who it is and where it stands. Its labels are those of its first breach; they never change while it lasts.
 *
 * @param name        the alert's name
 * @param fingerprint of {@code labels}
 * @param fired       null until it fires
 */
public record Alert(
        AlertKey key,
        String name,
        SortedMap<String, String> labels,
        String fingerprint,
        Standing standing,
        @Nullable Fired fired) {
    public Alert {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** Whether it fires, or did when it was last seen: silence is no recovery. */
    public boolean firing() {
        return firing(standing);
    }

    /** @param annotations as the step was told; empty where it was not */
    Alert after(Step step, Instant at, SortedMap<String, String> annotations) {
        Fired now = fired;
        if (firing(step.after()) && now == null) {
            now = new Fired(at, annotations, null);
        } else if (step.after() instanceof Standing.Inactive && now != null) {
            now = now.ended(at, annotations);
        }
        return new Alert(key, name, labels, fingerprint, step.after(), now);
    }

    private static boolean firing(Standing standing) {
        return switch (standing) {
            case Standing.Firing firing -> true;
            case Standing.Unknown unknown -> unknown.wasFiring();
            case Standing.Pending pending -> false;
            case Standing.Inactive inactive -> false;
        };
    }
}
