package io.hallwatt.contract;

/** The states of one alert instance. */
public enum AlertState {
    INACTIVE,
    PENDING,
    FIRING,
    /** What the rule looks at cannot be seen; never counts as recovery. */
    UNKNOWN,
    /** In breach, and its rule's parent speaks for it. */
    SUPPRESSED
}
