package io.hallwatt.alerting.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hallwatt.alerting.TestBroker;
import io.hallwatt.alerting.links.Links;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.config.Secret;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Topic;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** From the topic to receivers, on a real broker; each test has a topic of its own. */
class WebhooksIT {
    private static final Secret SECRET = new Secret("geheim");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static TestBroker broker;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicBoolean behind = new AtomicBoolean();
    /** The transitions' event time is the day on which the test's site lives. */
    private InstantSource clock = InstantSource.fixed(Transitions.SINCE);

    private KafkaSettings kafka;
    private KafkaProducer<String, byte[]> producer;
    private StubReceiver receiver;

    @BeforeAll
    static void start() throws Exception {
        broker = new TestBroker(folder.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void open(TestInfo test) throws Exception {
        String prefix = "t%08x.".formatted(test.getDisplayName().hashCode());
        kafka = new KafkaSettings(broker.bootstrapServers(), prefix, Map.of());
        try (Admin admin = Admin.create(kafka.client(KafkaSettings.Kind.ADMIN))) {
            admin.createTopics(List.of(new NewTopic(Topic.ALERTS.name(prefix), 1, (short) 1)
                            .configs(Map.of("retention.ms", "-1"))))
                    .all()
                    .get();
        }
        producer = new KafkaProducer<>(
                kafka.client(KafkaSettings.Kind.PRODUCER), new StringSerializer(), new ByteArraySerializer());
        receiver = new StubReceiver();
    }

    @AfterEach
    void close() {
        receiver.close();
        producer.close();
    }

    @Test
    void beginning_and_end_arrive_in_order_signed_and_nothing_else() throws Exception {
        try (Webhooks webhooks = webhooks(Map.of("ops", hook(receiver)))) {
            webhooks.start();
            put(Transitions.of("r001", AlertState.INACTIVE, AlertState.PENDING, Transitions.SINCE, null));
            put(Transitions.fires("r001"));
            put(Transitions.of("r001", AlertState.FIRING, AlertState.UNKNOWN, Transitions.SINCE.plusSeconds(9)));
            put(Transitions.of("r001", AlertState.UNKNOWN, AlertState.FIRING, Transitions.SINCE.plusSeconds(19)));
            put(Transitions.ends("r001"));
            put(Transitions.of("r002", AlertState.PENDING, AlertState.INACTIVE, Transitions.SINCE, null));
            // Was only pending, then not to be seen: nobody heard that it began.
            put(Transitions.of(
                    "r002", AlertState.UNKNOWN, AlertState.INACTIVE, Transitions.SINCE.plusSeconds(1), null));
            put(Transitions.fires("r003"));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.got).hasSize(3));
        }

        assertThat(receiver.got)
                .extracting(StubReceiver.Got::delivery)
                .containsExactly(
                        DeliveryId.of(Transitions.fires("r001")).toString(),
                        DeliveryId.of(Transitions.ends("r001")).toString(),
                        DeliveryId.of(Transitions.fires("r003")).toString());
        assertThat(receiver.got)
                .allSatisfy(got -> assertThat(got.signature())
                        .isEqualTo(Signature.of(got.body().getBytes(StandardCharsets.UTF_8), SECRET)));
        assertThat(registry.scrape()).contains("hallwatt_webhook_delivered_total{webhook=\"ops\"} 3.0");
    }

