package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.hallwatt.app.broker.EmbeddedBroker;
import io.hallwatt.app.container.AlertmanagerApi;
import io.hallwatt.app.container.FreePorts;
import io.hallwatt.app.container.PrometheusApi;
import io.hallwatt.app.past.KafkaPast;
import io.hallwatt.app.past.Log;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.config.KafkaSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command with its own rules, beside a real Alertmanager and a real Prometheus; each of the three ends while an alert fires, and is started again. */
class AlertChainIT {
    private static final String ALERT = "RackFeedOverload";
    private static final String FIRING = "hallwatt_alerts{alertname=\"%s\",alertstate=\"firing\"}".formatted(ALERT);
    private static final String SINCE = "hallwatt_alert_since_seconds{alertname=\"%s\"}".formatted(ALERT);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /** What people are told of the alert, in order. Other alerts come, too: a hall is silent while nobody simulates it. */
    private final List<Message> messages = new CopyOnWriteArrayList<>();

    private final List<AutoCloseable> open = new ArrayList<>();
    private int page;
    private int alertmanagerPort;
    private AlertmanagerApi alertmanagerApi;
    private PrometheusApi prometheusApi;
    private Neighbour alertmanager;
    private Neighbour prometheus;

    /** One alert in one notification. */
    private record Message(String status, String rack, Instant startsAt, Instant endsAt) {}

