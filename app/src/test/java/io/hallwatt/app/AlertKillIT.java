package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.evaluate.AlertWatcher;
import io.hallwatt.alerting.evaluate.Evaluation;
import io.hallwatt.alerting.evaluate.HeapMemory;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.app.broker.EmbeddedBroker;
import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.app.topics.Topics;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The alerting stage is killed at random moments, again and again, while windows come. What it told in the end is what the rules say of the same windows
 * without any kill: every transition, once. {@code -Dhallwatt.kills=100} kills it more often.
 */
class AlertKillIT {
    private static final Instant START = Instant.parse("2026-01-15T12:00:00Z");
    private static final SiteId SITE = new SiteId("s1");
    private static final List<String> HALLS = List.of("h01", "h02", "h03", "h04", "h05", "h06");
    private static final String RULES = """
            groups:
              - name: g
                rules:
                  - {alert: High, expr: hallwatt_hall_it_power_watts > 60, clear: 50, for: 3s, max_gap: 2s}
                  - {alert: Low, expr: hallwatt_hall_it_power_watts < 20, keep_firing_for: 5s}
                  - {alert: Blind, expr: absent(hallwatt_hall_it_power_watts), for: 1s}
            """;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void every_transition_is_told_once_however_often_the_stage_is_killed() throws Exception {
        int kills = Integer.getInteger("hallwatt.kills", 4);
        long seed = Long.getLong("hallwatt.seed", System.nanoTime());
        System.out.println("AlertKillIT: -Dhallwatt.seed=%d -Dhallwatt.kills=%d".formatted(seed, kills));
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Path rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"))) {
            KafkaSettings kafka = KafkaSettings.at(broker.bootstrapServers());
            layOut(kafka);
            List<HallMetrics> fed;
            try (Feed feed = new Feed(kafka, ~seed)) {
                for (int kill = 0; kill < kills; kill++) {
                    Process stage = stage(kafka, rules, kill);
                    boolean endedByItself = stage.waitFor(random.nextInt(1_500), TimeUnit.MILLISECONDS);
                    assertThat(endedByItself).as(log(kill)).isFalse();
                    stage.destroyForcibly().waitFor();
                }
                fed = feed.end();
            }
            List<AlertTransition> expected = answer(fed);
            Process last = stage(kafka, rules, kills);
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> caughtUp(kafka));
            } finally {
                last.destroy();
                assertThat(last.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }

            List<AlertTransition> told = told(kafka);

            assertThat(expected).hasSizeGreaterThan(20);
            assertThat(told).as("over %d windows", fed.size()).containsExactlyInAnyOrderElementsOf(expected);
            HALLS.forEach(hall -> assertThat(of(hall, told)).isEqualTo(of(hall, expected)));
        }
    }

    /** One hall's, in the order of its log. */
    private static List<AlertTransition> of(String hall, List<AlertTransition> all) {
        Map<String, List<AlertTransition>> byAlert = new HashMap<>();
        all.stream()
                .filter(transition -> hall.equals(transition.labels().get("hall")))
                .forEach(transition -> byAlert.computeIfAbsent(transition.fingerprint(), f -> new ArrayList<>())
                        .add(transition));
        return byAlert.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    private static void layOut(KafkaSettings kafka) {
        try (Admin admin = Admin.create(kafka.client(KafkaSettings.Kind.ADMIN))) {
            Topics topics = new Topics(admin, kafka);
            topics.apply(topics.plan(TopicLayout.DEFAULTS.keepingForever()));
        }
    }

    /** Windows of all halls, a second of event time every 20 ms. */
    private static final class Feed implements AutoCloseable {
        private final List<HallMetrics> fed = new ArrayList<>();
        private final List<Future<RecordMetadata>> sent = new ArrayList<>();
        private final double[] watts = new double[HALLS.size()];
        private final RandomGenerator random;
        private final String topic;
        private final KafkaProducer<String, byte[]> producer;
        private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        private final ScheduledFuture<?> feeding;
        private int second;

        Feed(KafkaSettings kafka, long seed) {
            random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            topic = Topic.METRICS_HALL_1S.name(kafka.topicPrefix());
            producer = new KafkaProducer<>(
                    kafka.client(KafkaSettings.Kind.PRODUCER), new StringSerializer(), new ByteArraySerializer());
            feeding = pace.scheduleAtFixedRate(this::feed, 0, 20, TimeUnit.MILLISECONDS);
        }

        private void feed() {
            for (int i = 0; i < watts.length; i++) {
                watts[i] = Math.clamp(watts[i] + random.nextGaussian() * 12, 0, 80);
                if (random.nextInt(40) > 0) { // else a second of which nothing is said
                    HallMetrics window = window(HALLS.get(i), second, random.nextInt(12) == 0 ? Double.NaN : watts[i]);
                    fed.add(window);
                    sent.add(producer.send(new ProducerRecord<>(
                            topic,
                            null,
                            window.window().end().toEpochMilli(),
                            SITE.text() + "/" + HALLS.get(i),
                            Codecs.HALL_METRICS.write(window))));
                }
            }
            second++;
        }

        /** All of it, once the last is acknowledged. */
        List<HallMetrics> end() throws Exception {
            feeding.cancel(false);
            pace.shutdown();
            assertThat(pace.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
            return fed;
        }

        @Override
        public void close() {
            pace.shutdownNow();
            producer.close();
        }
    }

    private static HallMetrics window(String hall, int second, double watts) {
        Quantities quantities = Double.isNaN(watts)
                ? Quantities.NONE
                : Quantities.builder().put(Metric.HALL_IT_POWER, watts).build();
        Window window = new Window(START.plusSeconds(second), Resolution.SECOND);
        return new HallMetrics(SITE, new HallId(hall), window, 0, 1, quantities);
    }

    /** What the rules say of the windows, told by the engine alone. */
    private static List<AlertTransition> answer(List<HallMetrics> fed) {
        List<AlertTransition> told = new ArrayList<>();
        RuleSet rules = RuleSet.read("rules.yaml", RULES).damped(AlertingConfig.DEFAULTS.flapDamping());
        Evaluation evaluation = new Evaluation(rules, new HeapMemory(), AlertWatcher.NOBODY);
        fed.forEach(window -> evaluation.close(Sight.of(window), told::add));
        return told;
    }

    private Process stage(KafkaSettings kafka, Path rules, int number) throws Exception {
        Path said = folder.resolve(number + ".err");
        Process process = Cli.process(
                        "alerting",
                        "--bootstrap-servers",
                        kafka.bootstrapServers(),
                        "--rules",
                        rules.toString(),
                        "--set",
                        "alerting.state-dir=" + folder.resolve("state"),
                        "--port",
                        "0")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(said.toFile())
                .start();
        URI served = Served.by(process, said);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    assertThat(process.isAlive()).as(log(number)).isTrue();
                    return ready(served);
                });
        return process;
    }

    private String log(int number) throws IOException {
        return Files.readString(folder.resolve(number + ".err"));
    }

    private boolean ready(URI served) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(served.resolve("/health/ready")).build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    private static boolean caughtUp(KafkaSettings kafka) throws Exception {
        try (Admin admin = Admin.create(kafka.client(KafkaSettings.Kind.ADMIN));
                KafkaConsumer<String, byte[]> consumer = consumer(kafka)) {
            List<TopicPartition> windows = partitions(consumer, Topic.METRICS_HALL_1S.name(kafka.topicPrefix()));
            var committed = admin.listConsumerGroupOffsets(kafka.topicPrefix() + "alerting")
                    .partitionsToOffsetAndMetadata()
                    .get();
            return consumer.endOffsets(windows).entrySet().stream()
                    .allMatch(end -> end.getValue() == 0
                            || (committed.get(end.getKey()) != null
                                    && committed.get(end.getKey()).offset() >= end.getValue()));
        }
    }

    /** All that was committed, partition by partition. */
    private static List<AlertTransition> told(KafkaSettings kafka) throws Malformed {
        List<AlertTransition> told = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer(kafka)) {
            List<TopicPartition> alerts = partitions(consumer, Topic.ALERTS.name(kafka.topicPrefix()));
            consumer.assign(alerts);
            consumer.seekToBeginning(alerts);
            Map<TopicPartition, Long> ends = consumer.endOffsets(alerts);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    told.add(Codecs.ALERT_TRANSITION.read(record.value()));
                }
            }
        }
        return told;
    }

    private static KafkaConsumer<String, byte[]> consumer(KafkaSettings kafka) {
        Map<String, Object> properties = kafka.client(KafkaSettings.Kind.CONSUMER);
        properties.put("isolation.level", "read_committed");
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }
}
