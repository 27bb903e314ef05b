package io.hallwatt.alerting.streams;

import io.hallwatt.alerting.evaluate.Inventory;
import io.hallwatt.alerting.evaluate.Row;
import io.hallwatt.alerting.evaluate.SiteInventory;
import io.hallwatt.contract.catalogue.Dimension;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What there is, from the site models. Without a model that can be read nobody knows, and all may be there. Each model is read once; confined to one task's
 * thread.
 */
final class SiteModels implements Inventory {
    static final String STORE = "sites";

    /** Stands for a model that was deleted: a site that never had one keeps its alerts. */
    private static final byte[] DELETED = new byte[0];

    private final ReadOnlyKeyValueStore<String, byte[]> models;
    private final Map<String, Known> known = new HashMap<>();

    SiteModels(ReadOnlyKeyValueStore<String, byte[]> models) {
        this.models = models;
    }

    /** A model as it came and what it says; nothing where it cannot be read. */
    private static final class Known {
        final byte[] model;
        final @Nullable SiteInventory devices;

        Known(byte[] model, @Nullable SiteInventory devices) {
            this.model = model;
            this.devices = devices;
        }
    }

    /** Whether a row's hall has left its site, or the site is no more. */
    @Override
    public boolean gone(String row) {
        byte[] model = models.get(Row.of(row).site());
        if (model != null && model.length == 0) {
            return true;
        }
        SiteInventory devices = devices(row);
        return devices != null && devices.gone(row);
    }

    @Override
    public boolean has(String row, String rack, Dimension dimension, String id) {
        SiteInventory devices = devices(row);
        return devices == null || devices.has(row, rack, dimension, id);
    }

    @Override
    public Optional<ZoneId> zone(String site) {
        SiteInventory devices = devices(site);
        return devices == null ? Optional.empty() : devices.zone(site);
    }

    /** Ids of the sites whose models were asked for here. */
    Set<String> asked() {
        return Set.copyOf(known.keySet());
    }

    private @Nullable SiteInventory devices(String row) {
        String site = Row.of(row).site();
        byte[] model = models.get(site);
        if (model == null || model.length == 0) {
            return null;
        }
        Known last = known.get(site);
        if (last == null || !Arrays.equals(last.model, model)) {
            last = new Known(model, read(model));
            known.put(site, last);
        }
        return last.devices;
    }

    private static @Nullable SiteInventory read(byte[] model) {
        try {
            return SiteInventory.of(Codecs.SITE.read(model));
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
                store.put(model.key(), model.value() == null ? DELETED : model.value());
            }
        }
    }
}
