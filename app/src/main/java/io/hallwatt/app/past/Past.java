package io.hallwatt.app.past;

import io.hallwatt.contract.wire.Topic;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Output topics of the past. To be closed when all that was asked for is read. */
public interface Past extends AutoCloseable {
    /** Topics whose windows say how far the data goes: one of them is kept for as long as any. */
    Set<Topic> ENDS = Set.of(
            Topic.METRICS_HALL_1S,
            Topic.METRICS_HALL_1M,
            Topic.METRICS_HALL_15M,
            Topic.METRICS_SITE_1S,
            Topic.METRICS_SITE_1M,
            Topic.METRICS_SITE_15M);

    /**
     * The values of all committed records, a sequence a partition: each in the order in which it was written.
     *
     * @param from what is older may be left out, of a partition that has something newer
     */
    List<Iterator<byte[]>> sequences(Topic topic, Instant from);

    /** Event time of the newest window of a hall or a site; empty where there is none. */
    Optional<Instant> newest();

    @Override
    void close();
}
