package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hallwatt.aggregate.streams.CommittedEnds;
import io.hallwatt.app.broker.EmbeddedBroker;
import io.hallwatt.contract.config.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published and not committed is seen, whatever consumers believe. */
class CommittedEndsIT {
    private static final String GROUP = "readers";
    private static final TopicPartition READ = new TopicPartition("readings.rack", 0);
    private static final TopicPartition EMPTY = new TopicPartition("readings.rack", 1);
    private static final Duration COMMIT = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void a_partition_is_behind_until_all_that_is_in_it_is_committed() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            KafkaSettings kafka = KafkaSettings.at(broker.bootstrapServers());
            try (Admin admin = Admin.create(kafka.client(KafkaSettings.Kind.ADMIN));
                    KafkaProducer<String, String> producer = new KafkaProducer<>(
                            kafka.client(KafkaSettings.Kind.PRODUCER),
                            new StringSerializer(),
                            new StringSerializer())) {
                admin.createTopics(List.of(new NewTopic(READ.topic(), 2, (short) 1)))
                        .all()
                        .get();
                publish(producer);
                try (CommittedEnds ends = new CommittedEnds(kafka, GROUP, List.of(READ, EMPTY), COMMIT)) {
                    // Nothing is committed.
                    await().atMost(SOON).until(() -> ends.behind(READ) && !ends.behind(EMPTY));

                    commit(admin, 1);
                    await().atMost(SOON).until(() -> !ends.behind(READ));

                    publish(producer);
                    await().atMost(SOON).until(() -> ends.behind(READ) && !ends.behind(EMPTY));
                    assertThat(ends.behind(new TopicPartition("others", 0)))
                            .as("not watched")
                            .isFalse();

                    commit(admin, 2);
                    await().atMost(SOON).until(() -> !ends.behind(READ));
                }
            }
        }
    }

    @Test
    void while_the_broker_does_not_answer_nothing_is_taken_for_read() throws Exception {
        KafkaSettings kafka;
        CommittedEnds ends;
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            kafka = KafkaSettings.at(broker.bootstrapServers());
            try (Admin admin = Admin.create(kafka.client(KafkaSettings.Kind.ADMIN))) {
                admin.createTopics(List.of(new NewTopic(READ.topic(), 2, (short) 1)))
                        .all()
                        .get();
            }
            ends = new CommittedEnds(kafka, GROUP, List.of(READ, EMPTY), COMMIT);
            await().atMost(SOON).until(() -> !ends.behind(READ));
        }
        try (ends) {
            await().atMost(SOON).until(() -> ends.behind(READ) && ends.behind(EMPTY));
        }
    }

    private static void publish(KafkaProducer<String, String> producer) throws Exception {
        producer.send(new ProducerRecord<>(READ.topic(), READ.partition(), "hall", "reading"))
                .get();
    }

    private static void commit(Admin admin, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(GROUP, Map.of(READ, new OffsetAndMetadata(offset)))
                .all()
                .get();
    }
}
