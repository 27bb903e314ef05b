package io.hallwatt.aggregate.streams;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * How many partitions the readings have, to know which halls and sites are whose.
 *
 * @param ofHalls of what is keyed by hall
 * @param ofSites of what is keyed by site
 */
public record Partitions(int ofHalls, int ofSites) {
    boolean hallIsIn(int partition, String key) {
        return of(key, ofHalls) == partition;
    }

    boolean siteIsIn(int partition, String key) {
        return of(key, ofSites) == partition;
    }

    /** As Kafka's default partitioner has it. */
    private static int of(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
