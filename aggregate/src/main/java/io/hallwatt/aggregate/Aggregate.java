package io.hallwatt.aggregate;

import io.hallwatt.aggregate.AggregateConfig.WallClock;
import io.hallwatt.aggregate.streams.Backlog;
import io.hallwatt.aggregate.streams.CommittedEnds;
import io.hallwatt.aggregate.streams.CountsBoard;
import io.hallwatt.aggregate.streams.Packing;
import io.hallwatt.aggregate.streams.Partitions;
import io.hallwatt.aggregate.streams.Stage;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.config.KafkaSettings.Kind;
import io.hallwatt.contract.health.Health;
import io.hallwatt.contract.wire.Topic;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The aggregate stage: readings of racks, cooling units and sources in, closed windows of racks, halls and sites and the journal of energy hours out, exactly
 * once. Run it many times over with the same application id and different instance ids: Kafka spreads the halls.
 */
public final class Aggregate implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Aggregate.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSING = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT_FOR_AN_INPUT = Duration.ofSeconds(5);
    /** Longest time between two commits while a backlog is worked off; well below what the broker bears. */
    private static final Duration BACKLOG_COMMIT = Duration.ofSeconds(1);

    private static final int LARGEST_STATE_BYTES = 16 * 1024 * 1024;

    private final AggregateConfig config;
    private final KafkaSettings kafka;
    private final MeterRegistry meters;
    private final InstantSource clock;

    private final CountsBoard board = new CountsBoard();
    private final Backlog backlog = new Backlog();
    private final Health health = new Health("aggregate", System::nanoTime);
    private volatile @Nullable KafkaStreams streams;
    private volatile boolean closed;
    private @Nullable Thread starter;
    private @Nullable CommittedEnds ends;

    public Aggregate(AggregateConfig config, KafkaSettings kafka, MeterRegistry meters, InstantSource clock) {
        this.config = config;
        this.kafka = kafka;
        this.meters = meters;
        this.clock = clock;
    }

    /** Starts in the background: as soon as the topics are there and the topic {@code site} holds a site, readings are counted. See {@link #ready()}. */
    public synchronized void start() {
        if (starter != null) {
            throw new IllegalStateException("aggregate was started already");
        }
        measure();
        starter = Thread.ofVirtual().name("aggregate-start").start(() -> {
            try {
                run(awaitTopics());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("Aggregate could not start");
                health.fail(Health.sentence(e));
            }
        });
    }

    /** Whether readings are being counted. */
    public boolean ready() {
        KafkaStreams running = streams;
        return health.good() && running != null && running.state() == KafkaStreams.State.RUNNING;
    }

    /** Why it will count no more until it is started anew, and what to do about it; empty as long as it works, starts, or begins again by itself. */
    public Optional<String> failed() {
        KafkaStreams running = streams;
        if (running != null && running.state().hasCompletedShutdown() && !closed) {
            health.fail("its Kafka Streams client has ended (%s)".formatted(running.state()));
        }
        return health.failed();
    }

    /** What is committed; after {@link #close()} exactly what was, except for the lag. */
    public AggregateCounts counts() {
        return board.total().lagging(backlog.records());
    }

    private synchronized void run(Partitions partitions) {
        if (closed) {
            return;
        }
        Stage stage = new Stage(config, kafka.topicPrefix(), partitions, clock, board, backlog);
        KafkaStreams running = new KafkaStreams(stage.topology(), properties());
        backlog.watch(running);
        if (config.wallClock() == WallClock.LIVE) {
            CommittedEnds asked = new CommittedEnds(
                    kafka, config.applicationId(), stage.hallReadings(), longestBetweenCommits(config));
            ends = asked;
            backlog.askToo(asked);
        }
        running.setUncaughtExceptionHandler(fault -> {
            log.atError().setCause(fault).log("A thread of aggregate ended; what it had not committed is read again");
            return health.again(fault)
                    ? StreamThreadExceptionResponse.REPLACE_THREAD
                    : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        running.start();
        streams = running;
    }

    /** Waits for topics and site. */
    private Partitions awaitTopics() throws InterruptedException {
        String site = Topic.SITE.name(kafka.topicPrefix());
        boolean told = false;
        try (Admin admin = Admin.create(kafka.client(Kind.ADMIN))) {
            while (true) {
                try {
                    if (records(admin, site) > 0) {
                        return new Partitions(
                                partitions(admin, Topic.READINGS_RACK.name(kafka.topicPrefix())),
                                partitions(admin, Topic.READINGS_SUPPLY.name(kafka.topicPrefix())));
                    }
                } catch (ExecutionException e) {
                    // The client itself asks again for as long as default.api.timeout.ms says: what comes out of it
                    // stays.
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                        throw new IllegalStateException(
                                "Kafka at %s does not tell its topics (%s); see that it runs there"
                                        .formatted(
                                                kafka.bootstrapServers(),
                                                Health.sentence(Objects.requireNonNullElse(e.getCause(), e))));
                    }
                }
                if (!told) {
                    told = true;
                    log.atInfo()
                            .addKeyValue("topic", site)
                            .log(
                                    "Waiting for the topics and a site model: hallwatt topics apply, then hallwatt site apply");
                }
                Thread.sleep(POLL);
            }
        }
    }

    private static int partitions(Admin admin, String topic) throws ExecutionException, InterruptedException {
        TopicDescription found =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        return found == null ? 0 : found.partitions().size();
    }

    private static long records(Admin admin, String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int p = 0; p < partitions(admin, topic); p++) {
            ends.put(new TopicPartition(topic, p), OffsetSpec.latest());
        }
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    private Properties properties() {
        Properties p = properties(config, kafka.bootstrapServers());
        p.putAll(kafka.client(Kind.STREAMS));
        for (Kind kind : new Kind[] {Kind.CONSUMER, Kind.PRODUCER, Kind.ADMIN}) {
            String prefix = kind.name().toLowerCase(Locale.ROOT) + ".";
            kafka.properties().forEach((name, value) -> {
                if (name.startsWith(prefix)) {
                    p.put(name, value);
                }
            });
        }
        Packing.join(p, Topic.READINGS_RACK.name(kafka.topicPrefix()));
        return p;
    }

    /** What Streams is told, on purpose and in one place; the settings of a deployment come on top. */
    static Properties properties(AggregateConfig config, String bootstrapServers) {
        Properties p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        p.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // The longest time between commits. Who reads the present asks for them as often as is set; a backlog waits.
        p.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                longestBetweenCommits(config).toMillis());
        // In event time, racks and cooling of a hall are read in one order of time, also where the broker or the source
        // is
        // slow with one of them: whoever is ahead waits. An input that stays empty costs this wait once.
        p.put(
                StreamsConfig.MAX_TASK_IDLE_MS_CONFIG,
                config.wallClock() == WallClock.LIVE ? 0L : LONGEST_WAIT_FOR_AN_INPUT.toMillis());
        // The open windows of a past whose inputs are read at different speeds are one record of the changelog.
        p.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), LARGEST_STATE_BYTES);
        p.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), Integer.toString(LARGEST_STATE_BYTES));
        p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        // Of each partition: of packed reports that is megabytes, not hundreds of them.
        p.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 32);
        // What is polled at once is packed at once: the more, the more readings of one hall come one after the other.
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 4_000);
        p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        // Bytes go in and out, so none of these is ever about a record: what cannot be read is rejected by us, what
        // cannot be written is a fault.
        p.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailExceptionHandler.class);
        p.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, DefaultProductionExceptionHandler.class);
        p.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        // Static membership and short timeouts: after a kill the partitions are back in seconds, not in a minute.
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), config.instanceId());
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 3_000);
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_000);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 6_000);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // A commit writes each hall's state and frames, tens of kilobytes a record: in batches of 16 kB each would go
        // by itself.
        p.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
        return p;
    }

    private static Duration longestBetweenCommits(AggregateConfig config) {
        return config.commitInterval().compareTo(BACKLOG_COMMIT) < 0 ? BACKLOG_COMMIT : config.commitInterval();
    }

    private void measure() {
        records("counted", AggregateCounts::readings);
        records("duplicate", AggregateCounts::duplicates);
        records("late", AggregateCounts::late);
        records("rejected", AggregateCounts::rejected);
        FunctionCounter.builder(
                        "hallwatt.aggregate.hall.windows.late",
                        board,
                        b -> b.total().lateHallWindows())
                .description("Windows of halls that came to their site after its own was closed")
                .register(meters);
        Gauge.builder("hallwatt.aggregate.lag.records", backlog, Backlog::records)
                .description("Records of the input that aggregate has not read yet")
                .register(meters);
        MultiGauge watermarks = MultiGauge.builder("hallwatt.aggregate.watermark")
                .baseUnit("seconds")
                .description("End of the hall's newest closed second, as seconds since 1970")
                .register(meters);
        Gauge.builder("hallwatt.aggregate.halls", board, known -> {
                    watermarks.register(known.watermarks().entrySet().stream()
                            .filter(hall -> hall.getValue() > 0)
                            .map(hall ->
                                    MultiGauge.Row.of(labels(hall.getKey()), known, b -> seconds(b, hall.getKey())))
                            .toList());
                    return known.watermarks().size();
                })
                .description("Halls of which aggregate has readings")
                .register(meters);
    }

    private static Tags labels(String key) {
        int slash = key.indexOf('/');
        return Tags.of("site", key.substring(0, slash), "hall", key.substring(slash + 1));
    }

    private static double seconds(CountsBoard board, String hall) {
        return board.watermarks().getOrDefault(hall, 0L) / 1000.0;
    }

    private void records(String result, ToLongFunction<AggregateCounts> count) {
        FunctionCounter.builder("hallwatt.records", board, known -> (double) count.applyAsLong(known.total()))
                .description("Records that a stage has handled")
                .tags("stage", "aggregate", "result", result)
                .register(meters);
    }

    /** Commits what is read and leaves the partitions to whoever takes them. */
    @Override
    public void close() {
        Thread starting;
        synchronized (this) {
            closed = true;
            starting = starter;
        }
        if (starting != null) {
            starting.interrupt();
        }
        health.close();
        board.closing();
        KafkaStreams running = streams;
        if (running != null && !running.close(CLOSING)) {
            log.atWarn()
                    .addKeyValue("timeout", CLOSING)
                    .log("Aggregate did not end in time; what it had not committed is read again");
        }
        synchronized (this) {
            if (ends != null) {
                ends.close();
            }
        }
    }
}
