package io.hallwatt.aggregate.hall;

/** What became of a reading. */
public enum Outcome {
    /** Counted in its windows. */
    COUNTED,
    /** The very reading was there already. */
    DUPLICATE,
    /** Its second is closed: no longer in windows, but in the energy. */
    LATE,
    /** The site model does not have the device. */
    UNKNOWN_DEVICE
}
