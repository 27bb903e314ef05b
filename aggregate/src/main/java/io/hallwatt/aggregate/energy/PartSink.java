package io.hallwatt.aggregate.energy;

import org.jspecify.annotations.Nullable;

/** Takes the parts of a book's state that changed. */
@FunctionalInterface
public interface PartSink {
    /**
     * @param key   names the part within its book
     * @param bytes the part as it is now; null where it is gone
     */
    void part(String key, byte @Nullable [] bytes);
}
