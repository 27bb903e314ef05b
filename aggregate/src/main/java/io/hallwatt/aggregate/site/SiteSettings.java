package io.hallwatt.aggregate.site;

/**
 * What a site's windows need to be told.
 *
 * @param graceMillis       longest wait of a second for sources that still speak
 * @param idleMillis        silence after which a live source holds up nobody
 * @param ledgerGraceMillis longest wait of an hour's energy
 * @param live              whether event time is now: hours are published as they come, else in one order whatever order the halls come in
 * @param supplyTopic       where supply readings come from, for the evidence of hours
 */
public record SiteSettings(
        long graceMillis, long idleMillis, long ledgerGraceMillis, boolean live, String supplyTopic) {}
