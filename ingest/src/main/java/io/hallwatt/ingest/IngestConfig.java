package io.hallwatt.ingest;

import io.hallwatt.contract.DeviceClocks;
import io.hallwatt.contract.config.Doc;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Faults;
import java.time.Duration;
import java.util.List;

/** What the ingest stage can be told. */
public record IngestConfig(
        @Doc(
                "How far a reading's time may be ahead of our clock; what is further ahead is refused as TIME_AHEAD; at most 10s")
        Duration skewLimit,

        @Doc(
                "Longest wait to fill a batch for Kafka; longer makes fewer and better compressed requests, later by as much")
        Duration linger,

        @Doc("Bytes of one batch for one partition") int batchBytes,

        @Doc("Bytes that may wait for Kafka before the source has to wait")
        long bufferBytes,

        @Doc("Compression of batches: none, lz4, zstd, gzip or snappy")
        String compression) {
    private static final List<String> COMPRESSIONS = List.of("none", "lz4", "zstd", "gzip", "snappy");

    public static final IngestConfig DEFAULTS =
            new IngestConfig(Duration.ofSeconds(5), Duration.ofMillis(10), 128 * 1024, 32L * 1024 * 1024, "lz4");

    public IngestConfig {
        new Faults("ingest")
                .unless(
                        !skewLimit.isNegative() && skewLimit.compareTo(DeviceClocks.MOST_AHEAD) <= 0,
                        "skew-limit is %s; give 0s to %s (default 5s): windows could be closed by a clock that is further ahead",
                        Durations.format(skewLimit),
                        Durations.format(DeviceClocks.MOST_AHEAD))
                .unless(
                        !linger.isNegative() && linger.compareTo(Duration.ofSeconds(10)) <= 0,
                        "linger is %s; give 0s to 10s (default 10ms)",
                        linger)
                .unless(
                        batchBytes >= 1024 && batchBytes <= 1024 * 1024,
                        "batch-bytes is %d; give 1024 to 1048576 (default 131072)",
                        batchBytes)
                .unless(
                        bufferBytes >= 4L * batchBytes,
                        "buffer-bytes is %d, but four batches of %d bytes must fit; give %d or more (default 33554432)",
                        bufferBytes,
                        batchBytes,
                        4L * batchBytes)
                .unless(
                        COMPRESSIONS.contains(compression),
                        "compression \"%s\" is none of %s",
                        compression,
                        String.join(", ", COMPRESSIONS))
                .throwIfAny();
    }
}
