package io.hallwatt.aggregate.streams;

import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.aggregate.hall.HallSettings;
import io.hallwatt.aggregate.rack.RackDecoder;
import io.hallwatt.aggregate.rack.ScanningRackDecoder;
import io.hallwatt.aggregate.site.SiteSettings;
import io.hallwatt.aggregate.window.WallClockLimit;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.wire.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The topology, in the picture's words, and what its processors share. */
public final class Stage {
    static final String SITE_STORE = "site-models";
    static final String HALL_STORE = "halls";
    static final String SITES_STORE = "sites";
    static final String TO_SITE_SINK = "to site";
    static final String ENERGY_SINK = "energy by hour";
    static final String REJECTED_SINK = "rejected";
    static final String REJECTED_BY_SITE_SINK = "rejected supply";

    /** How long nothing must come before the wall clock closes windows by itself. */
    private static final long QUIET_MILLIS = 3_000;

    /** How long no hall's window must have come before a site's windows are closed without them. */
    private static final long QUIET_HALLS_MILLIS = 30_000;

    private final AggregateConfig config;
    private final String prefix;
    private final Partitions partitions;
    private final InstantSource clock;
    private final CountsBoard board;
    private final Backlog backlog;
    private final SiteModels models = new SiteModels();

    public Stage(
            AggregateConfig config,
            String prefix,
            Partitions partitions,
            InstantSource clock,
            CountsBoard board,
            Backlog backlog) {
        this.config = config;
        this.prefix = prefix;
        this.partitions = partitions;
        this.clock = clock;
        this.board = board;
        this.backlog = backlog;
    }

    /** Halls, then sites; each topic by its catalogue's name. */
    public Topology topology() {
        Topology topology = new Topology();
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(SITE_STORE), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                "site",
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                Topic.SITE.name(prefix),
                "site model",
                SiteModel::new);

        source(topology, "readings", Topic.READINGS_RACK, Topic.READINGS_COOLING);
        topology.addProcessor("hall windows", () -> new HallProcessor(this), "readings")
                .addStateStore(HeapStore.builder(HALL_STORE), "hall windows");
        sink(topology, rackSink(Resolution.SECOND), Topic.METRICS_RACK_1S, "hall windows");
        sink(topology, rackSink(Resolution.MINUTE), Topic.METRICS_RACK_1M, "hall windows");
        sink(topology, hallSink(Resolution.SECOND), Topic.METRICS_HALL_1S, "hall windows");
        sink(topology, hallSink(Resolution.MINUTE), Topic.METRICS_HALL_1M, "hall windows");
        sink(topology, hallSink(Resolution.QUARTER), Topic.METRICS_HALL_15M, "hall windows");
        sink(topology, TO_SITE_SINK, Topic.HALL_TO_SITE, "hall windows");
        sink(topology, REJECTED_SINK, Topic.READINGS_REJECTED, "hall windows");

        source(topology, "halls and supply", Topic.HALL_TO_SITE, Topic.READINGS_SUPPLY);
        topology.addProcessor("site windows", () -> new SiteProcessor(this), "halls and supply")
                .addStateStore(HeapStore.builder(SITES_STORE), "site windows");
        sink(topology, siteSink(Resolution.SECOND), Topic.METRICS_SITE_1S, "site windows");
        sink(topology, siteSink(Resolution.MINUTE), Topic.METRICS_SITE_1M, "site windows");
        sink(topology, siteSink(Resolution.QUARTER), Topic.METRICS_SITE_15M, "site windows");
        sink(topology, ENERGY_SINK, Topic.ENERGY_HOUR, "site windows");
        sink(topology, REJECTED_BY_SITE_SINK, Topic.READINGS_REJECTED, "site windows");
        return topology;
    }

    private void source(Topology topology, String name, Topic... topics) {
        String[] names = new String[topics.length];
        for (int i = 0; i < topics.length; i++) {
            names[i] = topics[i].name(prefix);
        }
        topology.addSource(
                AutoOffsetReset.earliest(),
                name,
                (record, partitionTime) -> Math.max(0, record.timestamp()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                names);
    }

    private void sink(Topology topology, String name, Topic topic, String from) {
        topology.addSink(name, topic.name(prefix), new ByteArraySerializer(), new ByteArraySerializer(), from);
    }

    static String rackSink(Resolution resolution) {
        return "racks " + resolution.text();
    }

    static String hallSink(Resolution resolution) {
        return "hall " + resolution.text();
    }

    static String siteSink(Resolution resolution) {
        return "site " + resolution.text();
    }

    String rackTopic() {
        return Topic.READINGS_RACK.name(prefix);
    }

    String coolingTopic() {
        return Topic.READINGS_COOLING.name(prefix);
    }

    String supplyTopic() {
        return Topic.READINGS_SUPPLY.name(prefix);
    }

    /** The partitions of what is keyed by hall. */
    public List<TopicPartition> hallReadings() {
        return Stream.of(rackTopic(), coolingTopic())
                .flatMap(topic ->
                        IntStream.range(0, partitions.ofHalls()).mapToObj(one -> new TopicPartition(topic, one)))
                .toList();
    }

    boolean live() {
        return config.wallClock() == AggregateConfig.WallClock.LIVE;
    }

    long graceMillis() {
        return config.grace().toMillis();
    }

    /** Time between two commits of a task that reads the present. */
    Duration commitInterval() {
        return config.commitInterval();
    }

    Partitions partitions() {
        return partitions;
    }

    InstantSource clock() {
        return clock;
    }

    CountsBoard board() {
        return board;
    }

    SiteModels models() {
        return models;
    }

    /** One for each task: a decoder is confined to its thread. */
    RackDecoder decoder() {
        return new ScanningRackDecoder();
    }

    Backlog backlog() {
        return backlog;
    }

    WallClockLimit wallClockLimitOfHalls() {
        // What is read is known by what is committed: silence is longer than a commit, and than asking what was
        // committed.
        long quiet = Math.max(QUIET_MILLIS, 2 * config.commitInterval().toMillis());
        return new WallClockLimit(graceMillis(), quiet, clock.millis());
    }

    WallClockLimit wallClockLimitOfLostHalls() {
        return new WallClockLimit(graceMillis(), QUIET_HALLS_MILLIS, clock.millis());
    }

    HallSettings hallSettings() {
        return new HallSettings(
                graceMillis(),
                config.idleLimit().toMillis(),
                config.ledgerGrace().toMillis(),
                live(),
                rackTopic(),
                Topic.READINGS_COOLING.name(prefix));
    }

    SiteSettings siteSettings() {
        return new SiteSettings(
                graceMillis(),
                config.idleLimit().toMillis(),
                config.ledgerGrace().toMillis(),
                live(),
                supplyTopic());
    }

    /** Keeps each site's newest model. */
    private static final class SiteModel extends ContextualProcessor<String, byte[], Void, Void>
            implements Processor<String, byte[], Void, Void> {
        @Override
        public void process(Record<String, byte[]> site) {
            KeyValueStore<String, byte[]> store = context().getStateStore(SITE_STORE);
            store.put(site.key(), site.value());
        }
    }
}
