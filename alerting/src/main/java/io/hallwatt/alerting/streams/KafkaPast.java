package io.hallwatt.alerting.streams;

import io.hallwatt.contract.config.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** By a consumer of its own, in no group: the task's own place in the topic is not touched. */
final class KafkaPast implements Past {
    private static final Duration POLL = Duration.ofMillis(500);
    /** How long a fetch waits for what is to come: nothing is, and closing waits for the fetch ahead, half a second by default. */
    private static final int AT_THE_END_MILLIS = 10;

    private final KafkaSettings kafka;

    KafkaPast(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    @Override
    public long replay(String topic, int partition, Instant from, Reader reader) {
        TopicPartition there = new TopicPartition(topic, partition);
        Map<String, Object> properties = kafka.client(KafkaSettings.Kind.CONSUMER);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, AT_THE_END_MILLIS);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(there));
            OffsetAndTimestamp first =
                    consumer.offsetsForTimes(Map.of(there, from.toEpochMilli())).get(there);
            if (first == null) {
                return 0; // nothing is as young
            }
            consumer.seek(there, first.offset());
            long end = consumer.endOffsets(List.of(there)).getOrDefault(there, 0L);
            long shown = 0;
            while (consumer.position(there) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    shown++;
                    if (record.offset() >= end || !reader.next(record.value())) {
                        return shown;
                    }
                }
            }
            return shown;
        }
    }
}
