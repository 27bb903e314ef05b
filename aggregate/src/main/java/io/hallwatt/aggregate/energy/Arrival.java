package io.hallwatt.aggregate.energy;

/** What became of a reading that was handed to a book. */
public enum Arrival {
    /** In time: it is, or was already, part of the hours that are not closed yet. */
    IN_TIME,
    /** Its hour is closed, and it refines a boundary: see {@link EnergyBook#restatements()}. */
    RESTATES,
    /** Its hour is closed, and it changes nothing there. To be counted. */
    LATE,
    /** It cannot be: less than no energy, or an interval that ends before it starts. */
    REFUSED
}
