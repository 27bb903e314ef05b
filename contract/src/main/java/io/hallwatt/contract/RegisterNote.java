package io.hallwatt.contract;

/** What can be seen of an energy register besides that it grows. */
public enum RegisterNote {
    /** Passed its modulus; no energy lost. */
    METER_WRAPPED,
    /**
     * Read so late that it can have passed its modulus more than once; power says how often, or the least is booked, estimated. Or a low value that is false as
     * likely as it is that of a register that started again, and power does not tell: as if it were false, estimated, and the hour not complete.
     */
    METER_AMBIGUOUS,
    /** Started again; what was not seen is bridged by power and estimated. */
    METER_RESET,
    /** A tiny step back; no energy booked. */
    METER_JITTERED,
    /** One value far off, and back again; dropped. */
    METER_GLITCHED,
    /** Jumped ahead and stayed there (exchanged or reprogrammed); bridged by power and estimated. */
    METER_JUMPED,
    /** No reading for longer than the gap limit around an hour's end; the energy is known, its spread is estimated. */
    METER_GAP,
    /** No reading for longer than hours are kept: what flowed before this hour is in it, estimated. */
    METER_GAP_BEFORE
}
