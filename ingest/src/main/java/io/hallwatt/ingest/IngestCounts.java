package io.hallwatt.ingest;

import io.hallwatt.contract.RejectCode;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What went through the stage so far. Once it has ended without a failure, sent = accepted + all rejected.
 *
 * @param sent     what the source gave
 * @param accepted readings that Kafka has acknowledged
 * @param rejected by code, those not 0; acknowledged on the topic of rejected records
 */
public record IngestCounts(long sent, long accepted, SortedMap<RejectCode, Long> rejected) {
    public IngestCounts {
        rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    }

    public IngestCounts(long sent, long accepted, Map<RejectCode, Long> rejected) {
        this(sent, accepted, new TreeMap<>(rejected));
    }

    public long rejectedInAll() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }
}
