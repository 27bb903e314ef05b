package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hallwatt.aggregate.Aggregate;
import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.aggregate.AggregateConfig.WallClock;
import io.hallwatt.aggregate.AggregateCounts;
import io.hallwatt.app.Cli.Outcome;
import io.hallwatt.app.broker.EmbeddedBroker;
import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.app.topics.Topics;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.RegisterNote;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Headers;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ingest --simulate} and {@code run --simulate} against a broker, started, stopped and started again. */
@SuppressWarnings("NullAway.Init") // by JUnit
class SimulatedIngestIT {
    private static final int RACKS = 20;
    private static final int METERS = 46;

    @TempDir
    Path folder;

    private EmbeddedBroker broker;
    private KafkaSettings kafka;
    private Path site;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("broker"));
        kafka = KafkaSettings.at(broker.bootstrapServers());
        try (Admin admin = Admin.create(kafka.client(KafkaSettings.Kind.ADMIN))) {
            Topics topics = new Topics(admin, kafka);
            topics.apply(topics.plan(TopicLayout.DEFAULTS));
        }
        site = folder.resolve("site.yaml");
        try (var file = SimulatedIngestIT.class.getResourceAsStream("small-site.yaml")) {
            Files.write(site, Objects.requireNonNull(file).readAllBytes());
        }
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void stopped_and_started_again_its_meters_go_on() throws Exception {
        for (String command : List.of("ingest", "run")) {
            long before = racks().size();
            Process process =
                    process(command, "--data-dir", folder.resolve("sim").toString());
            await().atMost(Duration.ofSeconds(90)).until(() -> {
                assertThat(process.isAlive()).as(log(command)).isTrue();
                return racks().size() >= before + 3 * RACKS;
            });
            process.destroy(); // SIGTERM
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(log(command)).isTrue();
        }

        Map<String, RackReading> last = new HashMap<>();
        for (RackReading reading : racks()) {
            RackReading earlier = last.put(reading.device(), reading);
            if (earlier != null) {
                assertThat(reading.at()).isAfter(earlier.at());
                assertThat(reading.sequence()).isGreaterThan(earlier.sequence());
                double hours = Duration.between(earlier.at(), reading.at()).toMillis() / 3.6e6;
                assertThat((register(reading) - register(earlier)) / 1000.0)
                        .as("Wh on feed A of %s from %s to %s", reading.device(), earlier.at(), reading.at())
                        .isBetween(0.0, 72_000 * hours + 1);
            }
        }
        assertThat(last).hasSize(RACKS);
        assertThat(last.values())
                .as("one run after the other")
                .allSatisfy(reading -> assertThat(reading.sequence()).isGreaterThan(6));
        for (EnergyHour hour : aggregated()) {
            assertThat(hour.evidence().events())
                    .as(hour.subject().text())
                    .extracting(EnergyHour.RegisterEvent::note)
                    .doesNotContain(RegisterNote.METER_RESET, RegisterNote.METER_JUMPED, RegisterNote.METER_GLITCHED);
        }
    }

    @Test
    void the_site_is_published_with_the_interval_of_the_rate() throws Exception {
        Outcome outcome = ingest("--rate", "10", "--length", "500ms");

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(publishedInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(racks()).hasSize(RACKS * 5);
    }

    @Test
    void a_site_can_be_applied_with_the_interval_of_the_rate_too() throws Exception {
        Outcome outcome = Cli.run(
                Map.of("HALLWATT_RATE", "0.5"),
                "site",
                "apply",
                site.toString(),
                "--bootstrap-servers",
                broker.bootstrapServers());

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(publishedInterval()).isEqualTo(Duration.ofSeconds(2));
    }

    /** Of all racks alike, in the one site that is published. */
    private Duration publishedInterval() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> sites = read(Topic.SITE);
        assertThat(sites).hasSize(1);
        List<Duration> intervals = Codecs.SITE.read(sites.getFirst().value()).halls().stream()
                .flatMap(hall -> hall.racks().stream())
                .map(Rack::reportInterval)
                .distinct()
                .toList();
        assertThat(intervals).hasSize(1);
        return intervals.getFirst();
    }

    @Test
    void another_seed_or_site_on_the_same_directory_is_refused_and_nothing_is_published() throws Exception {
        String data = folder.resolve("sim").toString();
        assertThat(ingest("--data-dir", data, "--length", "500ms").exit()).isZero();
        int published = read(Topic.SITE).size();
        int readings = racks().size();

        Outcome otherSeed = ingest("--data-dir", data, "--length", "500ms", "--seed", "2");
        Files.writeString(site, Files.readString(site).replaceFirst("r001..r010", "r001..r011"));
        Outcome otherSite = ingest("--data-dir", data, "--length", "500ms");

        assertThat(otherSeed.exit()).isEqualTo(2);
        assertThat(otherSeed.err()).contains(data, "simulation.state", "seed 1, not 2", "--seed 1");
        assertThat(otherSite.exit()).isEqualTo(2);
        assertThat(otherSite.err()).contains(data, "simulation.state", "another site file");
        assertThat(read(Topic.SITE)).hasSize(published);
        assertThat(racks()).hasSize(readings);
    }

    @Test
    void another_rate_on_the_same_directory_is_a_new_run_of_the_same_meters() throws Exception {
        String data = folder.resolve("sim").toString();
        assertThat(ingest("--data-dir", data, "--length", "1s").exit()).isZero();

        Outcome faster = ingest("--data-dir", data, "--length", "1s", "--rate", "10");

        assertThat(faster.exit()).as(faster.err()).isZero();
        List<RackReading> one =
                racks().stream().filter(r -> r.device().equals("h01/r001")).toList();
        assertThat(one).hasSize(11);
        assertThat(one).isSortedAccordingTo((a, b) -> Long.compare(a.sequence(), b.sequence()));
        assertThat(register(one.getLast()) - register(one.getFirst())).isBetween(0L, 3_600_000L);
    }

    @Test
    void a_past_that_the_topics_would_delete_is_refused_with_the_remedy() throws Exception {
        Instant start = Instant.now().minus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

        Outcome outcome = ingest("--start", start.toString(), "--length", "1m");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("topic hallwatt.readings.rack keeps 1w", start.toString(), "Set retention.ms=-1");
        assertThat(racks()).isEmpty();
    }

    @Test
    void a_past_that_the_topics_keep_ends_with_marks_in_every_partition() throws Exception {
        Instant start = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

        Outcome outcome = ingest("--start", start.toString(), "--length", "1m");

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(racks()).hasSize(RACKS * 60);
        assertThat(read(Topic.READINGS_RACK))
                .filteredOn(SimulatedIngestIT::marksEnd)
                .extracting(ConsumerRecord::partition)
                .containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    private Outcome ingest(String... more) {
        return Cli.run(Map.of(), arguments("ingest", more));
    }

    private Process process(String command, String... more) throws Exception {
        Path log = folder.resolve(command + ".log");
        return Cli.process(arguments(command, more))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private String log(String command) throws Exception {
        return Files.readString(folder.resolve(command + ".log"));
    }

    private String[] arguments(String command, String... more) {
        return Stream.concat(
                        Stream.of(
                                command,
                                "--simulate",
                                "--site",
                                site.toString(),
                                "--bootstrap-servers",
                                broker.bootstrapServers(),
                                "--port",
                                "0"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    /** What aggregate makes of all readings: the hours that are on the topic when everything is counted and the input is ended. */
    private List<EnergyHour> aggregated() throws Exception {
        assertThat(ingest("--data-dir", folder.resolve("sim").toString(), "--length", "1s")
                        .exit())
                .isZero(); // its end closes every hour
        AggregateConfig config =
                AggregateConfig.DEFAULTS.with(WallClock.EVENT_TIME).with(folder.resolve("state"));
        try (Aggregate aggregate =
                new Aggregate(another(config), kafka, new SimpleMeterRegistry(), InstantSource.system())) {
            aggregate.start();
            long readings = Stream.of(Topic.READINGS_RACK, Topic.READINGS_COOLING, Topic.READINGS_SUPPLY)
                    .flatMap(topic -> read(topic).stream())
                    .filter(record -> !marksEnd(record))
                    .count();
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> handled(aggregate.counts()) == readings && meters(hours()) >= METERS);
            assertThat(aggregate.counts().late()).isZero();
        }
        return hours();
    }

    private List<EnergyHour> hours() throws Malformed {
        List<EnergyHour> hours = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : read(Topic.ENERGY_HOUR)) {
            hours.add(Codecs.ENERGY_HOUR.read(record.value()));
        }
        return hours;
    }

    private static long meters(List<EnergyHour> hours) {
        return hours.stream().flatMap(hour -> hour.evidence().meters().stream()).count();
    }

    /** With a group of its own: {@code run} has counted most of it already. */
    private static AggregateConfig another(AggregateConfig config) {
        return new AggregateConfig(
                "hallwatt-aggregate-again",
                config.instanceId(),
                config.stateDir(),
                config.threads(),
                config.grace(),
                config.idleLimit(),
                config.ledgerGrace(),
                config.wallClock(),
                config.commitInterval());
    }

    private static long handled(AggregateCounts counts) {
        return counts.readings() + counts.duplicates() + counts.late() + counts.rejected();
    }

    private static long register(RackReading reading) {
        FeedReading feed = Objects.requireNonNull(reading.feedA());
        return Objects.requireNonNull(feed.registerMilliwattHours());
    }

    private static boolean marksEnd(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(Headers.END_OF_INPUT) != null;
    }

    /** Rack by rack in the order in which they lie on the topic. */
    private List<RackReading> racks() throws Exception {
        List<RackReading> readings = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : read(Topic.READINGS_RACK)) {
            if (!marksEnd(record)) {
                readings.add(Codecs.RACK_READING.read(record.value()));
            }
        }
        return readings;
    }

    private List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        Map<String, Object> properties = kafka.client(KafkaSettings.Kind.CONSUMER);
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            String name = topic.name(kafka.topicPrefix());
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(info -> new TopicPartition(name, info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }
}
