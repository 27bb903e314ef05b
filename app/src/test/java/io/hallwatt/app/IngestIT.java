package io.hallwatt.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.hallwatt.app.broker.EmbeddedBroker;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SiteYaml;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Headers;
import io.hallwatt.contract.wire.Topic;
import io.hallwatt.ingest.Batch;
import io.hallwatt.ingest.Ingest;
import io.hallwatt.ingest.IngestConfig;
import io.hallwatt.ingest.IngestCounts;
import io.hallwatt.ingest.Source;
import io.hallwatt.ingest.replay.Mapping;
import io.hallwatt.ingest.replay.Replay;
import io.hallwatt.ingest.replay.ReplayListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ingest stage on a real broker, fed with the made-up pair. */
@SuppressWarnings("NullAway.Init") // by JUnit
class IngestIT {
    private static final Path EXAMPLE =
            Path.of("../examples/made-up-pair").toAbsolutePath().normalize();
    private static final int PARTITIONS = 3;

    @TempDir
    Path directory;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private EmbeddedBroker broker;
    private KafkaSettings kafka;
    private Site site;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start(directory);
        kafka = KafkaSettings.at(broker.bootstrapServers());
        site = SiteYaml.read("site.yaml", Files.readString(EXAMPLE.resolve("site.yaml")));
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private void createTopics(long retentionMillis) throws Exception {
        try (Admin admin = Admin.create(kafka.client(KafkaSettings.Kind.ADMIN))) {
            List<NewTopic> topics = new ArrayList<>();
            for (Topic topic : List.of(
                    Topic.READINGS_RACK, Topic.READINGS_COOLING, Topic.READINGS_SUPPLY, Topic.READINGS_REJECTED)) {
                topics.add(new NewTopic(topic.name(kafka.topicPrefix()), PARTITIONS, (short) 1)
                        .configs(Map.of("retention.ms", Long.toString(retentionMillis))));
            }
            admin.createTopics(topics).all().get();
        }
    }

    private Replay replay() {
        List<Mapping> mappings = List.of(
                Mapping.read(EXAMPLE.resolve("load.yaml"), site), Mapping.read(EXAMPLE.resolve("supply.yaml"), site));
        return new Replay(mappings, site.id(), List.of(), ReplayListener.NONE);
    }

    private Ingest ingest(Source source) {
        return new Ingest(IngestConfig.DEFAULTS, kafka, site, source, meters, InstantSource.system());
    }

