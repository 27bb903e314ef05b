package io.hallwatt.aggregate.streams;

import io.hallwatt.aggregate.energy.PartSink;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * State that lives on the heap as objects and is written to a changelog once a commit, not once a reading. Streams calls {@link #flushCache} inside the commit's
 * transaction, and only on stores that are a {@code CachedStateStore}: an internal interface, so this class alone knows it and Kafka's version is pinned.
 */
final class HeapStore implements StateStore, CachedStateStore<byte[], byte[]> {
    /** Who holds the objects. */
    interface Owner {
        /** Gives the parts that changed since the last time; called inside the transaction. */
        void drainDirty(PartSink sink);

        /** The transaction that the last parts went into is committed. Not always called: a later {@link #drainDirty} says the same. */
        void committed();

        /** The task leaves this instance. */
        void closed();
    }

    private final KeyValueStore<Bytes, byte[]> inner;
    private @Nullable Owner owner;

    private HeapStore(KeyValueStore<Bytes, byte[]> inner) {
        this.inner = inner;
    }

    /** The owner's objects are what this store keeps from now on. */
    void attach(Owner objects) {
        this.owner = objects;
    }

    /** All parts as they were restored, by the text of their key. */
    Map<String, byte[]> restored() {
        Map<String, byte[]> parts = new HashMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = inner.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> part = all.next();
                parts.put(new String(part.key.get(), StandardCharsets.UTF_8), part.value);
            }
        }
        return parts;
    }

    @Override
    public void flushCache() {
        if (owner != null) {
            owner.drainDirty((key, bytes) -> inner.put(Bytes.wrap(key.getBytes(StandardCharsets.UTF_8)), bytes));
        }
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        inner.commit(offsets);
        if (owner != null) {
            owner.committed();
        }
    }

    @Override
    public void clearCache() {}

    @Override
    public boolean setFlushListener(CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        inner.init(context, root);
    }

    @Override
    public void close() {
        if (owner != null) {
            owner.closed();
            owner = null;
        }
        inner.close();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }

    static StoreBuilder<HeapStore> builder(String name) {
        // Small segments and early compaction: every commit writes parts anew, and a restart reads the whole changelog.
        return new Builder(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                        .withCachingDisabled()
                        .withLoggingEnabled(Map.of("segment.bytes", "16777216", "min.cleanable.dirty.ratio", "0.2")));
    }

    private static final class Builder implements StoreBuilder<HeapStore> {
        private final StoreBuilder<KeyValueStore<Bytes, byte[]>> inner;

        private Builder(StoreBuilder<KeyValueStore<Bytes, byte[]>> inner) {
            this.inner = inner;
        }

        @Override
        public HeapStore build() {
            return new HeapStore(inner.build());
        }

        @Override
        public StoreBuilder<HeapStore> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<HeapStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<HeapStore> withLoggingEnabled(Map<String, String> config) {
            inner.withLoggingEnabled(config);
            return this;
        }

        @Override
        public StoreBuilder<HeapStore> withLoggingDisabled() {
            throw new UnsupportedOperationException("without a changelog a restart would forget every open window");
        }

        @Override
        public Map<String, String> logConfig() {
            return inner.logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return true;
        }

        @Override
        public String name() {
            return inner.name();
        }
    }
}
