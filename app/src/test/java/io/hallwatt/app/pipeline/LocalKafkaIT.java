package io.hallwatt.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaIT {
    @TempDir
    Path directory;

    private final Site site = Sites.small();

    @Test
    void what_a_predecessor_left_open_holds_up_no_reader_of_what_is_committed() throws Exception {
        LocalKafka before = LocalKafka.start(directory, TopicLayout.DEFAULTS, () -> site);
        TopicPartition metrics =
                new TopicPartition(Topic.METRICS_HALL_1S.name(before.settings().topicPrefix()), 0);
        KafkaProducer<byte[], byte[]> killed = inTransaction(before.settings());
        killed.send(new ProducerRecord<>(metrics.topic(), 0, new byte[] {1}, new byte[] {2}))
                .get();
        before.close();
        killed.close(Duration.ZERO);

        try (LocalKafka kafka = LocalKafka.start(directory, TopicLayout.DEFAULTS, () -> site)) {
            // Left to itself, the broker would abort it only after ten minutes.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(end(kafka, metrics, "read_committed"))
                            .isEqualTo(end(kafka, metrics, "read_uncommitted"))
                            .isGreaterThan(1)); // the record and the marker of its end
        }
    }

    private static KafkaProducer<byte[], byte[]> inTransaction(KafkaSettings settings) {
        Map<String, Object> config = new HashMap<>(settings.client(KafkaSettings.Kind.PRODUCER));
        config.put("transactional.id", "killed");
        config.put("transaction.timeout.ms", "600000");
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        return producer;
    }

    private static long end(LocalKafka kafka, TopicPartition partition, String isolation) {
        Map<String, Object> config = new HashMap<>(kafka.settings().client(KafkaSettings.Kind.CONSUMER));
        config.put("isolation.level", isolation);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(List.of(partition)).getOrDefault(partition, -1L);
        }
    }
}
