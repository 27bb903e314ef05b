package io.hallwatt.alerting.streams;

import java.time.Instant;

/** What a topic held before the place that a task reads at. */
public interface Past {
    /**
     * Shows the committed records of one partition, oldest first.
     *
     * @param from  time of the oldest record wanted
     * @param reader takes each record's value, and says whether it wants more
     * @return how many were shown
     */
    long replay(String topic, int partition, Instant from, Reader reader);

    /** Takes one record after the other. */
    @FunctionalInterface
    interface Reader {
        /** @return whether more is wanted */
        boolean next(byte[] value);
    }
}
