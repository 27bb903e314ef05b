package io.hallwatt.aggregate.hall;

/**
 * What a hall's windows need to be told.
 *
 * @param graceMillis       longest wait of a second for devices that still speak
 * @param idleMillis        silence after which a live device holds up nobody
 * @param ledgerGraceMillis longest wait of an hour's energy
 * @param live              whether event time is now: seconds in which nobody speaks are published too
 * @param rackTopic         where rack reports come from, for the evidence of hours
 * @param coolingTopic      where cooling readings come from
 */
public record HallSettings(
        long graceMillis,
        long idleMillis,
        long ledgerGraceMillis,
        boolean live,
        String rackTopic,
        String coolingTopic) {}
