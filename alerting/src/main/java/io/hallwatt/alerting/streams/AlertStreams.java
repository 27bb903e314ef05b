package io.hallwatt.alerting.streams;

import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.evaluate.AlertAudience;
import io.hallwatt.alerting.membership.Memberships;
import io.hallwatt.alerting.prometheus.Exposition;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.health.Health;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology, running. */
public final class AlertStreams implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AlertStreams.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final KafkaSettings kafka;
    private final Set<String> topics;
    private final KafkaStreams streams;
    private final MembershipWatch watch;
    private final Health health = new Health("alerting", System::nanoTime);
    private volatile boolean closed;
    private @Nullable Thread starter;

    public AlertStreams(
            AlertingConfig config,
            Supplier<RuleSet> rules,
            KafkaSettings kafka,
            Exposition exposition,
            AlertAudience audience,
            Memberships memberships) {
        this.kafka = kafka;
        Topology topology = AlertTopology.of(rules, kafka.topicPrefix(), new KafkaPast(kafka), exposition, audience);
        this.topics = AlertTopology.topics(topology);
        this.streams = new KafkaStreams(topology, properties(config, kafka));
        this.watch = new MembershipWatch(streams::metrics, memberships, session(config, kafka));
        // A thread that failed has told nothing of its open transaction: another takes it up from the last commit.
        streams.setUncaughtExceptionHandler(fault -> {
            log.atError().setCause(fault).log("Evaluation of rules failed; it is taken up from the last commit");
            return health.again(fault)
                    ? StreamThreadExceptionResponse.REPLACE_THREAD
                    : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    }

    /** Starts in the background, as soon as the topics are there. */
    public synchronized void start() {
        if (starter != null) {
            throw new IllegalStateException("alerting was started already");
        }
        starter = Thread.ofVirtual().name("alerting-start").start(() -> {
            try {
                awaitTopics();
                run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("Alerting could not start");
                health.fail(Health.sentence(e));
            }
        });
    }

    public boolean running() {
        return health.good() && streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Why no rule will be evaluated any more until a new start; empty as long as it works, starts, or begins again by itself. */
    public Optional<String> failed() {
        if (streams.state().hasCompletedShutdown() && !closed) {
            health.fail("its Kafka Streams client has ended (%s)".formatted(streams.state()));
        }
        return health.failed();
    }

    private synchronized void run() {
        if (!closed) {
            watch.start();
            streams.start();
        }
    }

    /** A topic that is missing when Streams starts is a fault to it, and to us a matter of time. */
    private void awaitTopics() throws InterruptedException {
        boolean told = false;
        try (Admin admin = Admin.create(kafka.client(KafkaSettings.Kind.ADMIN))) {
            while (true) {
                try {
                    admin.describeTopics(topics).allTopicNames().get();
                    return;
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
                            .addKeyValue("topics", topics)
                            .log("Waiting for the topics: hallwatt topics apply lays them out");
                }
                Thread.sleep(POLL);
            }
        }
    }

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
        streams.close(CLOSE_WITHIN);
        watch.close();
    }

    /** For how long Kafka waits for a sign of a member before it gives its halls to others. */
    public static Duration session(AlertingConfig config, KafkaSettings kafka) {
        Map<String, Object> consumer =
                new StreamsConfig(properties(config, kafka)).getMainConsumerConfigs("alerting", "session", 0);
        return Duration.ofMillis(
                Long.parseLong(String.valueOf(consumer.get(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG))));
    }

    static Properties properties(AlertingConfig config, KafkaSettings kafka) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailExceptionHandler.class);
        properties.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        properties.put(
                StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, DefaultProductionExceptionHandler.class);
        // Static membership and short sessions: after a crash the same instance has its tasks back in seconds, not in a
        // minute.
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), config.instance());
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 3000);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1000);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.putAll(kafka.client(KafkaSettings.Kind.STREAMS));
        kafka.client(KafkaSettings.Kind.CONSUMER)
                .forEach((name, value) -> properties.put(StreamsConfig.consumerPrefix(name), value));
        kafka.client(KafkaSettings.Kind.PRODUCER)
                .forEach((name, value) -> properties.put(StreamsConfig.producerPrefix(name), value));
        kafka.client(KafkaSettings.Kind.ADMIN)
                .forEach((name, value) -> properties.put(StreamsConfig.adminClientPrefix(name), value));
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, kafka.topicPrefix() + "alerting");
        return properties;
    }
}
