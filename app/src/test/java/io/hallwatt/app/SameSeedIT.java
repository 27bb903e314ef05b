package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.reload.RuleSource;
import io.hallwatt.app.broker.EmbeddedBroker;
import io.hallwatt.app.pipeline.Metrics;
import io.hallwatt.app.pipeline.Run;
import io.hallwatt.app.pipeline.Stages;
import io.hallwatt.app.topics.SiteTopic;
import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.app.topics.Topics;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.wire.Topic;
import io.hallwatt.ingest.Ingest;
import io.hallwatt.ingest.IngestConfig;
import io.hallwatt.ingest.simulate.Pace;
import io.hallwatt.ingest.simulate.SimulatedSource;
import io.hallwatt.ingest.simulate.Simulation;
import io.hallwatt.ingest.simulate.SimulationConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulated past through the whole pipeline, twice, on brokers of their own. */
class SameSeedIT {
    private static final Instant START = Instant.parse("2026-03-01T11:58:30Z");
    private static final List<Topic> READINGS =
            List.of(Topic.READINGS_RACK, Topic.READINGS_COOLING, Topic.READINGS_SUPPLY);
    private static final List<Topic> RESULTS = List.of(
            Topic.METRICS_RACK_1S,
            Topic.METRICS_RACK_1M,
            Topic.METRICS_HALL_1S,
            Topic.METRICS_HALL_1M,
            Topic.METRICS_HALL_15M,
            Topic.METRICS_SITE_1S,
            Topic.METRICS_SITE_1M,
            Topic.METRICS_SITE_15M,
            Topic.ENERGY_HOUR);

    private final InstantSource clock = InstantSource.system();

    @Test
    void the_same_seed_gives_the_same_topics_byte_for_byte_and_another_seed_does_not(@TempDir Path folder)
            throws Exception {
        Map<String, List<String>> first = topics(7, folder.resolve("first"));
        Map<String, List<String>> second = topics(7, folder.resolve("second"));
        Map<String, List<String>> other = topics(8, folder.resolve("other"));

        assertThat(first).isEqualTo(second);
        assertThat(first.keySet()).hasSizeGreaterThan(READINGS.size() + RESULTS.size());
        assertThat(other).isNotEqualTo(first);
    }

    /** What is in the topics at the end: the readings by partition as they lie there, the results by key. */
    private Map<String, List<String>> topics(long seed, Path folder) throws InterruptedException {
        Site site = Sites.small();
        SimulationConfig config = SimulationConfig.DEFAULTS
                .withSeed(seed)
                .withStart(START)
                .withLength(Duration.ofMinutes(3))
                .withPace(Pace.AS_FAST_AS_POSSIBLE);
        SimulatedSource source = new SimulatedSource(Simulation.begin(site, config, START), config.pace(), clock);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            KafkaSettings kafka = KafkaSettings.at(broker.bootstrapServers());
            try (Admin admin = Admin.create(kafka.client(KafkaSettings.Kind.ADMIN))) {
                Topics topics = new Topics(admin, kafka);
                topics.apply(topics.plan(TopicLayout.DEFAULTS.keepingForever()));
            }
            SiteTopic.publish(site, kafka);
            pipeline(site, kafka, source, folder);
            Map<String, List<String>> content = new TreeMap<>();
            READINGS.forEach(topic -> read(kafka, topic, false, content));
            RESULTS.forEach(topic -> read(kafka, topic, true, content));
            return content;
        }
    }

    private void pipeline(Site site, KafkaSettings kafka, SimulatedSource source, Path folder)
            throws InterruptedException {
        AggregateConfig aggregate =
                AggregateConfig.DEFAULTS.with(folder.resolve("aggregate")).with(AggregateConfig.WallClock.EVENT_TIME);
        AlertingConfig alerting = AlertingConfig.DEFAULTS.with(folder.resolve("alerting"));
        try (Metrics metrics = Metrics.open("127.0.0.1", 0);
                Ingest ingest = new Ingest(IngestConfig.DEFAULTS, kafka, site, source, metrics.registry(), clock)) {
            ingest.run();
            try (Stages stages = Stages.start(metrics, aggregate, alerting, RuleSource.DEFAULTS, kafka, clock);
                    Run run = Run.begin(stages, kafka, clock, true, false, () -> false)) {
                assertThat(run.drain(ingest.counts(), true, () -> false))
                        .as("all that was fed is counted and read back")
                        .isTrue();
            }
        }
    }

    private static void read(KafkaSettings kafka, Topic topic, boolean byKey, Map<String, List<String>> content) {
        Map<String, Object> properties = kafka.client(KafkaSettings.Kind.CONSUMER);
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            String name = topic.name(kafka.topicPrefix());
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(info -> new TopicPartition(name, info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
                    String place = topic.plainName() + " " + (byKey ? key : record.partition());
                    content.computeIfAbsent(place, p -> new ArrayList<>())
                            .add(key + " " + record.timestamp() + " "
                                    + new String(record.value(), StandardCharsets.UTF_8));
                }
            }
        }
    }
}
