package io.hallwatt.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hallwatt.aggregate.Aggregate;
import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.aggregate.AggregateConfig.WallClock;
import io.hallwatt.aggregate.AggregateCounts;
import io.hallwatt.app.broker.EmbeddedBroker;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.config.KafkaSettings.Kind;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SiteYaml;
import io.hallwatt.contract.wire.Codec;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Topic;
import io.hallwatt.ingest.Ingest;
import io.hallwatt.ingest.IngestConfig;
import io.hallwatt.ingest.replay.Mapping;
import io.hallwatt.ingest.replay.Replay;
import io.hallwatt.ingest.replay.ReplayListener;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The aggregate stage on a real broker, fed by ingest with the made-up pair. */
@SuppressWarnings("NullAway.Init") // by JUnit
class AggregateIT {
    private static final Path EXAMPLE =
            Path.of("../examples/made-up-pair").toAbsolutePath().normalize();
    private static final int PARTITIONS = 2;
    private static final int READINGS = 14 + 4 * 23;

    @TempDir
    Path directory;

    private EmbeddedBroker broker;
    private KafkaSettings kafka;
    private Site site;
    private @Nullable Aggregate running;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start(directory.resolve("broker"));
        kafka = KafkaSettings.at(broker.bootstrapServers());
        site = SiteYaml.read("site.yaml", Files.readString(EXAMPLE.resolve("site.yaml")));
        try (Admin admin = Admin.create(kafka.client(Kind.ADMIN))) {
            List<NewTopic> topics = new ArrayList<>();
            for (Topic topic : Topic.values()) {
                boolean compact = topic.cleanup() == Topic.Cleanup.COMPACT;
                topics.add(new NewTopic(topic.name(kafka.topicPrefix()), PARTITIONS, (short) 1)
                        .configs(Map.of("cleanup.policy", compact ? "compact" : "delete", "retention.ms", "-1")));
            }
            admin.createTopics(topics).all().get();
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                kafka.client(Kind.PRODUCER), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topic.SITE.name(kafka.topicPrefix()),
                            site.id().text().getBytes(UTF_8),
                            Codecs.SITE.write(site)))
                    .get();
        }
    }

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
        broker.close();
    }

    private Aggregate aggregate() {
        return aggregate(WallClock.EVENT_TIME);
    }

    private Aggregate aggregate(WallClock clock) {
        AggregateConfig config = AggregateConfig.DEFAULTS.with(clock).with(directory.resolve("state"));
        Aggregate aggregate = new Aggregate(config, kafka, new SimpleMeterRegistry(), InstantSource.system());
        running = aggregate;
        aggregate.start();
        return aggregate;
    }

    private void ingest() throws Exception {
        List<Mapping> mappings = List.of(
                Mapping.read(EXAMPLE.resolve("load.yaml"), site), Mapping.read(EXAMPLE.resolve("supply.yaml"), site));
        Replay replay = new Replay(mappings, site.id(), List.of(), ReplayListener.NONE);
        try (Ingest ingest = new Ingest(
                IngestConfig.DEFAULTS, kafka, site, replay, new SimpleMeterRegistry(), InstantSource.system())) {
            ingest.run();
        }
    }

    private static long handled(AggregateCounts counts) {
        return counts.readings() + counts.duplicates() + counts.late() + counts.rejected();
    }

    private List<EnergyHour> hours() throws Exception {
        return read(Topic.ENERGY_HOUR, Codecs.ENERGY_HOUR);
    }

    private <T> List<T> read(Topic topic, Codec<T> codec) throws Exception {
        Map<String, Object> settings = new HashMap<>(kafka.client(Kind.CONSUMER));
        settings.put("isolation.level", "read_committed");
        List<T> read = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                partitions.add(new TopicPartition(topic.name(kafka.topicPrefix()), partition));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    read.add(codec.read(record.value()));
                }
            }
        }
        return read;
    }

    @Test
    void every_reading_is_counted_once_and_its_energy_is_in_the_journal() throws Exception {
        Aggregate aggregate = aggregate();
        ingest();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> handled(aggregate.counts()) == READINGS
                        && aggregate.counts().registersMilliwattHours() > 0
                        && aggregate.counts().openMilliwattHours() == 0
                        && hours().size() == aggregate.counts().windows().getOrDefault(Resolution.HOUR, 0L));
        aggregate.close();

        AggregateCounts counts = aggregate.counts();
        assertThat(counts.readings()).isEqualTo(READINGS);
        assertThat(counts.late()).isZero();
        assertThat(hours().stream().mapToLong(EnergyHour::totalMilliwattHours).sum())
                .isEqualTo(counts.registersMilliwattHours());
        assertThat(hours())
                .allSatisfy(hour -> assertThat(hour.estimatedMilliwattHours()).isZero());
    }

    @Test
    void a_restart_forgets_nothing_and_what_comes_again_counts_nothing() throws Exception {
        Aggregate first = aggregate();
        ingest();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> handled(first.counts()) == READINGS
                        && first.counts().openMilliwattHours() == 0
                        && !hours().isEmpty());
        first.close();
        AggregateCounts before = first.counts();
        List<EnergyHour> journal = hours();

        Aggregate second = aggregate();
        await().atMost(Duration.ofSeconds(60)).until(second::ready);
        ingest();
        await().atMost(Duration.ofSeconds(60)).until(() -> handled(second.counts()) == 2 * READINGS);
        second.close();

        assertThat(second.counts().readings()).isEqualTo(before.readings());
        assertThat(second.counts().registersMilliwattHours()).isEqualTo(before.registersMilliwattHours());
        assertThat(hours()).isEqualTo(journal);
    }

    @Test
    void in_live_time_a_hall_is_seen_to_be_silent_though_nothing_was_ever_published_in_its_partition()
            throws Exception {
        aggregate(WallClock.LIVE);

        await().atMost(Duration.ofSeconds(90))
                .until(() -> !read(Topic.METRICS_HALL_1S, Codecs.HALL_METRICS).isEmpty());

        assertThat(read(Topic.METRICS_HALL_1S, Codecs.HALL_METRICS)).allSatisfy(metrics -> {
            assertThat(metrics.hall().text()).isEqualTo("hall-1");
            assertThat(metrics.completeness()).isZero();
        });
    }
}
