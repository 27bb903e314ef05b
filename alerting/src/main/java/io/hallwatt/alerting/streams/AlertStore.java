package io.hallwatt.alerting.streams;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.evaluate.AlertKey;
import io.hallwatt.alerting.evaluate.Memory;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Scope;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one task in a changelogged store. What is written is little: an alert when its standing changes, and per row one instant a window. So every
 * write goes through at once, and the public store is enough.
 */
final class AlertStore implements Memory {
    private static final String ALERT = "alert ";
    private static final String ENDED = "ended ";
    private static final String EVALUATED = "evaluated ";
    private static final String WAITS = "waits ";

    private final KeyValueStore<String, byte[]> store;
    private final Map<String, Instant> evaluatedTo = new HashMap<>();
    private final List<Alert> alerts = new ArrayList<>();
    private final List<Alert> ended = new ArrayList<>();
    private final SortedMap<Long, byte[]> waiting = new TreeMap<>();

    AlertStore(KeyValueStore<String, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                if (entry.key.startsWith(ALERT)) {
                    alerts.add(AlertBytes.read(entry.value));
                } else if (entry.key.startsWith(ENDED)) {
                    ended.add(AlertBytes.read(entry.value));
                } else if (entry.key.startsWith(WAITS)) {
                    waiting.put(Long.parseLong(entry.key.substring(WAITS.length())), entry.value);
                } else {
                    evaluatedTo.put(
                            entry.key,
                            Instant.ofEpochMilli(ByteBuffer.wrap(entry.value).getLong()));
                }
            }
        }
    }

    /** On the heap, restored from its changelog. */
    static StoreBuilder<KeyValueStore<String, byte[]>> named(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }

    @Override
    public List<Alert> alerts() {
        return List.copyOf(alerts);
    }

    @Override
    public void remember(Alert alert) {
        store.put(ALERT + key(alert.key()), AlertBytes.write(alert));
    }

    @Override
    public void forget(Alert alert) {
        store.delete(ALERT + key(alert.key()));
    }

    @Override
    public List<Alert> ended() {
        return List.copyOf(ended);
    }

    @Override
    public void rememberEnded(Alert alert) {
        store.put(ENDED + key(alert.key()), AlertBytes.write(alert));
    }

    @Override
    public void forgetEnded(Alert alert) {
        store.delete(ENDED + key(alert.key()));
    }

    @Override
    public @Nullable Instant evaluatedTo(Scope scope, Resolution resolution, String row) {
        return evaluatedTo.get(key(scope, resolution, row));
    }

    /** How far each row has been evaluated on such windows. */
    Map<String, Instant> evaluatedTo(Scope scope, Resolution resolution) {
        String all = key(scope, resolution, "");
        Map<String, Instant> rows = new HashMap<>();
        evaluatedTo.forEach((key, end) -> {
            if (key.startsWith(all)) {
                rows.put(key.substring(all.length()), end);
            }
        });
        return rows;
    }

    @Override
    public void evaluatedTo(Scope scope, Resolution resolution, String row, Instant end) {
        String key = key(scope, resolution, row);
        evaluatedTo.put(key, end);
        store.put(
                key, ByteBuffer.allocate(Long.BYTES).putLong(end.toEpochMilli()).array());
    }

    /** Windows that were taken from their topic and wait for their turn, by the order in which they came. */
    SortedMap<Long, byte[]> waiting() {
        return Collections.unmodifiableSortedMap(waiting);
    }

    void rememberWaiting(long number, byte[] window) {
        store.put(WAITS + number, window);
    }

    void forgetWaiting(long number) {
        store.delete(WAITS + number);
    }

    private static String key(AlertKey key) {
        return String.join(
                "\u0000", key.scope().name(), key.row(), key.rack(), key.key(), key.blind() ? "blind" : "", key.rule());
    }

    private static String key(Scope scope, Resolution resolution, String row) {
        return EVALUATED + scope + " " + resolution.text() + " " + row;
    }
}
