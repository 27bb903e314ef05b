package io.hallwatt.alerting.streams;

import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.prometheus.Exposition;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.config.KafkaSettings;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology, running. */
public final class AlertStreams implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AlertStreams.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final KafkaStreams streams;

    public AlertStreams(AlertingConfig config, RuleSet rules, KafkaSettings kafka, Exposition exposition) {
        this.streams =
                new KafkaStreams(AlertTopology.of(rules, kafka.topicPrefix(), exposition), properties(config, kafka));
        // A thread that failed has told nothing of its open transaction: another takes it up from the last commit.
        streams.setUncaughtExceptionHandler(failure -> {
            log.atError().setCause(failure).log("Evaluation of rules failed: begun again from the last commit");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    }

    public void start() {
        streams.start();
    }

    public boolean running() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    @Override
    public void close() {
        streams.close(CLOSE_WITHIN);
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
