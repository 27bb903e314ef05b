package io.hallwatt.alerting.state;

/** One step of an alert. */
public record Step(Standing before, Standing after) {
    /** Whether people are to hear of it: the state changed, not only what is noted with it. */
    public boolean told() {
        return before.state() != after.state();
    }
}
