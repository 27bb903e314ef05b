package io.hallwatt.aggregate.energy;

/** What became of a reading that was handed to a book. */
public enum Arrival {
    /** In time: the hours that are not closed yet have it from now on. */
    IN_TIME,
    /** It changes nothing, for what it says is known: it came before, or lies between the first and the last reading of its minute. */
    UNCHANGED,
    /** Its hour is closed, and it counts there from now on: see {@link EnergyBook#restatements()}, which give the hour where it says something else. */
    RESTATES,
    /**
     * Its hour is closed, and it changes nothing there. To be counted. Of a register: it came before; it lies where the register is known to have grown from reading to
     * reading, or inside its minute; it contradicts what was read there, or an hour that is final. Of sampled power: it came before; it lies where no sample is missing, or
     * in one of too many gaps ({@link PowerGaps#MOST}); it is from before what can be restated, or behind a register or interval of its meter.
     */
    LATE,
    /** It cannot be: less than no energy, or an interval that ends before it starts. */
    REFUSED
}
