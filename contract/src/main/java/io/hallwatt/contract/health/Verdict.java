package io.hallwatt.contract.health;

import java.time.Duration;

/** What follows from a fault. */
public sealed interface Verdict {
    /** Begin again after that long. */
    record Again(Duration after) implements Verdict {}

    /**
     * Beginning again does not help.
     *
     * @param faults in a row, this one among them
     * @param within from the first to this one
     */
    record GivenUp(int faults, Duration within) implements Verdict {}
}
