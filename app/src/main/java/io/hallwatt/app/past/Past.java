package io.hallwatt.app.past;

import io.hallwatt.contract.wire.Topic;
import java.util.Iterator;
import java.util.List;

/** Output topics of the past. To be closed when all that was asked for is read. */
public interface Past extends AutoCloseable {
    /** The values of all committed records, a sequence a partition: each in the order in which it was written. */
    List<Iterator<byte[]>> sequences(Topic topic);

    @Override
    void close();
}
