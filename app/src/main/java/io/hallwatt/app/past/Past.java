package io.hallwatt.app.past;

import io.hallwatt.contract.wire.Topic;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/** Output topics of the past. To be closed when all that was asked for is read. */
public interface Past extends AutoCloseable {
    /**
     * The values of all committed records, a sequence a partition: each in the order in which it was written.
     *
     * @param from what is older may be left out, of a partition that has something newer
     */
    List<Iterator<byte[]>> sequences(Topic topic, Instant from);

    @Override
    void close();
}
