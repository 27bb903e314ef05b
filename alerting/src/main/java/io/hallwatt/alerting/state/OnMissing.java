package io.hallwatt.alerting.state;

/** What a rule makes of a window without a value. */
public enum OnMissing {
    /** The alert keeps its state and is marked unknown: silence is no recovery. The default. */
    KEEP,
    /** As if the value breached. */
    BREACH,
    /** As if the value had recovered: what Prometheus does. */
    RESOLVE,
    /** As {@link #KEEP}, and an alert of its own, {@code HallwattBlind}, says that the rule cannot see. */
    ALERT
}
