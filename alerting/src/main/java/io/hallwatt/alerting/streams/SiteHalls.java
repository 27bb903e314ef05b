package io.hallwatt.alerting.streams;

import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Which halls the sites have, from the site models. Read once for each model; confined to one task's thread. */
final class SiteHalls {
    static final String STORE = "sites";

    private final Map<String, Known> known = new HashMap<>();

    /** A model and its halls; none where it cannot be read. */
    private static final class Known {
        final byte[] model;
        final @Nullable Set<String> halls;

        Known(byte[] model, @Nullable Set<String> halls) {
            this.model = model;
            this.halls = halls;
        }
    }

    /**
     * Whether a row's hall has left its site. Without a model that can be read nobody knows, and nobody has left.
     *
     * @param row site, or site/hall
     */
    boolean gone(String row, ReadOnlyKeyValueStore<String, byte[]> models) {
        int slash = row.indexOf('/');
        if (slash < 0) {
            return false;
        }
        String site = row.substring(0, slash);
        byte[] model = models.get(site);
        if (model == null) {
            return false;
        }
        Known last = known.get(site);
        if (last == null || !Arrays.equals(last.model, model)) {
            last = new Known(model, halls(model));
            known.put(site, last);
        }
        return last.halls != null && !last.halls.contains(row.substring(slash + 1));
    }

    private static @Nullable Set<String> halls(byte[] model) {
        try {
            return Codecs.SITE.read(model).halls().stream()
                    .map(hall -> hall.id().text())
                    .collect(Collectors.toSet());
        } catch (Malformed e) {
            return null; // aggregate says so; here it only means that nothing is known
        }
    }

    /** Keeps the newest model of each site. */
    static final class Keeper implements Processor<String, byte[], Void, Void> {
        private @Nullable KeyValueStore<String, byte[]> store;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            store = context.getStateStore(STORE);
        }

        @Override
        public void process(Record<String, byte[]> model) {
            if (store != null && model.key() != null) {
                store.put(model.key(), model.value());
            }
        }
    }
}
