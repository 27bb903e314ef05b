package io.hallwatt.alerting.streams;

import io.hallwatt.alerting.evaluate.AlertAudience;
import io.hallwatt.alerting.prometheus.Exposition;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.wire.Topic;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.state.Stores;

/** The stage, top to bottom: windows of halls and their racks in one task a partition, windows of sites in another; both tell on one topic. */
public final class AlertTopology {
    /** The hall tasks' store; its changelog is named after it. */
    static final String HALL_ALERTS = "hall-alerts";

    static final String SITE_ALERTS = "site-alerts";

    private AlertTopology() {}

    /** Names of the topics that it reads and writes, its own changelogs apart. */
    static Set<String> topics(Topology topology) {
        Set<String> topics = new TreeSet<>();
        topology.describe()
                .globalStores()
                .forEach(store -> topics.addAll(store.source().topicSet()));
        topology.describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .forEach(node -> {
                    if (node instanceof TopologyDescription.Source source) {
                        topics.addAll(source.topicSet());
                    } else if (node instanceof TopologyDescription.Sink sink) {
                        topics.add(sink.topic());
                    }
                });
        return topics;
    }

    /**
     * @param rules  looked at before each window: another object is another set
     * @param prefix of the topics' names
     * @param past   what they held before: rules with ranges look back to it
     * @param audience follows the alerts beside the exposition
     */
    public static Topology of(
            Supplier<RuleSet> rules, String prefix, Past past, Exposition exposition, AlertAudience audience) {
        Map<String, WindowTopic> halls = Map.of(
                Topic.METRICS_RACK_1S.name(prefix), WindowTopic.racks(Resolution.SECOND),
                Topic.METRICS_RACK_1M.name(prefix), WindowTopic.racks(Resolution.MINUTE),
                Topic.METRICS_HALL_1S.name(prefix), WindowTopic.halls(Resolution.SECOND),
                Topic.METRICS_HALL_1M.name(prefix), WindowTopic.halls(Resolution.MINUTE),
                Topic.METRICS_HALL_15M.name(prefix), WindowTopic.halls(Resolution.QUARTER));
        Map<String, WindowTopic> sites = Map.of(
                Topic.METRICS_SITE_1S.name(prefix), WindowTopic.sites(Resolution.SECOND),
                Topic.METRICS_SITE_1M.name(prefix), WindowTopic.sites(Resolution.MINUTE),
                Topic.METRICS_SITE_15M.name(prefix), WindowTopic.sites(Resolution.QUARTER));
        Priming priming = new Priming(past);
        Deserializer<String> keys = new StringDeserializer();
        Deserializer<byte[]> values = new ByteArrayDeserializer();
        return new Topology()
                .addGlobalStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.inMemoryKeyValueStore(SiteModels.STORE),
                                        Serdes.String(),
                                        Serdes.ByteArray())
                                .withLoggingDisabled(),
                        "site models",
                        keys,
                        values,
                        Topic.SITE.name(prefix),
                        "sites",
                        SiteModels.Keeper::new)
                .addSource(
                        AutoOffsetReset.earliest(), "hall windows", new HallsFirst(halls), keys, values, names(halls))
                .addProcessor(
                        "hall rules",
                        () -> new RuleProcessor(rules, halls, priming, exposition, audience, HALL_ALERTS),
                        "hall windows")
                .addStateStore(AlertStore.named(HALL_ALERTS), "hall rules")
                .addSource("site windows", keys, values, names(sites))
                .addProcessor(
                        "site rules",
                        () -> new RuleProcessor(rules, sites, priming, exposition, audience, SITE_ALERTS),
                        "site windows")
                .addStateStore(AlertStore.named(SITE_ALERTS), "site rules")
                .addSink(
                        "transitions of halls",
                        Topic.ALERTS.name(prefix),
                        new StringSerializer(),
                        new ByteArraySerializer(),
                        "hall rules")
                .addSink(
                        "transitions of sites",
                        Topic.ALERTS.name(prefix),
                        new StringSerializer(),
                        new ByteArraySerializer(),
                        "site rules");
    }

    private static String[] names(Map<String, WindowTopic> topics) {
        return topics.keySet().toArray(String[]::new);
    }
}
