package io.hallwatt.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hallwatt.alerting.alertmanager.AlertmanagerConfig;
import io.hallwatt.alerting.evaluate.Windows;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.config.Secret;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Topic;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage on a real broker, telling a real Alertmanager; both are stopped and started while an alert fires, and the way to the broker is cut. */
class AlertmanagerIT {
    private static final String RULES = """
            groups:
            - name: g
              rules:
              - alert: Hot
                expr: hallwatt_rack_inlet_max_celsius > 27
                for: 2s
                annotations: { summary: "{{ $labels.rack }}: {{ $value }}" }
            """;

    @TempDir
    Path folder;

    private final AtomicInteger started = new AtomicInteger();
    /** The next window, near now: an Alertmanager judges ends by its own clock. */
    private int window = (int) Duration.between(Windows.START, Instant.now()).toSeconds() - 60;

    private PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private Cut way;
    private TestBroker broker;
    private KafkaSettings kafka;
    private KafkaProducer<String, byte[]> windows;
    private RealAlertmanager alertmanager;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(RealAlertmanager.installed(), "prometheus-alertmanager is not installed");
        way = new Cut();
        broker = new TestBroker(folder.resolve("kafka"), way);
        kafka = KafkaSettings.at(broker.bootstrapServers());
        broker.createTopics();
        windows = new KafkaProducer<>(
                kafka.client(KafkaSettings.Kind.PRODUCER), new StringSerializer(), new ByteArraySerializer());
        alertmanager = new RealAlertmanager(folder.resolve("alertmanager"));
        alertmanager.start();
    }

    @AfterEach
    void close() throws Exception {
        if (alertmanager != null) {
            alertmanager.close();
            windows.close();
            way.close();
            broker.close();
        }
    }

    @Test
    void an_alert_outlives_both_being_started_again_and_people_are_told_once_of_its_beginning_and_once_of_its_end()
            throws Exception {
        Instant fired;
        Instant ended;
        try (Alerting alerting = alerting()) {
            start(alerting);
            fired = see(28, 28, 28);
            until(() -> assertThat(alertmanager.notified).containsExactly("firing r001"));
            JsonNode alert = alertmanager.alerts().getFirst();
            assertThat(Instant.parse(alert.at("/startsAt").asText())).isEqualTo(fired);
            assertThat(Instant.parse(alert.at("/endsAt").asText()))
                    .isBetween(Instant.now().plusSeconds(50), Instant.now().plusSeconds(60));
            assertThat(alert.at("/annotations/summary").asText()).isEqualTo("r001: 28");
            assertThat(alert.at("/generatorURL").asText()).startsWith("https://hallwatt.example/alerts#");

            Instant updated = Instant.parse(alert.at("/updatedAt").asText());
            until(() -> assertThat(alertmanager.alerts())
                    .singleElement()
                    .satisfies(again -> assertThat(
                                    Instant.parse(again.at("/updatedAt").asText()))
                            .as("sent again")
                            .isAfter(updated)));

            alertmanager.stop();
            alertmanager.start();
            until(() -> assertThat(alertmanager.alerts()).hasSize(1));
        }

        alertmanager.stop();
        try (Alerting alerting = alerting()) {
            start(alerting);
            alertmanager.start();
            until(() -> assertThat(alertmanager.alerts())
                    .singleElement()
                    .satisfies(alert -> assertThat(
                                    Instant.parse(alert.at("/startsAt").asText()))
                            .isEqualTo(fired)));

            ended = see(20);
            until(() -> assertThat(alertmanager.notified).containsExactly("firing r001", "resolved r001"));
            assertThat(ended).isEqualTo(fired.plusSeconds(1));
            see(28, 28, 28);
            until(() ->
                    assertThat(alertmanager.notified).containsExactly("firing r001", "resolved r001", "firing r001"));
        }
    }

    @Test
    void an_end_while_alertmanager_is_away_is_told_after_a_restart_of_the_stage() throws Exception {
        try (Alerting alerting = alerting()) {
            start(alerting);
            see(28, 28, 28);
            until(() -> assertThat(alertmanager.notified).containsExactly("firing r001"));
            alertmanager.stop();
            see(20);
            until(() -> assertThat(registry.scrape()).contains("to=\"inactive\"} 1.0"));
        }

        try (Alerting alerting = alerting()) {
            start(alerting);
            alertmanager.start();

            until(() -> assertThat(alertmanager.notified).containsExactly("firing r001", "resolved r001"));
        }
    }

    @Test
    void an_instance_that_is_cut_off_from_kafka_does_not_tell_again_what_another_has_ended() throws Exception {
        try (Alerting cutOff = alerting("cut-off", distant())) {
            PrometheusMeterRegistry ofCutOff = registry;
            start(cutOff);
            see(28, 28, 28);
            until(() -> assertThat(alertmanager.notified).containsExactly("firing r001"));

            way.cut();
            try (Alerting other = alerting("other", kafka)) {
                PrometheusMeterRegistry ofOther = registry;
                start(other);
                see(20);
                until(() -> assertThat(alertmanager.notified).containsExactly("firing r001", "resolved r001"));
                awaitTellings(10, ofOther);
                assertThat(alertmanager.notified).containsExactly("firing r001", "resolved r001");
                assertThat(ofCutOff.scrape())
                        .contains("hallwatt_alert_membership 0.0", "hallwatt_alert_membership_lapses_total 1.0");

                way.mend();
                until(() -> assertThat(ofCutOff.scrape()).contains("hallwatt_alert_membership 1.0"));
                awaitTellings(3, ofOther, ofCutOff); // whoever has it now
                assertThat(alertmanager.notified).containsExactly("firing r001", "resolved r001");
            }
        }
    }

    @Test
    void what_fires_when_kafka_is_lost_stands_until_somebody_can_tell_more() throws Exception {
        try (Alerting alerting = alerting("cut-off", distant())) {
            start(alerting);
            see(28, 28, 28);
            until(() -> assertThat(alertmanager.notified).containsExactly("firing r001"));

            way.cut();
            until(() -> assertThat(alertmanager.alerts())
                    .singleElement()
                    .satisfies(alert -> assertThat(
                                    Instant.parse(alert.at("/endsAt").asText()))
                            .isAfter(Instant.now().plus(Duration.ofMinutes(55)))));

            way.mend();
            see(20);
            until(() -> assertThat(alertmanager.notified).containsExactly("firing r001", "resolved r001"));
        }
    }

    /** Waits until these have told so many alerts, once more or of their end. */
    private static void awaitTellings(int more, PrometheusMeterRegistry... by) {
        double before = told(by);
        until(() -> assertThat(told(by)).isGreaterThanOrEqualTo(before + more));
    }

    private static double told(PrometheusMeterRegistry... by) {
        return Stream.of(by)
                .mapToDouble(registry ->
                        registry.get("hallwatt.alertmanager.sent").counter().count())
                .sum();
    }

    private KafkaSettings distant() {
        return KafkaSettings.at("127.0.0.1:" + way.port());
    }

    private Alerting alerting() {
        return alerting("it", kafka);
    }

    private Alerting alerting(String instance, KafkaSettings kafka) {
        registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        AlertmanagerConfig telling = new AlertmanagerConfig(
                List.of(alertmanager.url()),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1_000,
                Duration.ofSeconds(2),
                "",
                Secret.NONE,
                Secret.NONE,
                null,
                null,
                null);
        AlertingConfig config = new AlertingConfig(
                instance,
                folder.resolve("state-" + started.incrementAndGet()),
                1,
                Duration.ofMillis(100),
                Duration.ofSeconds(10),
                false,
                Duration.ofSeconds(5),
                true,
                3,
                Duration.ofMinutes(10),
                URI.create("https://hallwatt.example"),
                null,
                telling,
                Map.of());
        return new Alerting(config, () -> Map.of("rules.yaml", RULES), kafka, registry, InstantSource.system());
    }

    private static void start(Alerting alerting) {
        alerting.start();
        await().atMost(Duration.ofSeconds(60)).until(alerting::ready);
    }

    /** Windows that follow each other; the end of the last. */
    private Instant see(double... celsius) throws Exception {
        Instant end = Instant.EPOCH;
        for (double value : celsius) {
            end = Windows.START.plusSeconds(window + 1L);
            windows.send(new ProducerRecord<>(
                            Topic.METRICS_RACK_1S.name(KafkaSettings.DEFAULT_PREFIX),
                            null,
                            end.toEpochMilli(),
                            "s1/h01",
                            Codecs.RACK_FRAME.write(Windows.racks(window, Metric.RACK_INLET, "", value))))
                    .get();
            window++;
        }
        return end;
    }

    private static void until(ThrowingRunnable holds) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(holds);
    }
}
