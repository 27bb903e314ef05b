package io.hallwatt.alerting.streams;

import io.hallwatt.alerting.evaluate.AlertAudience;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.prometheus.Exposition;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.alerting.streams.RuleProcessor.WindowReader;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Topic;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/** The stage, top to bottom: windows of halls and their racks in one task a partition, windows of sites in another; both tell on one topic. */
public final class AlertTopology {
    /** The hall tasks' store; its changelog is named after it. */
    static final String HALL_ALERTS = "hall-alerts";

    static final String SITE_ALERTS = "site-alerts";

    private AlertTopology() {}

    /** Names of the topics that it reads and writes, its own changelogs apart. */
    static Set<String> topics(Topology topology) {
        Set<String> topics = new TreeSet<>();
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
     * @param prefix   of the topics' names
     * @param audience follows the alerts beside the exposition
     */
    public static Topology of(RuleSet rules, String prefix, Exposition exposition, AlertAudience audience) {
        String hallSecond = Topic.METRICS_HALL_1S.name(prefix);
        String hallMinute = Topic.METRICS_HALL_1M.name(prefix);
        String rackSecond = Topic.METRICS_RACK_1S.name(prefix);
        String siteSecond = Topic.METRICS_SITE_1S.name(prefix);
        String siteMinute = Topic.METRICS_SITE_1M.name(prefix);
        Map<String, WindowReader> hallReaders = Map.of(
                hallSecond, bytes -> Sight.of(Codecs.HALL_METRICS.read(bytes)),
                hallMinute, bytes -> Sight.of(Codecs.HALL_METRICS.read(bytes)),
                rackSecond, bytes -> Sight.of(Codecs.RACK_FRAME.read(bytes)));
        Map<String, WindowReader> siteReaders = Map.of(
                siteSecond, bytes -> Sight.of(Codecs.SITE_METRICS.read(bytes)),
                siteMinute, bytes -> Sight.of(Codecs.SITE_METRICS.read(bytes)));
        Deserializer<String> keys = new StringDeserializer();
        Deserializer<byte[]> values = new ByteArrayDeserializer();
        return new Topology()
                .addSource("hall windows", keys, values, hallSecond, hallMinute, rackSecond)
                .addProcessor(
                        "hall rules",
                        () -> new RuleProcessor(rules, hallReaders, exposition, audience, HALL_ALERTS),
                        "hall windows")
                .addStateStore(AlertStore.named(HALL_ALERTS), "hall rules")
                .addSource("site windows", keys, values, siteSecond, siteMinute)
                .addProcessor(
                        "site rules",
                        () -> new RuleProcessor(rules, siteReaders, exposition, audience, SITE_ALERTS),
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
}
