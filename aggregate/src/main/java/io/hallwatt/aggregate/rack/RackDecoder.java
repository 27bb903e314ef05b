package io.hallwatt.aggregate.rack;

import io.hallwatt.contract.wire.Malformed;

/** From the bytes of a rack report to its numbers. The one place to put a faster way of reading. */
@FunctionalInterface
public interface RackDecoder {
    /**
     * Fills {@code report}.
     *
     * @throws Malformed with a code and a sentence if the bytes are no rack reading
     */
    void decode(byte[] value, RackReport report) throws Malformed;
}
