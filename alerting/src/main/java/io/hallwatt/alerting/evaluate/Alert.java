package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.state.Standing;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One alert that is not inactive: who it is and where it stands. Its labels are those of its first breach; they never change while it lasts.
 *
 * @param name        the alert's name
 * @param fingerprint of {@code labels}
 */
public record Alert(
        AlertKey key, String name, SortedMap<String, String> labels, String fingerprint, Standing standing) {
    /** Name of the alert that says that a rule with {@code on_missing: alert} sees nothing; its label {@code blind} names the rule. */
    public static final String BLIND = "HallwattBlind";

    public Alert {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    Alert standing(Standing now) {
        return new Alert(key, name, labels, fingerprint, now);
    }
}
