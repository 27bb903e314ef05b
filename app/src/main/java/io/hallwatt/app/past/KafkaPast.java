package io.hallwatt.app.past;

import io.hallwatt.app.Unavailable;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** From the beginning of the topics to what is committed when they are asked for. */
public final class KafkaPast implements Past {
    private static final Duration POLL = Duration.ofMillis(200);

    /** Records at a partition's end that are looked at for the newest; every other may be the end of a transaction. */
    private static final int TAIL = 50;

    private final KafkaSettings kafka;
    private final Map<TopicPartition, Long> read;
    private final List<KafkaConsumer<byte[], byte[]>> consumers = new ArrayList<>();

    public KafkaPast(KafkaSettings kafka) {
        this(kafka, Map.of());
    }

    private KafkaPast(KafkaSettings kafka, Map<TopicPartition, Long> read) {
        this.kafka = kafka;
        this.read = Map.copyOf(read);
    }

    /**
     * Windows as far as a group has read them now: what the stage of that name has done is known of no more. Where there is no such group, all.
     *
     * @param stage name of the stage, as its group is called after the topics' prefix
     */
    public static KafkaPast readBy(String stage, KafkaSettings kafka) {
        String group = kafka.topicPrefix() + stage;
        try (Admin admin = Admin.create(kafka.client(KafkaSettings.Kind.ADMIN))) {
            Map<TopicPartition, Long> read = new HashMap<>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, committed) -> {
                        if (committed != null) {
                            read.put(partition, committed.offset());
                        }
                    });
            return new KafkaPast(kafka, read);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return new KafkaPast(kafka);
            }
            throw new Unavailable(
                    "Kafka at %s does not tell how far group %s has read: %s"
                            .formatted(
                                    kafka.bootstrapServers(),
                                    group,
                                    Objects.requireNonNullElse(e.getCause(), e).getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("Interrupted while Kafka was asked how far group %s has read".formatted(group), e);
        }
    }

    @Override
    public Optional<Instant> newest() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = new ArrayList<>();
            Map<String, List<PartitionInfo>> topics = consumer.listTopics();
            ENDS.forEach(topic -> topics.getOrDefault(topic.name(kafka.topicPrefix()), List.of())
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition()))));
            consumer.assign(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            ends.forEach((partition, end) ->
                    consumer.seek(partition, Math.max(begins.getOrDefault(partition, 0L), end - TAIL)));
            long newest = Long.MIN_VALUE;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    newest = Math.max(newest, record.timestamp()); // event time: the end of the window
                }
            }
            return newest == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(newest));
        }
    }

    @Override
    public List<Iterator<byte[]>> sequences(Topic topic, Instant from) {
        String name = topic.name(kafka.topicPrefix());
        List<PartitionInfo> partitions;
        try (KafkaConsumer<byte[], byte[]> asking = consumer()) {
            partitions = asking.listTopics().get(name);
        }
        if (partitions == null) {
            throw new InvalidInput(
                    "Kafka at %s has no topic %s. Check --bootstrap-servers and --topic-prefix; hallwatt topics apply lays the topics out."
                            .formatted(kafka.bootstrapServers(), name));
        }
        List<Iterator<byte[]>> sequences = new ArrayList<>();
        for (PartitionInfo partition : partitions) {
            TopicPartition one = new TopicPartition(name, partition.partition());
            boolean all = read.isEmpty() || topic == Topic.ALERTS;
            sequences.add(new Sequence(open(), one, from, all ? Long.MAX_VALUE : read.getOrDefault(one, 0L)));
        }
        return sequences;
    }

    private KafkaConsumer<byte[], byte[]> open() {
        KafkaConsumer<byte[], byte[]> consumer = consumer();
        consumers.add(consumer);
        return consumer;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = kafka.client(KafkaSettings.Kind.CONSUMER);
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        consumers.forEach(KafkaConsumer::close);
        consumers.clear();
    }

    /** One partition, read as it is asked for. */
    private static final class Sequence implements Iterator<byte[]> {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final TopicPartition partition;
        private final long end;
        private final Deque<byte[]> read = new ArrayDeque<>();

        Sequence(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, Instant from, long atMost) {
            this.consumer = consumer;
            this.partition = partition;
            consumer.assign(List.of(partition));
            // Records carry event time: the end of their window.
            OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(partition, from.toEpochMilli()))
                    .get(partition);
            if (first == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, first.offset());
            }
            this.end = Math.min(atMost, consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L));
        }

        @Override
        public boolean hasNext() {
            while (read.isEmpty() && consumer.position(partition) < end) {
                consumer.poll(POLL).forEach(record -> {
                    if (record.value() != null && record.offset() < end) {
                        read.add(record.value());
                    }
                });
            }
            return !read.isEmpty();
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException(partition.toString());
            }
            return read.remove();
        }
    }
}
