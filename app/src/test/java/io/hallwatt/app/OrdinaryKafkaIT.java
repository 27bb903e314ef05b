package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hallwatt.app.broker.OrdinaryBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages on a Kafka that somebody else set up, and that knows nothing of Hallwatt. */
class OrdinaryKafkaIT {
    private static final String SITE = """
            id: acme
            zone: UTC
            latitude: 52
            longitude: 7
            halls:
              - { id: lab, design-it-kw: 100, racks: [ { ids: r1..r2, feeds: { A: { breaker-amps: 32, volts: 230 } } } ] }
            """;

    @TempDir
    Path folder;

    private OrdinaryBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = OrdinaryBroker.start(folder);
        assertThat(run("topics", "apply").exit()).isZero();
        Path site = Files.writeString(folder.resolve("site.yaml"), SITE);
        assertThat(run("site", "apply", site.toString()).exit()).isZero();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void stages_join_where_the_broker_grants_longer_sessions_only_and_say_what_it_costs() throws Exception {
        Path said = folder.resolve("said");
        Process stages = Cli.process(
                        "run",
                        "--bootstrap-servers",
                        broker.bootstrapServers(),
                        "--admin-port",
                        "0",
                        "--set",
                        "alerting.state-dir=" + folder.resolve("alerting"),
                        "--set",
                        "aggregate.state-dir=" + folder.resolve("aggregate"))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            URI served = Served.by(stages, said);
            await().atMost(Duration.ofSeconds(60)).until(() -> ready(served));
        } finally {
            stages.destroyForcibly().waitFor();
        }

        assertThat(Files.readString(said))
                .contains("kafka    takes nobody for dead before 6s (its group.min.session.timeout.ms)")
                .contains("Give brokers 1000 for 3s.")
                .doesNotContain("InvalidSessionTimeout");
    }

    @Test
    void the_doctor_says_what_the_broker_should_be_told() {
        Cli.Outcome outcome = run("doctor");

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).contains("group.min.session.timeout.ms is 6000: a killed stage is back no sooner");
    }

    private Cli.Outcome run(String... words) {
        String[] all = Stream.concat(Arrays.stream(words), Stream.of("--bootstrap-servers", broker.bootstrapServers()))
                .toArray(String[]::new);
        return Cli.run(Map.of(), all);
    }

    private static boolean ready(URI served) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(served.resolve("/health/ready")).build();
        return HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }
}
