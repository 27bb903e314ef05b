package io.hallwatt.benchmarks.peers;

import io.hallwatt.benchmarks.peers.RackSecond.Sample;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * A window store of seconds by hall and rack, for {@code processValues}: the key stays the hall's, so nothing is repartitioned. A hall's second goes on, with all its racks,
 * at the hall's first report after event time has passed its end by the grace.
 */
final class HallSeconds extends ContextualFixedKeyProcessor<String, FullReport, HallSecondRacks> {
    static final long SECOND = 1_000;

    private static final String RACKS = "rack-seconds";
    private static final String HELD = "held-power";
    private static final String CLOSED = "closed-until";
    private static final String SEPARATOR = "|";
    private static final String LAST = "|~";

    private final Map<String, Hall> halls;
    private final Map<String, Map<String, Rack>> racks;
    private final long graceMillis;

    @SuppressWarnings("NullAway.Init")
    private WindowStore<String, RackSecond> seconds;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, Held> held;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, Long> closedUntil;

    private HallSeconds(Map<String, Hall> halls, Map<String, Map<String, Rack>> racks, Duration grace) {
        this.halls = halls;
        this.racks = racks;
        this.graceMillis = grace.toMillis();
    }

    /** Each rack's last sample of power before the second that closes next. */
    static final class Held {
        public Map<String, Sample> racks = new HashMap<>();
    }

    /** @param halls by their keys */
    static FixedKeyProcessorSupplier<String, FullReport, HallSecondRacks> supplier(
            Map<String, Hall> halls, Duration grace) {
        Map<String, Map<String, Rack>> racks = new HashMap<>();
        long slowest = 0;
        for (Map.Entry<String, Hall> hall : halls.entrySet()) {
            Map<String, Rack> byId = new HashMap<>();
            for (Rack rack : hall.getValue().racks()) {
                byId.put(rack.id().text(), rack);
                slowest = Math.max(slowest, holdMillis(rack));
            }
            racks.put(hall.getKey(), byId);
        }
        Duration kept = grace.plusMillis(slowest).plusMillis(2 * SECOND);
        return new FixedKeyProcessorSupplier<>() {
            @Override
            public FixedKeyProcessor<String, FullReport, HallSecondRacks> get() {
                return new HallSeconds(halls, racks, grace);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(
                        Stores.windowStoreBuilder(
                                Stores.inMemoryWindowStore(RACKS, kept, Duration.ofMillis(SECOND), false),
                                Serdes.String(),
                                JsonSerde.of(RackSecond.class)),
                        Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(HELD), Serdes.String(), JsonSerde.of(Held.class)),
                        Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(CLOSED), Serdes.String(), Serdes.Long()));
            }
        };
    }

    @Override
    public void init(FixedKeyProcessorContext<String, HallSecondRacks> context) {
        super.init(context);
        seconds = context.getStateStore(RACKS);
        held = context.getStateStore(HELD);
        closedUntil = context.getStateStore(CLOSED);
    }

    @Override
    public void process(FixedKeyRecord<String, FullReport> record) {
        String hall = record.key();
        FullReport report = record.value();
        Rack rack = racks.getOrDefault(hall, Map.of()).get(report.rack);
        if (rack == null) {
            return;
        }
        long at = record.timestamp();
        Long closed = closedUntil.get(hall);
        if (closed == null) {
            closed = start(at - graceMillis);
            closedUntil.put(hall, closed);
        }
        if (at >= closed) {
            String key = hall + SEPARATOR + report.rack;
            @Nullable RackSecond known = seconds.fetch(key, start(at));
            RackSecond second = known == null ? new RackSecond() : known;
            if (second.add(at, report, rack)) {
                seconds.put(key, second, start(at));
            }
        }
        long due = start(context().currentStreamTimeMs() - graceMillis);
        if (due > closed) {
            close(record, closed, due);
        }
    }

    private void close(FixedKeyRecord<String, FullReport> record, long from, long to) {
        String hall = record.key();
        @Nullable Held known = held.get(hall);
        Held last = known == null ? new Held() : known;
        for (long start = from; start < to; start += SECOND) {
            HallSecondRacks closed = closed(hall, start, last.racks);
            if (!closed.racks().isEmpty()) {
                context().forward(record.withValue(closed).withTimestamp(start));
            }
        }
        held.put(hall, last);
        closedUntil.put(hall, to);
    }

    private HallSecondRacks closed(String hall, long start, Map<String, Sample> last) {
        Map<String, RackSecond> spoke = new HashMap<>();
        try (KeyValueIterator<Windowed<String>, RackSecond> all =
                seconds.fetch(hall + SEPARATOR, hall + LAST, start, start)) {
            while (all.hasNext()) {
                KeyValue<Windowed<String>, RackSecond> one = all.next();
                spoke.put(one.key.key().substring(hall.length() + 1), one.value);
            }
        }
        return HallSecondRacks.close(
                model(hall), start, spoke, last, (rack, at) -> seconds.fetch(hall + SEPARATOR + rack, start(at)));
    }

    private Hall model(String hall) {
        Hall model = halls.get(hall);
        if (model == null) {
            throw new IllegalStateException("hall %s is not in the site model".formatted(hall));
        }
        return model;
    }

    static long holdMillis(Rack rack) {
        return 3 * rack.reportInterval().toMillis();
    }

    private static long start(long at) {
        return at - Math.floorMod(at, SECOND);
    }
}
