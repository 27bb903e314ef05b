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

    /** A part that is small and changes with nearly every commit: it may go into one record with others. */
    default void often(String key, byte[] bytes) {
        part(key, bytes);
    }

    /** The same with keys that begin so. */
    default PartSink under(String prefix) {
        PartSink all = this;
        return new PartSink() {
            @Override
            public void part(String key, byte @Nullable [] bytes) {
                all.part(prefix + key, bytes);
            }

            @Override
            public void often(String key, byte[] bytes) {
                all.often(prefix + key, bytes);
            }
        };
    }
}
