package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.state.Swings;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One alert that is not inactive, or has fired lately: who it is and where it stands. Its labels are those of its first breach; they never change while it lasts.
 *
 * @param name        the alert's name
 * @param fingerprint of {@code labels}
 * @param swings      how often it has fired lately
 */
public record Alert(
        AlertKey key,
        String name,
        SortedMap<String, String> labels,
        String fingerprint,
        Standing standing,
        Swings swings) {
    /** Name of the alert that says that a rule with {@code on_missing: alert} sees nothing; its label {@code blind} names the rule. */
    public static final String BLIND = "HallwattBlind";

    public Alert {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** One that has fired for the first time, or not yet. */
    public Alert(AlertKey key, String name, SortedMap<String, String> labels, String fingerprint, Standing standing) {
        this(key, name, labels, fingerprint, standing, Swings.NONE);
    }

    Alert standing(Standing now, Swings lately) {
        return new Alert(key, name, labels, fingerprint, now, lately);
    }

    boolean active() {
        return !(standing instanceof Standing.Inactive);
    }
}
