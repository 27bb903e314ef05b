package io.hallwatt.benchmarks.pipeline;

import io.hallwatt.app.summary.Summary.Latencies;
import io.hallwatt.app.summary.Summary.Latency;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Headers;
import io.hallwatt.contract.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the closed seconds of halls and the alerts as any outsider would, committed records only, and takes the time since the newest reading in them. It does not
 * decode them: its cost is that of a plain consumer, and is told apart.
 */
final class Observer implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final long LONGEST_MILLIS = 3_600_000;

    private final InstantSource clock;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String alerts;
    private final Histogram toHallMetric = new Histogram(LONGEST_MILLIS, 3);
    private final Histogram toAlert = new Histogram(LONGEST_MILLIS, 3);
    private final Thread thread;
    private volatile boolean stopping;
    private long windows;

    Observer(KafkaSettings kafka, InstantSource clock) {
        this.clock = clock;
        this.alerts = Topic.ALERTS.name(kafka.topicPrefix());
        Map<String, Object> properties = kafka.client(KafkaSettings.Kind.CONSUMER);
        properties.put("client.id", "hallwatt-bench-observer");
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(Topic.METRICS_HALL_1S.name(kafka.topicPrefix()), alerts)) {
            consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = Thread.ofPlatform().name("hallwatt-bench-observer").start(this::run);
    }

    /** Forgets what was. */
    synchronized void begin() {
        toHallMetric.reset();
        toAlert.reset();
        windows = 0;
    }

    synchronized long windows() {
        return windows;
    }

    synchronized Latencies latencies() {
        return new Latencies(latency(toHallMetric), latency(toAlert));
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            while (!stopping) {
                consumer.poll(POLL).forEach(this::take);
            }
        }
    }

    private synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(Headers.NEWEST_READING);
        boolean alert = record.topic().equals(alerts);
        windows += alert ? 0 : 1;
        if (header != null) {
            long newest = Long.parseLong(new String(header.value(), StandardCharsets.US_ASCII));
            long millis = Math.clamp(clock.millis() - newest, 0, LONGEST_MILLIS);
            (alert ? toAlert : toHallMetric).recordValue(millis);
        }
    }

    private static Latency latency(Histogram histogram) {
        return histogram.getTotalCount() == 0
                ? Latency.NONE
                : new Latency(
                        histogram.getValueAtPercentile(50),
                        histogram.getValueAtPercentile(99),
                        histogram.getMaxValue());
    }
}
