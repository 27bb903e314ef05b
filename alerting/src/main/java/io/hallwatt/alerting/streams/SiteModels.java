package io.hallwatt.alerting.streams;

import io.hallwatt.alerting.evaluate.Inventory;
import io.hallwatt.contract.catalogue.Dimension;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.site.Site;
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
        final @Nullable Devices devices;

        Known(byte[] model, @Nullable Devices devices) {
            this.model = model;
            this.devices = devices;
        }
    }

    /** @param halls by id */
    private record Devices(Set<String> sources, Map<String, InHall> halls) {
        static Devices of(Site site) {
            return new Devices(
                    site.sources().stream().map(source -> source.id().text()).collect(Collectors.toSet()),
                    site.halls().stream()
                            .collect(Collectors.toMap(hall -> hall.id().text(), InHall::of)));
        }
    }

    /** @param feeds by rack */
    private record InHall(Set<String> units, Map<String, Set<String>> feeds) {
        static InHall of(Hall hall) {
            return new InHall(
                    hall.coolingUnits().stream().map(unit -> unit.id().text()).collect(Collectors.toSet()),
                    hall.racks().stream()
                            .collect(Collectors.toMap(rack -> rack.id().text(), InHall::feeds)));
        }

        /** A rack whose feeds are not modelled may have both. */
        private static Set<String> feeds(Rack rack) {
            if (rack.feedA() == null) {
                return rack.feedB() == null ? Set.of("A", "B") : Set.of("B");
            }
            return rack.feedB() == null ? Set.of("A") : Set.of("A", "B");
        }

        boolean hasFeed(String rack, String feed) {
            return rack.isEmpty()
                    ? feeds.values().stream().anyMatch(those -> those.contains(feed))
                    : feeds.getOrDefault(rack, Set.of()).contains(feed);
        }
    }

    /**
     * Whether a row's hall has left its site, or the site is no more.
     *
     * @param row site, or site/hall
     */
    boolean gone(String row) {
        byte[] model = models.get(site(row));
        if (model != null && model.length == 0) {
            return true;
        }
        Devices devices = devices(row);
        return devices != null && !hall(row).isEmpty() && !devices.halls().containsKey(hall(row));
    }

    @Override
    public boolean has(String row, String rack, Dimension dimension, String id) {
        Devices devices = devices(row);
        if (devices == null) {
            return true;
        }
        InHall hall = devices.halls().get(hall(row));
        return switch (dimension) {
            case SOURCE -> devices.sources().contains(id);
            case UNIT -> hall != null && hall.units().contains(id);
            case FEED -> hall != null && hall.hasFeed(rack, id);
            case PHASE, CONSTRAINT -> true;
        };
    }

    private static String site(String row) {
        int slash = row.indexOf('/');
        return slash < 0 ? row : row.substring(0, slash);
    }

    private static String hall(String row) {
        int slash = row.indexOf('/');
        return slash < 0 ? "" : row.substring(slash + 1);
    }

    private @Nullable Devices devices(String row) {
        String site = site(row);
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

    private static @Nullable Devices read(byte[] model) {
        try {
            return Devices.of(Codecs.SITE.read(model));
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