    @Test
    void a_receiver_that_is_away_gets_everything_later_under_the_same_ids() throws Exception {
        receiver.status = 503;
        try (Webhooks webhooks = webhooks(Map.of("ops", hook(receiver)))) {
            webhooks.start();
            put(Transitions.fires("r001"));
            put(Transitions.fires("r002"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.got).hasSizeGreaterThanOrEqualTo(2));
            receiver.status = 200;
            int failed = receiver.got.size();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.got).hasSizeGreaterThanOrEqualTo(failed + 2));
        }

        assertThat(receiver.got.subList(0, receiver.got.size() - 1))
                .extracting(StubReceiver.Got::delivery)
                .containsOnly(DeliveryId.of(Transitions.fires("r001")).toString());
        assertThat(receiver.got.getLast().delivery())
                .isEqualTo(DeliveryId.of(Transitions.fires("r002")).toString());
    }

    @Test
    void a_restart_posts_nothing_twice_and_leaves_nothing_out() throws Exception {
        try (Webhooks webhooks = webhooks(Map.of("ops", hook(receiver)))) {
            webhooks.start();
            put(Transitions.fires("r001"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.got).hasSize(1));
        }
        put(Transitions.ends("r001"));

        try (Webhooks webhooks = webhooks(Map.of("ops", hook(receiver)))) {
            webhooks.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.got).hasSize(2));
        }
        assertThat(receiver.got.getLast().delivery())
                .isEqualTo(DeliveryId.of(Transitions.ends("r001")).toString());
    }

    @Test
    void what_is_refused_or_not_accepted_in_time_is_given_up_counted_and_followed_by_the_next() throws Exception {
        receiver.status = 400;
        try (Webhooks webhooks = webhooks(Map.of("ops", hook(receiver)))) {
            webhooks.start();
            put(Transitions.fires("refused"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(registry.scrape())
                            .contains("hallwatt_webhook_given_up_total{webhook=\"ops\"} 1.0"));
            receiver.status = 500;
            put(Transitions.fires("in vain"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(registry.scrape())
                            .contains("hallwatt_webhook_given_up_total{webhook=\"ops\"} 2.0"));
            receiver.status = 200;
            put(Transitions.fires("next"));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(registry.scrape())
                            .contains("hallwatt_webhook_delivered_total{webhook=\"ops\"} 1.0"));
        }
    }

    @Test
    void one_that_does_not_answer_delays_no_other() throws Exception {
        try (StubReceiver stuck = new StubReceiver();
                Webhooks webhooks = webhooks(Map.of("ops", hook(receiver), "stuck", hook(stuck)))) {
            stuck.answersAfter = new CountDownLatch(1);
            webhooks.start();
            IntStream.range(0, 20).mapToObj("r%02d"::formatted).forEach(rack -> put(Transitions.fires(rack)));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.got).hasSize(20));
            assertThat(registry.scrape()).contains("hallwatt_webhook_delivered_total{webhook=\"stuck\"} 0.0");
        }
    }

    @Test
    void what_began_and_ended_while_nobody_posted_is_told_to_nobody_what_fires_still_is() throws Exception {
        try (Webhooks webhooks = webhooks(Map.of("ops", hook(receiver)))) {
            webhooks.start();
            put(Transitions.fires("r000"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.got).hasSize(1));
        }
        put(Transitions.fires("r001"));
        put(Transitions.ends("r001"));
        put(Transitions.fires("r002"));
        put(Transitions.ends("r000"));
        clock = InstantSource.fixed(Transitions.SINCE.plus(Duration.ofHours(1)));

        try (Webhooks webhooks = webhooks(Map.of("ops", hook(receiver)))) {
            webhooks.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.got).hasSize(3));
        }

        assertThat(receiver.got.subList(1, 3))
                .extracting(StubReceiver.Got::delivery)
                .containsExactly(
                        DeliveryId.of(Transitions.ends("r000")).toString(),
                        DeliveryId.of(Transitions.fires("r002")).toString());
        assertThat(registry.scrape()).contains("hallwatt_webhook_outdated_total{webhook=\"ops\"} 2.0");
    }

    @Test
    void what_is_kept_back_while_rules_are_held_against_the_past_is_read_again_by_the_next_start() throws Exception {
        try (Webhooks webhooks = webhooks(Map.of("ops", hook(receiver)))) {
            webhooks.start();
            put(Transitions.fires("r000"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.got).hasSize(1));
        }
        clock = InstantSource.fixed(Transitions.SINCE.plus(Duration.ofHours(1)));
        behind.set(true);

        try (Webhooks webhooks = webhooks(Map.of("ops", hook(receiver)))) {
            webhooks.start();
            put(Transitions.fires("r001"));
            put(Transitions.fires("r002"));
            put(Transitions.ends("r001"));
            put(Transitions.ends("r000"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.got).hasSize(2));
        }
        behind.set(false);
        try (Webhooks webhooks = webhooks(Map.of("ops", hook(receiver)))) {
            webhooks.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.got)
                            .extracting(StubReceiver.Got::delivery)
                            .contains(DeliveryId.of(Transitions.fires("r002")).toString()));
        }

        assertThat(receiver.got)
                .extracting(StubReceiver.Got::delivery)
                .doesNotContain(
                        DeliveryId.of(Transitions.fires("r001")).toString(),
                        DeliveryId.of(Transitions.ends("r001")).toString());
    }

    @Test
    void who_is_told_all_hears_of_no_firing_that_was_over_and_of_the_end_of_what_was_pending() throws Exception {
        AlertTransition pending =
                Transitions.of("r001", AlertState.INACTIVE, AlertState.PENDING, Transitions.SINCE, null);
        try (Webhooks webhooks = webhooks(Map.of("ops", hook(receiver, WebhookConfig.Tell.ALL)))) {
            webhooks.start();
            put(pending);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.got).hasSize(1));
        }
        put(Transitions.fires("r001"));
        put(Transitions.of("r001", AlertState.FIRING, AlertState.UNKNOWN, Transitions.SINCE.plusSeconds(9)));
        put(Transitions.ends("r001"));
        put(Transitions.of("r002", AlertState.INACTIVE, AlertState.PENDING, Transitions.SINCE, null));
        put(Transitions.fires("r002"));
        put(Transitions.ends("r002"));
        put(Transitions.fires("r003"));
        clock = InstantSource.fixed(Transitions.SINCE.plus(Duration.ofHours(1)));

        try (Webhooks webhooks = webhooks(Map.of("ops", hook(receiver, WebhookConfig.Tell.ALL)))) {
            webhooks.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.got)
                            .extracting(StubReceiver.Got::delivery)
                            .contains(DeliveryId.of(Transitions.fires("r003")).toString()));
        }

        assertThat(receiver.got)
                .extracting(StubReceiver.Got::delivery)
                .containsExactly(
                        DeliveryId.of(pending).toString(),
                        DeliveryId.of(Transitions.ends("r001")).toString(),
                        DeliveryId.of(Transitions.fires("r003")).toString());
        assertThat(registry.scrape()).contains("hallwatt_webhook_outdated_total{webhook=\"ops\"} 5.0");
    }

    @Test
    void a_webhook_without_url_or_secret_is_refused_with_what_to_give() {
        WebhookConfig bare = WebhookConfig.DEFAULTS;
        WebhookConfig unsigned = new WebhookConfig(
                receiver.url(), Secret.NONE, bare.tell(), true, bare.timeout(), bare.giveUpAfter(), null);

        assertThatThrownBy(() -> webhooks(Map.of("a", bare, "on-call", unsigned)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("alerting.webhooks.a: url is missing")
                .hasMessageContaining("HALLWATT_ALERTING_WEBHOOKS_ON_CALL_SECRET");
    }

    private Webhooks webhooks(Map<String, WebhookConfig> configs) {
        return new Webhooks(configs, Links.NONE, kafka, behind::get, registry, clock);
    }

    private static WebhookConfig hook(StubReceiver receiver) {
        return hook(receiver, WebhookConfig.Tell.ENDS);
    }

    private static WebhookConfig hook(StubReceiver receiver, WebhookConfig.Tell tell) {
        return new WebhookConfig(
                receiver.url(), SECRET, tell, true, Duration.ofSeconds(5), Duration.ofSeconds(6), null);
    }

    private void put(AlertTransition transition) {
        Instant at = transition.at();
        Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(
                Topic.ALERTS.name(kafka.topicPrefix()),
                null,
                at.toEpochMilli(),
                transition.fingerprint(),
                Codecs.ALERT_TRANSITION.write(transition)));
        producer.flush();
        assertThat(sent).isDone();
    }
}
