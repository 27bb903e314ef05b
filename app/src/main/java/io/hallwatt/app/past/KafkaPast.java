package io.hallwatt.app.past;

import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** From the beginning of the topics to what is committed when they are asked for. */
public final class KafkaPast implements Past {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaSettings kafka;
    private final List<KafkaConsumer<byte[], byte[]>> consumers = new ArrayList<>();

    public KafkaPast(KafkaSettings kafka) {
        this.kafka = kafka;
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
            sequences.add(new Sequence(open(), new TopicPartition(name, partition.partition()), from));
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

        Sequence(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, Instant from) {
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
            this.end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        }

        @Override
        public boolean hasNext() {
            while (read.isEmpty() && consumer.position(partition) < end) {
                consumer.poll(POLL).forEach(record -> {
                    if (record.value() != null) {
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
