package io.hallwatt.aggregate.rack;

import io.hallwatt.contract.wire.Malformed;

/** From the bytes of a rack report to its numbers. The one place to put a faster way of reading. */
@FunctionalInterface
public interface RackDecoder {
    /**
     * Fills {@code report} with what stands in {@code bytes} from {@code from} up to {@code to}.
     *
     * @throws Malformed with a code and a sentence if that is no rack reading
     */
    void decode(byte[] bytes, int from, int to, RackReport report) throws Malformed;

    /** As {@link #decode(byte[], int, int, RackReport)}, of all bytes. */
    default void decode(byte[] value, RackReport report) throws Malformed {
        decode(value, 0, value.length, report);
    }
}
