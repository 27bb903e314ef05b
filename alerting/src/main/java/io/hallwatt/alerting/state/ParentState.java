package io.hallwatt.alerting.state;

/** What the parent of an alert's rule says of the place that the alert is in. */
public enum ParentState {
    /** It says nothing, or the rule has no parent. */
    QUIET,
    /** It may speak soon. */
    PENDING,
    /** It speaks for all that is below it. */
    FIRING
}
