package io.hallwatt.contract;

import java.time.Duration;

/** What the stages take for granted of the clocks of devices. */
public final class DeviceClocks {
    /** The most that a reading may ever be ahead of our clock; {@code ingest.skew-limit} is at most this. */
    public static final Duration MOST_AHEAD = Duration.ofSeconds(10);

    private DeviceClocks() {}
}
