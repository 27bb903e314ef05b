package io.hallwatt.benchmarks.peers;

import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Topic;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.EmitStrategy;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The metrics per hall and second as a good engineer writes them first: the Kafka Streams DSL, Jackson, windows in memory with a changelog, exactly once, results when a
 * window closes. Keys are halls already, so nothing is repartitioned. Commit interval, threads, producer and grace are aggregate's own.
 */
final class PlainStreams implements AutoCloseable {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(30);

    private final KafkaStreams streams;

    /** @param application its group; threads are named after it */
    PlainStreams(String application, AggregateConfig config, KafkaSettings kafka, String output) {
        streams = new KafkaStreams(topology(config, kafka, output), properties(application, config, kafka));
        streams.start();
    }

    private static Topology topology(AggregateConfig config, KafkaSettings kafka, String output) {
        Serde<PlainHall> halls = JsonSerde.of(PlainHall.class);
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        Topic.READINGS_RACK.name(kafka.topicPrefix()),
                        Consumed.with(Serdes.String(), JsonSerde.of(PlainReport.class)))
                .filter((key, report) -> key != null) // the marks of the end of an input
                .groupByKey(Grouped.as("by-hall"))
                .windowedBy(TimeWindows.ofSizeAndGrace(SECOND, config.grace()))
                .emitStrategy(EmitStrategy.onWindowClose())
                .aggregate(
                        PlainHall::new,
                        (key, report, hall) -> hall.add(report),
                        Materialized.<String, PlainHall, WindowStore<Bytes, byte[]>>as("halls")
                                .withKeySerde(Serdes.String())
                                .withValueSerde(halls)
                                .withStoreType(new BuiltInDslStoreSuppliers.InMemoryDslStoreSuppliers()))
                .toStream((window, hall) -> window.key())
                .to(output, Produced.with(Serdes.String(), halls));
        return builder.build();
    }

    /** Commit interval, threads and producer of aggregate. */
    static Properties properties(String application, AggregateConfig config, KafkaSettings kafka) {
        Properties p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        p.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
        p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        p.putAll(kafka.client(KafkaSettings.Kind.STREAMS));
        return p;
    }

    @Override
    public void close() {
        streams.close(CLOSING);
    }
}
