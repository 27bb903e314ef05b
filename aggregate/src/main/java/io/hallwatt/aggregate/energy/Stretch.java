package io.hallwatt.aggregate.energy;

/** How the energy between two accepted readings is known. */
enum Stretch {
    /** By the register. */
    READ,
    /** By power: the register restarted on the way, or could pass its modulus more than once. */
    BRIDGED,
    /** As {@link #BRIDGED}, but power was not known all the way: at least so much. */
    BRIDGED_IN_PART
}
