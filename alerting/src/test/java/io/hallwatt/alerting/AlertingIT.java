package io.hallwatt.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hallwatt.alerting.evaluate.Windows;
import io.hallwatt.alerting.reload.RuleFiles;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.Topic;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage on a real broker. */
class AlertingIT {
    private static final String RULES =
            "groups: [{name: g, rules: [{alert: Hot, expr: hallwatt_rack_inlet_max_celsius > 27, for: 2s}]}]";

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private @Nullable Instant firstAt;

    @Test
    void a_process_that_starts_again_forgets_nothing_and_tells_nothing_twice() throws Exception {
        try (TestBroker broker = new TestBroker(folder.resolve("kafka"))) {
            KafkaSettings kafka = KafkaSettings.at(broker.bootstrapServers());
            broker.createTopics();
            try (KafkaProducer<String, byte[]> windows = new KafkaProducer<>(
                            kafka.client(KafkaSettings.Kind.PRODUCER),
                            new StringSerializer(),
                            new ByteArraySerializer());
                    KafkaConsumer<String, byte[]> alerts = consumer(kafka)) {
                PrometheusMeterRegistry first = registry();
                try (Alerting alerting = alerting(kafka, first, "first")) {
                    alerting.start();
                    await().atMost(Duration.ofSeconds(60)).until(alerting::ready);
                    windows.send(window(0, 28)).get();
                    windows.send(window(1, 28)).get();
                    await().atMost(Duration.ofSeconds(30))
                            .untilAsserted(() -> assertThat(read(alerts)).containsExactly("INACTIVE>PENDING"));
                    assertThat(first.scrape()).contains("hallwatt_alerts{alertname=\"Hot\",alertstate=\"pending\"");
                }
                assertThat(first.scrape()).doesNotContain("hallwatt_alerts{");

                PrometheusMeterRegistry second = registry();
                try (Alerting alerting = alerting(kafka, second, "second")) {
                    alerting.start();
                    await().atMost(Duration.ofSeconds(60)).until(alerting::ready);
                    await().atMost(Duration.ofSeconds(30))
                            .untilAsserted(() -> assertThat(second.scrape())
                                    .contains("hallwatt_alerts{alertname=\"Hot\",alertstate=\"pending\""));
                    windows.send(window(1, 28)).get();
                    windows.send(window(2, 28)).get();
                    windows.send(window(3, 20)).get();
                    await().atMost(Duration.ofSeconds(30))
                            .untilAsserted(() -> assertThat(read(alerts))
                                    .containsExactly("INACTIVE>PENDING", "PENDING>FIRING", "FIRING>INACTIVE"));
                }
            }
        }
    }

    @Test
    void a_process_that_starts_again_knows_what_its_ranges_look_back_to() throws Exception {
        String rules =
                "groups: [{name: g, rules: [{alert: Hot, expr: 'min_over_time(hallwatt_rack_inlet_max_celsius[4s]) > 27'}]}]";
        try (TestBroker broker = new TestBroker(folder.resolve("kafka"))) {
            KafkaSettings kafka = KafkaSettings.at(broker.bootstrapServers());
            broker.createTopics();
            try (KafkaProducer<String, byte[]> windows = new KafkaProducer<>(
                            kafka.client(KafkaSettings.Kind.PRODUCER),
                            new StringSerializer(),
                            new ByteArraySerializer());
                    KafkaConsumer<String, byte[]> alerts = consumer(kafka)) {
                PrometheusMeterRegistry first = registry();
                try (Alerting alerting = alerting(kafka, rules, first, "it", "first")) {
                    alerting.start();
                    windows.send(window(0, 20)).get();
                    windows.send(window(1, 28)).get();
                    windows.send(window(2, 28)).get();
                    await().atMost(Duration.ofSeconds(60))
                            .untilAsserted(() -> assertThat(first.scrape())
                                    .contains("hallwatt_alert_windows_total{result=\"evaluated\",scope=\"rack\"} 3.0"));
                }

                try (Alerting alerting = alerting(kafka, rules, registry(), "it", "second")) {
                    alerting.start();
                    windows.send(window(3, 28)).get(); // (0 s, 4 s] still has the 20 °C that only the first process saw
                    windows.send(window(4, 28)).get();
                    await().atMost(Duration.ofSeconds(60))
                            .untilAsserted(() -> assertThat(read(alerts)).containsExactly("INACTIVE>FIRING"));
                    assertThat(firstAt).isEqualTo(Windows.START.plusSeconds(5));
                }
            }
        }
    }

