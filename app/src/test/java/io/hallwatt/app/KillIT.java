package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hallwatt.app.broker.EmbeddedBroker;
import io.hallwatt.app.summary.SummaryCheck;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Headers;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
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

    /** By what the devices themselves said: last less first of each register, as it stands in the topics of readings. */
    @Test
    void after_a_kill_the_hours_of_every_meter_add_up_to_its_own_register() throws Exception {
        long seed = Long.getLong("hallwatt.seed", System.nanoTime());
        System.out.println("KillIT, meter by meter: -Dhallwatt.seed=" + seed);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Path data = folder.resolve("data");
        String[] past = {"--start", "2026-03-01T10:30:00Z", "--length", "3h", "--rate", "0.2", "--json", "--speed"};

        Process killed = demo(data, "killed", with(past, "400"));
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> showsWindows(killed));
        boolean endedByItself = killed.waitFor(random.nextInt(200, 5_000), TimeUnit.MILLISECONDS);
        assertThat(endedByItself).as(err("killed")).isFalse();
        killed.destroyForcibly().waitFor();
        Process second = demo(data, "second", with(past, "max"));
        assertThat(second.waitFor(3, TimeUnit.MINUTES)).as(err("second")).isTrue();

        assertThat(second.exitValue()).as(err("second")).isZero();
        Map<String, Register> registers = new TreeMap<>();
        Map<String, EnergyHour> hours = new TreeMap<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(data)) {
            read(broker, Topic.READINGS_RACK, value -> rack(Codecs.RACK_READING.read(value), registers));
            read(broker, Topic.READINGS_COOLING, value -> unit(Codecs.COOLING_READING.read(value), registers));
            read(broker, Topic.READINGS_SUPPLY, value -> source(Codecs.SUPPLY_READING.read(value), registers));
            read(broker, Topic.ENERGY_HOUR, value -> {
                EnergyHour hour = Codecs.ENERGY_HOUR.read(value);
                hours.merge(
                        hour.subject().text() + " " + hour.start(),
                        hour,
                        (one, other) -> one.revision() >= other.revision() ? one : other);
            });
        }
        Map<String, Long> counted = new TreeMap<>();
        registers.forEach((meter, register) -> counted.put(meter, register.grown()));
        Map<String, Long> booked = new TreeMap<>();
        hours.values()
                .forEach(hour -> hour.evidence()
                        .meters()
                        .forEach(span -> booked.merge(
                                hour.subject().text() + " " + span.meter(),
                                span.measuredMilliwattHours() + span.estimatedMilliwattHours(),
                                Long::sum)));
        assertThat(counted).hasSizeGreaterThan(2 * 20 + 4);
        assertThat(booked).isEqualTo(counted);
        assertThat(hours.values()).extracting(EnergyHour::start).hasSizeGreaterThan(3);
    }

    /** A register's first and last reading by time of measurement. */
    private static final class Register {
        private static final long MODULUS = 4_294_967_296_000L; // 2^32 Wh, the site file's default
        private Instant firstAt = Instant.MAX;
        private Instant lastAt = Instant.MIN;
        private long first;
        private long last;

        void show(Instant at, long milliwattHours) {
            if (at.isBefore(firstAt)) {
                firstAt = at;
                first = milliwattHours;
            }
            if (at.isAfter(lastAt)) {
                lastAt = at;
                last = milliwattHours;
            }
        }

        long grown() {
            return Math.floorMod(last - first, MODULUS);
        }
    }

    private static void rack(RackReading reading, Map<String, Register> registers) {
        String meter = "hall/" + reading.hall().text() + "/it " + reading.rack().text();
        feed(reading.feedA(), meter + "/A", reading, registers);
        feed(reading.feedB(), meter + "/B", reading, registers);
    }

    private static void feed(
            @Nullable FeedReading feed, String meter, Reading reading, Map<String, Register> registers) {
        if (feed != null) {
            show(feed.registerMilliwattHours(), meter, reading, registers);
        }
    }

    private static void unit(CoolingReading reading, Map<String, Register> registers) {
        String unit = reading.unit().text();
        show(
                reading.registerMilliwattHours(),
                "hall/" + reading.hall().text() + "/cooling " + unit,
                reading,
                registers);
    }

    private static void source(SupplyReading reading, Map<String, Register> registers) {
        String source = reading.source().text();
        show(
                reading.deliveredRegisterMilliwattHours(),
                "source/" + source + "/delivered " + source,
                reading,
                registers);
        show(reading.drawnRegisterMilliwattHours(), "source/" + source + "/drawn " + source, reading, registers);
    }

    private static void show(@Nullable Long register, String meter, Reading reading, Map<String, Register> registers) {
        if (register != null) {
            registers.computeIfAbsent(meter, m -> new Register()).show(reading.at(), register);
        }
    }

    @FunctionalInterface
    private interface Taker {
        void take(byte[] value) throws Malformed;
    }

    /** All that is committed in a topic. */
    private static void read(EmbeddedBroker broker, Topic topic, Taker taker) throws Malformed {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name(KafkaSettings.DEFAULT_PREFIX)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(
                            partition -> consumer.position(partition) < Objects.requireNonNull(ends.get(partition)))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.headers().lastHeader(Headers.END_OF_INPUT) == null) {
                        taker.take(record.value());
                    }
                }
            }
        }
    }

    private static String[] with(String[] args, String last) {
        return Stream.concat(Stream.of(args), Stream.of(last)).toArray(String[]::new);
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
