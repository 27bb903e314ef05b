package io.hallwatt.app.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.app.Unavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    private static final TopicPartition NOTES = new TopicPartition("notes", 0);

    @TempDir
    Path directory;

    @Test
    void what_was_written_is_there_after_a_restart() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            write(broker.bootstrapServers(), "kept");
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            assertThat(read(broker.bootstrapServers())).isEqualTo("kept");
        }
    }

    @Test
    void after_a_kill_it_is_back_with_what_it_had_acknowledged() throws Exception {
        Process killed = BrokerProcess.start(directory);
        String address = BrokerProcess.addressOf(killed);
        write(address, "acknowledged");
        killed.destroyForcibly().waitFor();

        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            assertThat(read(broker.bootstrapServers())).isEqualTo("acknowledged");
        }
    }

    @Test
    void a_directory_in_use_is_refused_and_says_by_whom() throws Exception {
        try (DataDirectory open = DataDirectory.open(directory)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(open.path()))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining(directory + " is in use")
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--data-dir");
        }

        DataDirectory.open(directory).close();
    }

    @Test
    void a_directory_that_cannot_be_written_is_refused_and_says_why() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "in the way");

        assertThatThrownBy(() -> EmbeddedBroker.start(file.resolve("data")))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("cannot be written")
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--data-dir");
    }

    @Test
    void a_taken_port_is_refused_and_the_directory_is_free_again() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("one"))) {
            int taken = Integer.parseInt(broker.bootstrapServers().split(":", 2)[1]);

            assertThatThrownBy(() -> EmbeddedBroker.start(directory.resolve("two"), taken))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("Port " + taken);
        }

        DataDirectory.open(directory.resolve("two")).close();
    }

    private static void write(String address, String value) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address));
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", address, "acks", "all", "linger.ms", "0"),
                        new StringSerializer(),
                        new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(NOTES.topic(), 1, (short) 1)))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>(NOTES.topic(), value)).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String read(String address) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(NOTES));
            consumer.seekToBeginning(List.of(NOTES));
            return Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> consumer.poll(Duration.ofMillis(100)), records -> !records.isEmpty())
                    .iterator()
                    .next()
                    .value();
        }
    }
}