    @BeforeEach
    void startNeighbours() throws Exception {
        assumeTrue(Neighbour.installed("prometheus-alertmanager"), "prometheus-alertmanager is not installed");
        assumeTrue(Neighbour.installed("prometheus"), "prometheus is not installed");
        page = FreePorts.next();
        alertmanagerPort = FreePorts.next();
        int prometheusPort = FreePorts.next();
        alertmanagerApi = opened(new AlertmanagerApi(alertmanagerPort));
        prometheusApi = opened(new PrometheusApi(prometheusPort));
        alertmanager = opened(alertmanager(people().getAddress().getPort()));
        prometheus = opened(prometheus(prometheusPort));
        alertmanager.start();
        prometheus.start();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void an_alert_outlives_every_restart_along_the_way_and_people_hear_once_of_its_beginning_and_once_of_its_end()
            throws Exception {
        Neighbour demo =
                opened(demo("{ fault: breaker-overload, target: h02/r007, feed: A, to: 0.92, at: 0s, for: 1h }"));
        demo.start();
        until(demo, () -> assertThat(messages).hasSize(1));
        Message beginning = messages.getFirst();
        seenAgain(demo, Instant.EPOCH, beginning.startsAt());
        double since = since(Instant.EPOCH);

        // SIGTERM, and its data kept: an Alertmanager that is killed forgets whom it told since its last snapshot, and
        // tells
        // again. Nothing that is sent to it can mend that. ADR 10
        alertmanager.stop();
        prometheus.stop();
        until(demo, () -> assertThat(demo.log()).contains("Alertmanager does not take alerts"));
        Instant stopped = Instant.now();
        alertmanager.start();
        prometheus.start();
        seenAgain(demo, stopped, beginning.startsAt());
        assertThat(since(stopped)).isEqualTo(since);
        assertThat(messages).containsExactly(beginning);

        demo.kill();
        prometheus.kill();
        Instant killed = Instant.now();
        prometheus.start();
        Neighbour second =
                opened(demo("{ fault: breaker-overload, target: h02/r007, feed: A, to: 0.92, at: 0s, for: 25s }"));
        second.start();
        seenAgain(second, killed, beginning.startsAt());
        assertThat(since(killed)).isEqualTo(since);
        assertThat(messages).containsExactly(beginning);

        until(second, () -> assertThat(messages).hasSizeGreaterThan(1));
        toldAgain(second);
        until(second, () -> assertThat(prometheusApi.query(FIRING)).isEmpty());
        second.stop();

        assertThat(messages).extracting(Message::status).containsExactly("firing", "resolved");
        assertThat(messages).extracting(Message::rack).containsOnly("r007");
        assertThat(messages).extracting(Message::startsAt).containsOnly(beginning.startsAt());
        List<AlertTransition> transitions = transitions();
        assertThat(transitions)
                .extracting(AlertTransition::to)
                .containsExactly(AlertState.PENDING, AlertState.FIRING, AlertState.INACTIVE);
        assertThat(transitions.get(1).at()).isEqualTo(beginning.startsAt());
        assertThat(transitions.get(1).since().toEpochMilli() / 1000.0).isEqualTo(since);
        assertThat(transitions.get(2).at()).isEqualTo(messages.getLast().endsAt());
    }

    /** It fires at both, by what they have heard later than that, and has fired since then. */
    private void seenAgain(Neighbour demo, Instant after, Instant startsAt) {
        until(
                demo,
                () -> assertThat(alertmanagerApi.active(ALERT)).singleElement().satisfies(alert -> {
                    assertThat(Instant.parse(alert.at("/updatedAt").asText())).isAfter(after);
                    assertThat(Instant.parse(alert.at("/startsAt").asText())).isEqualTo(startsAt);
                }));
        until(
                demo,
                () -> assertThat(prometheusApi.query(fresh(FIRING, after)))
                        .singleElement()
                        .satisfies(series ->
                                assertThat(series.at("/metric/rack").asText()).isEqualTo("r007")));
    }

    /** Everything that Alertmanager is to know is sent to it once more: the watchdog comes twice. */
    private void toldAgain(Neighbour demo) {
        for (int time = 0; time < 2; time++) {
            Instant before = Instant.now();
            until(
                    demo,
                    () -> assertThat(alertmanagerApi.active("HallwattWatchdog"))
                            .singleElement()
                            .satisfies(alert -> assertThat(
                                            Instant.parse(alert.at("/updatedAt").asText()))
                                    .isAfter(before)));
        }
    }

    /** When Prometheus says that the alert began, in seconds since 1970. */
    private double since(Instant after) {
        List<JsonNode> series = prometheusApi.query(fresh(SINCE, after));
        assertThat(series).hasSize(1);
        return Double.parseDouble(series.getFirst().at("/value/1").asText());
    }

    /** Scraped later than that: Prometheus answers for five minutes with what it had before it was ended. */
    private static String fresh(String series, Instant after) {
        return "%s and timestamp(%s) > %d.%03d"
                .formatted(series, series, after.getEpochSecond(), after.toEpochMilli() % 1000);
    }

    /** The alert's as the topic has them, without those that say that it could not be seen: how long a start takes decides on them. */
    private List<AlertTransition> transitions() {
        List<AlertTransition> transitions = new ArrayList<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("data"));
                KafkaPast past = new KafkaPast(KafkaSettings.at(broker.bootstrapServers()))) {
            Log.each(past, transitions::add);
        }
        return transitions.stream()
                .filter(transition -> transition.rule().equals(ALERT))
                .filter(transition -> transition.from() != AlertState.UNKNOWN && transition.to() != AlertState.UNKNOWN)
                .toList();
    }

    /** @param fault seconds count from this start */
    private Neighbour demo(String fault) throws IOException {
        Path site = folder.resolve("site.yaml");
        try (var file = AlertChainIT.class.getResourceAsStream("small-site.yaml")) {
            Files.write(site, Objects.requireNonNull(file).readAllBytes());
        }
        Path scenario = Files.writeString(folder.resolve("scenario.yaml"), "faults:\n  - " + fault + "\n");
        return new Neighbour(
                folder.resolve("demo.log"),
                Cli.process(
                        "demo",
                        "--site",
                        site.toString(),
                        "--scenario",
                        scenario.toString(),
                        "--data-dir",
                        folder.resolve("data").toString(),
                        "--port",
                        Integer.toString(page),
                        "--alertmanager",
                        "http://127.0.0.1:" + alertmanagerPort,
                        "--set",
                        "alerting.alertmanager.resend=2s",
                        "--set",
                        "alerting.alertmanager.timeout=2s"));
    }

    private Neighbour alertmanager(int people) throws IOException {
        Path config = Files.writeString(folder.resolve("alertmanager.yml"), """
                route:
                  receiver: nobody
                  group_wait: 0s
                  group_interval: 1s
                  repeat_interval: 4h
                  routes:
                    - { receiver: people, matchers: [ alertname="%s" ] }
                receivers:
                  - name: nobody
                  - name: people
                    webhook_configs: [ { url: "http://127.0.0.1:%d/" } ]
                """.formatted(ALERT, people));
        return new Neighbour(
                folder.resolve("alertmanager.log"),
                new ProcessBuilder(
                        "prometheus-alertmanager",
                        "--config.file=" + config,
                        "--storage.path=" + folder.resolve("alertmanager"),
                        "--web.listen-address=127.0.0.1:" + alertmanagerPort,
                        "--cluster.listen-address="));
    }

    private Neighbour prometheus(int port) throws IOException {
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: { scrape_interval: 1s, scrape_timeout: 1s }
                scrape_configs:
                  - job_name: hallwatt
                    static_configs: [ { targets: ["127.0.0.1:%d"] } ]
                """.formatted(page));
        return new Neighbour(
                folder.resolve("prometheus.log"),
                new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port));
    }

    /** Whom Alertmanager notifies. */
    private HttpServer people() throws IOException {
        HttpServer people = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        people.createContext("/", exchange -> {
            try (exchange) {
                for (JsonNode alert :
                        JSON.readTree(exchange.getRequestBody().readAllBytes()).at("/alerts")) {
                    messages.add(new Message(
                            alert.at("/status").asText(),
                            alert.at("/labels/rack").asText(),
                            Instant.parse(alert.at("/startsAt").asText()),
                            Instant.parse(alert.at("/endsAt").asText())));
                }
                exchange.sendResponseHeaders(200, -1);
            }
        });
        people.start();
        open.add(() -> people.stop(0));
        return people;
    }

    private <T extends AutoCloseable> T opened(T each) {
        open.add(each);
        return each;
    }

    private static void until(Neighbour demo, ThrowingRunnable holds) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(demo.runs()).as(demo.log()).isTrue();
            holds.run();
        });
    }
}
