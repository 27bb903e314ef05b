package io.hallwatt.app.pipeline;

import io.hallwatt.app.Unavailable;
import io.hallwatt.contract.config.FileTrouble;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Topic;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Output topics as files, one record a line: {@code energy.hour.jsonl}. Partition by partition, in their order. */
public final class TopicFiles {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final List<Topic> OUTPUTS = List.of(
            Topic.METRICS_RACK_1S,
            Topic.METRICS_RACK_1M,
            Topic.METRICS_HALL_1S,
            Topic.METRICS_HALL_1M,
            Topic.METRICS_HALL_15M,
            Topic.METRICS_SITE_1S,
            Topic.METRICS_SITE_1M,
            Topic.METRICS_SITE_15M,
            Topic.ENERGY_HOUR,
            Topic.ALERTS);

    private TopicFiles() {}

    /**
     * Writes everything that is committed in the output topics now.
     *
     * @throws Unavailable if a file cannot be written
     */
    public static void write(KafkaSettings kafka, Path directory) {
        Map<String, Object> properties = kafka.client(KafkaSettings.Kind.CONSUMER);
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (Topic topic : OUTPUTS) {
                Path file = directory.resolve(topic.plainName() + ".jsonl");
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                    write(consumer, topic.name(kafka.topicPrefix()), out);
                } catch (IOException e) {
                    throw new Unavailable(
                            "%s cannot be written: %s. Choose another --out.".formatted(file, FileTrouble.of(e)), e);
                }
            }
        }
    }

    private static void write(KafkaConsumer<byte[], byte[]> consumer, String topic, OutputStream out)
            throws IOException {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        for (TopicPartition partition : partitions) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    out.write(record.value());
                    out.write('\n');
                }
            }
        }
    }
}