    @Test
    void a_rule_file_that_changes_is_taken_up_and_a_bad_one_is_refused_whole_while_it_runs() throws Exception {
        Path file = Files.writeString(folder.resolve("rules.yaml"), RULES.replace("> 27", "> 40"));
        try (TestBroker broker = new TestBroker(folder.resolve("kafka"))) {
            KafkaSettings kafka = KafkaSettings.at(broker.bootstrapServers());
            broker.createTopics();
            PrometheusMeterRegistry registry = registry();
            try (KafkaProducer<String, byte[]> windows = new KafkaProducer<>(
                            kafka.client(KafkaSettings.Kind.PRODUCER),
                            new StringSerializer(),
                            new ByteArraySerializer());
                    KafkaConsumer<String, byte[]> alerts = consumer(kafka);
                    Alerting alerting = new Alerting(
                            config("it", "state"),
                            new RuleFiles(List.of(folder + "/*.yaml"), null),
                            kafka,
                            registry,
                            InstantSource.system())) {
                alerting.start();
                await().atMost(Duration.ofSeconds(60)).until(alerting::ready);
                windows.send(window(0, 28)).get();
                await().untilAsserted(() -> assertThat(registry.scrape())
                        .contains("hallwatt_alert_windows_total{result=\"evaluated\",scope=\"rack\"} 1"));

                Files.writeString(file, RULES.replace("> 27", "> x"));
                await().untilAsserted(() ->
                        assertThat(registry.scrape()).contains("hallwatt_rules_last_reload_successful 0"));
                windows.send(window(1, 28)).get();
                await().untilAsserted(() -> assertThat(registry.scrape())
                        .contains("hallwatt_alert_windows_total{result=\"evaluated\",scope=\"rack\"} 2"));
                assertThat(read(alerts)).isEmpty();
                assertThat(alerting.reload()).singleElement().asString().startsWith(file + ":1:");

                Files.writeString(file, RULES);
                await().untilAsserted(() ->
                        assertThat(registry.scrape()).contains("hallwatt_rules_last_reload_successful 1"));
                windows.send(window(2, 28)).get();
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(read(alerts)).containsExactly("INACTIVE>PENDING"));
            }
        }
    }

    @Test
    void two_processes_show_each_its_share_and_the_one_that_stays_goes_on_with_all() throws Exception {
        try (TestBroker broker = new TestBroker(folder.resolve("kafka"))) {
            KafkaSettings kafka = KafkaSettings.at(broker.bootstrapServers());
            broker.createTopics();
            PrometheusMeterRegistry first = registry();
            PrometheusMeterRegistry second = registry();
            try (KafkaProducer<String, byte[]> windows = new KafkaProducer<>(
                            kafka.client(KafkaSettings.Kind.PRODUCER),
                            new StringSerializer(),
                            new ByteArraySerializer());
                    KafkaConsumer<String, byte[]> alerts = consumer(kafka);
                    Alerting stays = alerting(kafka, first, "stays", "first")) {
                stays.start();
                await().atMost(Duration.ofSeconds(60)).until(stays::ready);
                try (Alerting leaves = alerting(kafka, second, "leaves", "second")) {
                    leaves.start();
                    await().atMost(Duration.ofSeconds(60)).until(() -> leaves.ready() && stays.ready());
                    for (int hall = 0; hall < 2; hall++) {
                        windows.send(window(hall, 0, 28)).get();
                    }
                    await().atMost(Duration.ofSeconds(30))
                            .untilAsserted(() -> assertThat(read(alerts)).hasSize(2));
                    await().untilAsserted(() ->
                            assertThat(List.of(shown(first), shown(second))).containsExactlyInAnyOrder(1L, 1L));
                }
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(shown(first)).isEqualTo(2));
                assertThat(shown(second)).isZero();
                for (int hall = 0; hall < 2; hall++) {
                    windows.send(window(hall, 1, 28)).get();
                    windows.send(window(hall, 2, 28)).get();
                }
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(read(alerts))
                                .containsExactlyInAnyOrder(
                                        "INACTIVE>PENDING", "INACTIVE>PENDING", "PENDING>FIRING", "PENDING>FIRING"));
            }
        }
    }

    private static long shown(PrometheusMeterRegistry registry) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith("hallwatt_alerts{"))
                .count();
    }

    /** Of the hall whose windows go to the partition of that number. */
    private static ProducerRecord<String, byte[]> window(int hall, int number, double celsius) {
        RackFrame of = Windows.racks(number, Metric.RACK_INLET, "", celsius);
        RackFrame frame =
                new RackFrame(of.site(), new HallId("h0" + hall), of.window(), of.revision(), of.racks(), of.columns());
        return new ProducerRecord<>(
                Topic.METRICS_RACK_1S.name(KafkaSettings.DEFAULT_PREFIX),
                hall,
                frame.window().end().toEpochMilli(),
                "s1/h0" + hall,
                Codecs.RACK_FRAME.write(frame));
    }

    private Alerting alerting(KafkaSettings kafka, PrometheusMeterRegistry registry, String state) {
        return alerting(kafka, registry, "it", state);
    }

    private Alerting alerting(KafkaSettings kafka, PrometheusMeterRegistry registry, String instance, String state) {
        return alerting(kafka, RULES, registry, instance, state);
    }

    private Alerting alerting(
            KafkaSettings kafka, String rules, PrometheusMeterRegistry registry, String instance, String state) {
        return new Alerting(
                config(instance, state), () -> Map.of("rules.yaml", rules), kafka, registry, InstantSource.system());
    }

    /** Looks at its rules all the time. */
    private AlertingConfig config(String instance, String state) {
        AlertingConfig defaults = AlertingConfig.DEFAULTS;
        return new AlertingConfig(
                instance,
                folder.resolve(state),
                defaults.threads(),
                defaults.commitInterval(),
                defaults.staleAfter(),
                defaults.rackSeries(),
                Duration.ofMillis(50),
                defaults.rulesPage(),
                defaults.flapFirings(),
                defaults.flapWithin(),
                defaults.externalUrl(),
                defaults.runbooksUrl(),
                defaults.alertmanager(),
                defaults.webhooks());
    }

    private static PrometheusMeterRegistry registry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    private static KafkaConsumer<String, byte[]> consumer(KafkaSettings kafka) {
        Map<String, Object> properties = kafka.client(KafkaSettings.Kind.CONSUMER);
        properties.put("group.id", "test");
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "earliest");
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topic.ALERTS.name(kafka.topicPrefix())));
        return consumer;
    }

    /** All transitions committed so far. */
    private List<String> read(KafkaConsumer<String, byte[]> alerts) throws Malformed {
        for (ConsumerRecord<String, byte[]> record : alerts.poll(Duration.ofMillis(200))) {
            AlertTransition transition = Codecs.ALERT_TRANSITION.read(record.value());
            assertThat(record.key()).isEqualTo(transition.fingerprint());
            firstAt = firstAt == null ? transition.at() : firstAt;
            told.add(transition.from() + ">" + transition.to());
        }
        return told;
    }

    private static ProducerRecord<String, byte[]> window(int number, double celsius) {
        return new ProducerRecord<>(
                Topic.METRICS_RACK_1S.name(KafkaSettings.DEFAULT_PREFIX),
                null,
                Windows.START.plusSeconds(number).toEpochMilli(),
                "s1/h01",
                Codecs.RACK_FRAME.write(Windows.racks(number, Metric.RACK_INLET, "", celsius)));
    }
}
