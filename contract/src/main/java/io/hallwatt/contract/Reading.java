package io.hallwatt.contract;

import java.time.Instant;

/** What one device said at one instant. Two readings of one device with the same time and sequence are the same reading. */
public sealed interface Reading permits RackReading, CoolingReading, SupplyReading {
    SiteId site();

    /** Event time: when the device measured, to the millisecond. */
    Instant at();

    /** Counts the device's readings; with {@link #at} it tells a repetition from a new reading. */
    long sequence();

    /** Who speaks, readable and unique in the site: {@code h01/r001}, {@code h01/crah-1}, {@code solar-ppa}. */
    String device();

    /** The Kafka key: {@code site/hall}, or {@code site} for supply. */
    String key();
}
