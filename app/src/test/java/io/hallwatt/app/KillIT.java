package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hallwatt.app.broker.EmbeddedBroker;
import io.hallwatt.app.summary.SummaryCheck;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole process is killed at a random moment and started again on the same data directory. */
class KillIT {
    @TempDir
    Path folder;

    @Test
    void after_a_kill_every_acknowledged_reading_is_counted_once_and_no_energy_is_lost() throws Exception {
        long seed = Long.getLong("hallwatt.seed", System.nanoTime());
        System.out.println("KillIT: -Dhallwatt.seed=" + seed);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Path data = folder.resolve("data");

        Process killed = demo(data, "killed", "--for", "10m");
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> showsWindows(killed));
        boolean endedByItself = killed.waitFor(random.nextInt(200, 5_000), TimeUnit.MILLISECONDS);
        assertThat(endedByItself).as(err("killed")).isFalse();
        killed.destroyForcibly().waitFor();
        Process second = demo(data, "second", "--for", "5s", "--json");
        assertThat(second.waitFor(3, TimeUnit.MINUTES)).as(err("second")).isTrue();

        assertThat(second.exitValue()).as(err("second")).isZero();
        JsonNode summary =
                new ObjectMapper().readTree(folder.resolve("second.out").toFile());
        assertThat(SummaryCheck.faults(summary)).isEmpty();
        long counted = summary.at("/total/readings").longValue()
                + summary.at("/total/duplicates").longValue()
                + summary.at("/total/late").longValue();
        assertThat(counted).isEqualTo(readingsIn(data));
        assertThat(counted).isGreaterThan(summary.at("/readings/accepted").longValue());
    }

    private Process demo(Path data, String name, String... more) throws Exception {
        Path site = folder.resolve("site.yaml");
        try (var file = KillIT.class.getResourceAsStream("small-site.yaml")) {
            Files.write(site, Objects.requireNonNull(file).readAllBytes());
        }
        String[] args = Stream.concat(
                        Stream.of("demo", "--site", site.toString(), "--data-dir", data.toString(), "--port", "0"),
                        Stream.of(more))
                .toArray(String[]::new);
        return Cli.process(args)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile())
                .start();
    }

    /** The first plain line of the view has come, and with it the first windows. */
    private boolean showsWindows(Process process) throws Exception {
        assertThat(process.isAlive()).as(err("killed")).isTrue();
        return err("killed").contains("readings/s");
    }

    private String err(String name) throws Exception {
        return Files.readString(folder.resolve(name + ".err"), StandardCharsets.UTF_8);
    }

    /** What Kafka has acknowledged, over both runs. */
    private static long readingsIn(Path data) {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data);
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = Stream.of(
                            Topic.READINGS_RACK, Topic.READINGS_COOLING, Topic.READINGS_SUPPLY)
                    .flatMap(topic -> consumer.partitionsFor(topic.name(KafkaSettings.DEFAULT_PREFIX)).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            // No transaction writes there: each offset is one reading.
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
