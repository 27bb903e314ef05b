package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.state.Swings;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One alert that is not inactive, or has fired lately: who it is and where it stands. Its labels are those of its first breach; they never change while it lasts.
 *
 * @param name        the alert's name
 * @param fingerprint of {@code labels}
 * @param swings      how often it has fired lately
 * @param maintenance name of the window of planned work that it began to fire in and that is not over: nobody is told of it; null where people are
 */
public record Alert(
        AlertKey key,
        String name,
        SortedMap<String, String> labels,
        String fingerprint,
        Standing standing,
        Swings swings,
        @Nullable String maintenance) {
    /** Name of the alert that says that a rule with {@code on_missing: alert} sees nothing; its label {@code blind} names the rule. */
    public static final String BLIND = "HallwattBlind";

    public Alert {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** One that has fired for the first time, or not yet. */
    public Alert(AlertKey key, String name, SortedMap<String, String> labels, String fingerprint, Standing standing) {
        this(key, name, labels, fingerprint, standing, Swings.NONE, null);
    }

    Alert standing(Standing now, Swings lately, @Nullable String planned) {
        return new Alert(key, name, labels, fingerprint, now, lately, planned);
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
