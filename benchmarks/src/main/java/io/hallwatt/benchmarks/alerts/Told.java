package io.hallwatt.benchmarks.alerts;

import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed transitions of racks' alerts and keeps who went where and when, a bit each. */
final class Told implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final RackPlaces places;
    private final Map<Moment, Heard> heard = new HashMap<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean stopping;
    private long transitions;
    private long repeated;
    private long foreign;

    /** What may happen to a rack once at a time. */
    private record Moment(AlertState to, Instant at) {}

    private static final class Heard {
        final BitSet racks = new BitSet();
        long lastNanos;
    }

    Told(Site site, KafkaSettings kafka) {
        places = new RackPlaces(site);
        Map<String, Object> properties = kafka.client(KafkaSettings.Kind.CONSUMER);
        properties.put("client.id", "hallwatt-bench-told");
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topic.ALERTS.name(kafka.topicPrefix())).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread = Thread.ofPlatform().name("hallwatt-bench-told").start(this::run);
    }

    /** Racks that went there at that time. */
    synchronized int racks(AlertState to, Instant at) {
        Heard moment = heard.get(new Moment(to, at));
        return moment == null ? 0 : moment.racks.cardinality();
    }

    /** When the last of them was read; {@link System#nanoTime}. */
    synchronized long lastNanos(AlertState to, Instant at) {
        Heard moment = heard.get(new Moment(to, at));
        return moment == null ? Long.MAX_VALUE : moment.lastNanos;
    }

    synchronized long transitions() {
        return transitions;
    }

    /** Transitions that had been told before. */
    synchronized long repeated() {
        return repeated;
    }

    /** Transitions of what is no rack of the site. */
    synchronized long foreign() {
        return foreign;
    }

    private void run() {
        try (consumer) {
            while (!stopping) {
                consumer.poll(POLL).forEach(this::take);
            }
        }
    }

    private synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        transitions++;
        try {
            AlertTransition transition = Codecs.ALERT_TRANSITION.read(record.value());
            Integer place = places.of(transition.labels());
            if (place == null) {
                foreign++;
                return;
            }
            Heard moment = heard.computeIfAbsent(new Moment(transition.to(), transition.at()), m -> new Heard());
            repeated += moment.racks.get(place) ? 1 : 0;
            moment.racks.set(place);
            moment.lastNanos = System.nanoTime();
        } catch (Malformed e) {
            foreign++;
        }
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
}
