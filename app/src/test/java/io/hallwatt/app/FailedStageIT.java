package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hallwatt.app.broker.EmbeddedBroker;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Topic;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages that cannot go on end their command with exit code 3 and a reason, in seconds rather than never. */
class FailedStageIT {
    private static final int AWAY = 3;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"aggregate", "alerting", "run"})
    void kafka_that_goes_for_good_while_the_stage_still_waits_for_its_topics(String command) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String address;
        CompletableFuture<Cli.Outcome> outcome;
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("data"))) {
            address = broker.bootstrapServers();
            outcome = command(
                    command,
                    address,
                    said,
                    "--kafka",
                    "admin.request.timeout.ms=1000",
                    "--kafka",
                    "admin.default.api.timeout.ms=3000");
            URI served = Served.by(said::toString);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> get(served, "/metrics").body().contains("hallwatt_a"));
            String named =
                    "{\"name\":\"%s\",\"status\":\"DOWN\"}".formatted(command.equals("run") ? "aggregate" : command);
            await("what is not ready is named")
                    .until(() -> get(served, "/health/ready").body().contains(named));
            assertThat(get(served, "/health/ready").statusCode()).isEqualTo(503);
        }

        Cli.Outcome ended = outcome.get(60, TimeUnit.SECONDS);

        assertThat(ended.exit()).as(ended.err()).isEqualTo(AWAY);
        assertThat(ended.err())
                .containsPattern("(aggregate|alerting) has failed: ")
                .contains("Kafka at " + address + " does not tell its topics")
                .contains("start again");
    }

    @Test
    void a_topic_that_is_taken_away_is_not_ready_meanwhile_and_then_the_end() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("data"))) {
            KafkaSettings kafka = KafkaSettings.at(broker.bootstrapServers());
            assertThat(Cli.run(Map.of(), "topics", "apply", "--bootstrap-servers", broker.bootstrapServers())
                            .exit())
                    .isZero();
            CompletableFuture<Cli.Outcome> outcome = command("alerting", broker.bootstrapServers(), said);
            URI served = Served.by(said::toString);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> get(served, "/health/ready").statusCode() == 200);

            try (Admin admin = Admin.create(kafka.client(KafkaSettings.Kind.ADMIN))) {
                admin.deleteTopics(List.of(Topic.METRICS_HALL_1S.name(kafka.topicPrefix())))
                        .all()
                        .get();
            }

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> get(served, "/health/ready").statusCode() == 503);
            Cli.Outcome ended = outcome.get(3, TimeUnit.MINUTES);
            assertThat(ended.exit()).as(ended.err()).isEqualTo(AWAY);
            assertThat(ended.err()).containsPattern("alerting has failed: 9 faults within [0-9ms]+, the last: Missing");
        }
    }

    @Test
    void a_fault_at_each_new_start_ends_the_demo() throws Exception {
        Path data = folder.resolve("data");
        spoilAlerts(data);
        Path site = folder.resolve("site.yaml");
        try (var file = FailedStageIT.class.getResourceAsStream("small-site.yaml")) {
            Files.write(site, Objects.requireNonNull(file).readAllBytes());
        }

        Cli.Outcome ended = CompletableFuture.supplyAsync(() -> Cli.run(
                        Map.of(),
                        "demo",
                        "--site",
                        site.toString(),
                        "--data-dir",
                        data.toString(),
                        "--for",
                        "10m",
                        "--port",
                        "0"))
                .get(4, TimeUnit.MINUTES);

        assertThat(ended.exit()).as(ended.err()).isEqualTo(AWAY);
        assertThat(ended.err())
                .containsPattern("alerting has failed: 9 faults within [0-9ms]+, the last: IllegalStateException: ")
                .contains("written by a newer version (form 99");
    }

    @Test
    void a_broker_that_restarts_now_and_then_ends_nothing() throws Exception {
        Path said = folder.resolve("alerting.err");
        int brokerPort;
        URI served;
        Process alerting;
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("data"))) {
            brokerPort = URI.create("kafka://" + broker.bootstrapServers()).getPort();
            assertThat(Cli.run(Map.of(), "topics", "apply", "--bootstrap-servers", broker.bootstrapServers())
                            .exit())
                    .isZero();
            ProcessBuilder command = Cli.process(
                            "alerting", "--bootstrap-servers", broker.bootstrapServers(), "--port", "0")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(said.toFile());
            command.environment()
                    .put("HALLWATT_ALERTING_STATE_DIR", folder.resolve("state").toString());
            alerting = command.start();
            served = Served.by(alerting, said);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> get(served, "/health/ready").statusCode() == 200);
        }
        try {
            for (int restart = 1; restart <= 3; restart++) {
                try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("data"), brokerPort)) {
                    String site = "s" + restart;
                    sendWindow(broker.bootstrapServers(), site);
                    await().atMost(Duration.ofSeconds(90))
                            .until(() -> get(served, "/metrics")
                                    .body()
                                    .contains(
                                            "alertname=\"HallwattWatchdog\",alertstate=\"firing\",severity=\"none\",site=\""
                                                    + site));
                }
            }

            assertThat(alerting.isAlive()).isTrue();
        } finally {
            alerting.destroyForcibly().waitFor();
        }
    }

    private static void sendWindow(String address, String site) throws Exception {
        Window window = new Window(Instant.now().truncatedTo(ChronoUnit.SECONDS), Resolution.SECOND);
        KafkaSettings kafka = KafkaSettings.at(address);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                kafka.client(KafkaSettings.Kind.PRODUCER), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topic.METRICS_SITE_1S.name(kafka.topicPrefix()),
                            site,
                            Codecs.SITE_METRICS.write(
                                    new SiteMetrics(new SiteId(site), window, 0, 1, Quantities.NONE))))
                    .get();
        }
    }

    /** State that no version so far can read. */
    private static void spoilAlerts(Path data) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data)) {
            KafkaSettings kafka = KafkaSettings.at(broker.bootstrapServers());
            String changelog = kafka.topicPrefix() + "alerting-hall-alerts-changelog";
            try (Admin admin = Admin.create(kafka.client(KafkaSettings.Kind.ADMIN));
                    KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                            kafka.client(KafkaSettings.Kind.PRODUCER),
                            new StringSerializer(),
                            new ByteArraySerializer())) {
                admin.createTopics(List.of(
                                new NewTopic(changelog, 4, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                        .all()
                        .get();
                for (int partition = 0; partition < 4; partition++) {
                    producer.send(new ProducerRecord<>(changelog, partition, "alert x", new byte[] {99}))
                            .get();
                }
            }
        }
    }

    private CompletableFuture<Cli.Outcome> command(
            String name, String bootstrapServers, ByteArrayOutputStream said, String... more) {
        String state = folder.resolve("state").toString();
        return CompletableFuture.supplyAsync(() -> Cli.run(
                Map.of("HALLWATT_AGGREGATE_STATE_DIR", state, "HALLWATT_ALERTING_STATE_DIR", state),
                said,
                Stream.concat(
                                Stream.of(name, "--bootstrap-servers", bootstrapServers, "--port", "0"),
                                Arrays.stream(more))
                        .toArray(String[]::new)));
    }

    private HttpResponse<String> get(URI served, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(served.resolve(path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
