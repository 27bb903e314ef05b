package io.hallwatt.aggregate.energy;

/** What became of a reading that was handed to a book. */
public enum Arrival {
    /** In time: the hours that are not closed yet have it from now on. */
    IN_TIME,
    /** It changes nothing, for what it says is known: it came before, or lies between the first and the last reading of its minute. */
    UNCHANGED,
    /** Its hour is closed, and it refines a boundary: see {@link EnergyBook#restatements()}. */
    RESTATES,
    /** Its hour is closed, and it changes nothing there. To be counted. */
    LATE,
    /** It cannot be: less than no energy, or an interval that ends before it starts. */
    REFUSED
}