    private List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        Map<String, Object> settings = new HashMap<>(kafka.client(KafkaSettings.Kind.CONSUMER));
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.add(new TopicPartition(topic.name(kafka.topicPrefix()), partition));
        }
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static boolean marksEnd(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(Headers.END_OF_INPUT) != null;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    @Test
    void every_row_arrives_or_is_refused_and_the_counts_add_up() throws Exception {
        createTopics(-1);

        IngestCounts counts;
        try (Ingest ingest = ingest(replay())) {
            ingest.run();
            counts = ingest.counts();
        }

        assertThat(counts.accepted()).isEqualTo(14 + 4 * 23);
        assertThat(counts.sent()).isEqualTo(counts.accepted() + counts.rejectedInAll());
        assertThat(counts.rejected())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        RejectCode.NOT_DATA, 6L,
                        RejectCode.DUPLICATE_ROW, 1L,
                        RejectCode.MISSING_VALUE, 2L,
                        RejectCode.BAD_TIME, 1L,
                        RejectCode.NOT_A_NUMBER, 1L));
        assertThat(read(Topic.READINGS_RACK)).filteredOn(r -> !marksEnd(r)).hasSize(14);
        assertThat(read(Topic.READINGS_SUPPLY)).filteredOn(r -> !marksEnd(r)).hasSize(4 * 23);
        assertThat(meters.get("hallwatt.records")
                        .tags("stage", "ingest", "result", "accepted")
                        .functionCounter()
                        .count())
                .isEqualTo(14 + 4 * 23);
        assertThat(meters.counter("hallwatt.rejected", "code", "NOT_DATA").count())
                .isEqualTo(6);
        assertThat(meters.find("hallwatt.rejected").tag("code", "TIME_AHEAD").counter())
                .isNotNull();
    }

    @Test
    void a_record_carries_event_time_key_and_source() throws Exception {
        createTopics(-1);

        try (Ingest ingest = ingest(replay())) {
            ingest.run();
        }

        for (ConsumerRecord<byte[], byte[]> record : read(Topic.READINGS_RACK)) {
            if (marksEnd(record)) {
                continue;
            }
            var reading = Codecs.RACK_READING.read(record.value());
            assertThat(Instant.ofEpochMilli(record.timestamp())).isEqualTo(reading.at());
            assertThat(new String(record.key(), UTF_8)).isEqualTo("made-up-pair/hall-1");
            assertThat(header(record, Headers.SOURCE)).isEqualTo("replay load.tsv");
        }
    }

    @Test
    void a_refused_row_keeps_its_bytes_and_says_where_and_why() throws Exception {
        createTopics(-1);

        try (Ingest ingest = ingest(replay())) {
            ingest.run();
        }

        assertThat(read(Topic.READINGS_REJECTED))
                .filteredOn(record -> header(record, Headers.REJECT_ORIGIN).equals("load.tsv:24"))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.key()).isNull();
                    assertThat(new String(record.value(), UTF_8))
                            .isEqualTo("Completion time: 2024-11-03T07:02:00.0000000-05:00");
                    assertThat(header(record, Headers.REJECT_CODE)).isEqualTo("NOT_DATA");
                    assertThat(header(record, Headers.REJECT_REASON)).contains("1 column, 4 expected");
                });
    }

    @Test
    void the_end_is_marked_once_in_every_partition_after_all_readings() throws Exception {
        createTopics(-1);

        try (Ingest ingest = ingest(replay())) {
            ingest.run();
        }

        for (Topic topic : List.of(Topic.READINGS_RACK, Topic.READINGS_COOLING, Topic.READINGS_SUPPLY)) {
            Map<Integer, Integer> marks = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> record : read(topic)) {
                assertThat(marks).doesNotContainKey(record.partition());
                if (marksEnd(record)) {
                    assertThat(record.key()).isNull();
                    assertThat(new String(record.value(), UTF_8)).isEqualTo("{}");
                    marks.merge(record.partition(), 1, Integer::sum);
                }
            }
            assertThat(marks).hasSize(PARTITIONS);
        }
    }

    @Test
    void the_past_is_refused_where_topics_would_forget_it() throws Exception {
        createTopics(Duration.ofDays(7).toMillis());

        try (Ingest ingest = ingest(replay())) {
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(ingest::run)
                    .withMessageContaining("hallwatt.readings.rack keeps 1w")
                    .withMessageContaining("Set retention.ms=-1");
        }

        assertThat(read(Topic.READINGS_RACK)).isEmpty();
        assertThat(read(Topic.READINGS_SUPPLY)).isEmpty();
    }

    @Test
    void topics_that_are_not_there_are_named() throws Exception {
        try (Ingest ingest = ingest(replay())) {
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(ingest::run)
                    .withMessageContaining("topic hallwatt.readings.rack does not exist")
                    .withMessageContaining("topic hallwatt.readings.rejected does not exist");
        }
    }

    @Test
    void while_kafka_is_away_readings_wait_and_none_is_lost_or_doubled() throws Exception {
        createTopics(-1);
        int port = Integer.parseInt(broker.bootstrapServers().split(":", 2)[1]);
        Gated source = new Gated(replay());
        try (ExecutorService runner = Executors.newSingleThreadExecutor();
                Ingest ingest = ingest(source)) {
            Future<?> run = runner.submit(() -> {
                ingest.run();
                return null;
            });
            source.give(20);
            await().until(() -> ingest.counts().accepted() + ingest.counts().rejectedInAll() >= 20);

            broker.close();
            source.give(1_000);
            await().until(() -> ingest.counts().sent() > 20);
            broker = EmbeddedBroker.start(directory, port);
            run.get(60, TimeUnit.SECONDS);

            assertThat(ingest.counts().accepted()).isEqualTo(14 + 4 * 23);
        }
        assertThat(read(Topic.READINGS_RACK)).filteredOn(r -> !marksEnd(r)).hasSize(14);
        Set<String> values = new HashSet<>();
        read(Topic.READINGS_SUPPLY).stream()
                .filter(r -> !marksEnd(r))
                .forEach(r ->
                        assertThat(values.add(new String(r.value(), UTF_8))).isTrue());
        assertThat(values).hasSize(4 * 23);
    }

    @Test
    void a_source_with_a_bound_waits_until_enough_is_acknowledged() throws Exception {
        createTopics(-1);
        int port = Integer.parseInt(broker.bootstrapServers().split(":", 2)[1]);
        Gated source = new Gated(replay(), 10);
        try (ExecutorService runner = Executors.newSingleThreadExecutor();
                Ingest ingest = ingest(source)) {
            Future<?> run = runner.submit(() -> {
                ingest.run();
                return null;
            });
            source.give(20);
            await().until(() -> ingest.counts().accepted() + ingest.counts().rejectedInAll() == 20);

            broker.close();
            source.give(1_000);
            await().until(() -> ingest.counts().sent() > 20);
            await().during(Duration.ofMillis(500)).until(() -> ingest.counts().sent() <= 31);
            broker = EmbeddedBroker.start(directory, port);
            run.get(60, TimeUnit.SECONDS);

            assertThat(ingest.counts().accepted()).isEqualTo(14 + 4 * 23);
        }
    }

    @Test
    void a_source_with_a_bound_waits_until_enough_is_counted_by_the_next_stage() throws Exception {
        createTopics(-1);
        Gated source = new Gated(replay(), 10);
        AtomicLong counted = new AtomicLong();
        try (ExecutorService runner = Executors.newSingleThreadExecutor();
                Ingest ingest = new Ingest(
                        IngestConfig.DEFAULTS,
                        kafka,
                        site,
                        source,
                        new SimpleMeterRegistry(),
                        InstantSource.system(),
                        rejected -> {},
                        counted::get)) {
            Future<?> run = runner.submit(() -> {
                ingest.run();
                return null;
            });
            source.give(1_000);
            await().until(() -> ingest.counts().accepted() > 10);
            await().during(Duration.ofMillis(500)).until(() -> ingest.counts().accepted() <= 22);
            counted.set(Long.MAX_VALUE);
            run.get(60, TimeUnit.SECONDS);

            assertThat(ingest.counts().accepted()).isEqualTo(14 + 4 * 23);
        }
    }

    @Test
    void a_live_source_is_stopped_at_once_and_what_it_gave_is_acknowledged() throws Exception {
        createTopics(-1);
        Gated source = new Gated(replay());
        try (ExecutorService runner = Executors.newSingleThreadExecutor()) {
            Ingest ingest = ingest(source);
            Future<?> run = runner.submit(() -> {
                ingest.run();
                return null;
            });
            source.give(20);
            await().until(() -> ingest.counts().sent() == 20);

            ingest.close();
            run.get(10, TimeUnit.SECONDS);

            assertThat(ingest.counts().accepted() + ingest.counts().rejectedInAll())
                    .isEqualTo(20);
            assertThat(read(Topic.READINGS_RACK)).noneMatch(IngestIT::marksEnd);
        }
    }

    /** A source that gives what it is allowed to, item by item, and waits in between. */
    private static final class Gated implements Source {
        private final Replay replay;
        private final List<Batch.Item> items = new ArrayList<>();
        private int allowed;

        private final int mostUnderWay;

        Gated(Replay replay) {
            this(replay, Integer.MAX_VALUE);
        }

        Gated(Replay replay, int mostUnderWay) {
            this.replay = replay;
            this.mostUnderWay = mostUnderWay;
        }

        @Override
        public int mostUnderWay() {
            return mostUnderWay;
        }

        synchronized void give(int more) {
            allowed += more;
            notifyAll();
        }

        @Override
        public synchronized @Nullable Batch next() throws InterruptedException {
            while (allowed == 0) {
                wait();
            }
            if (items.isEmpty()) {
                Batch batch = replay.next();
                if (batch == null) {
                    return null;
                }
                items.addAll(batch.items());
            }
            allowed--;
            return new Batch(List.of(items.remove(0)));
        }

        @Override
        public boolean finite() {
            return true;
        }

        @Override
        public void close() {
            replay.close();
        }
    }
}
