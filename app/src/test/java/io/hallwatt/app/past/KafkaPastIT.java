package io.hallwatt.app.past;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.app.Cli;
import io.hallwatt.app.Cli.Outcome;
import io.hallwatt.app.broker.EmbeddedBroker;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Topic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five windows of a hall and an alert that fires, on a broker that runs. */
class KafkaPastIT {
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

    @TempDir
    Path folder;

    private EmbeddedBroker broker;
    private KafkaSettings settings;

    @BeforeEach
    void fill() throws Exception {
        broker = EmbeddedBroker.start(folder);
        settings = KafkaSettings.at(broker.bootstrapServers());
        String windows = Topic.METRICS_HALL_1S.name(settings.topicPrefix());
        String alerts = Topic.ALERTS.name(settings.topicPrefix());
        try (Admin admin = Admin.create(settings.client(KafkaSettings.Kind.ADMIN));
                KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                        settings.client(KafkaSettings.Kind.PRODUCER),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(windows, 1, (short) 1), new NewTopic(alerts, 1, (short) 1)))
                    .all()
                    .get();
            for (int second = 0; second < 5; second++) {
                HallMetrics hall = new HallMetrics(
                        new SiteId("s1"),
                        new HallId("h01"),
                        new Window(NOON.plusSeconds(second), Resolution.SECOND),
                        0,
                        1,
                        Quantities.NONE);
                long end = hall.window().end().toEpochMilli();
                producer.send(new ProducerRecord<>(windows, 0, end, "s1/h01", Codecs.HALL_METRICS.write(hall)))
                        .get();
            }
            producer.send(new ProducerRecord<>(alerts, "0123456789abcdef", Codecs.ALERT_TRANSITION.write(fires())))
                    .get();
        }
    }

    private static AlertTransition fires() {
        return new AlertTransition(
                "0123456789abcdef",
                "Hot",
                new TreeMap<>(Map.of("site", "s1", "hall", "h01")),
                new TreeMap<>(),
                AlertState.INACTIVE,
                AlertState.FIRING,
                NOON.plusSeconds(2),
                NOON.plusSeconds(2),
                9.0,
                5.0);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void windows_are_read_as_far_as_the_stage_has_and_the_log_whole() throws Exception {
        try (Past all = KafkaPast.readBy("alerting", settings)) {
            assertThat(count(all, Topic.METRICS_HALL_1S)).as("nobody has read").isEqualTo(5);
        }
        TopicPartition windows = new TopicPartition(Topic.METRICS_HALL_1S.name(settings.topicPrefix()), 0);
        try (Admin admin = Admin.create(settings.client(KafkaSettings.Kind.ADMIN))) {
            admin.alterConsumerGroupOffsets(
                            settings.topicPrefix() + "alerting", Map.of(windows, new OffsetAndMetadata(3)))
                    .all()
                    .get();
        }

        try (Past read = KafkaPast.readBy("alerting", settings);
                Past whole = new KafkaPast(settings)) {
            assertThat(count(read, Topic.METRICS_HALL_1S)).isEqualTo(3);
            assertThat(count(read, Topic.ALERTS)).isEqualTo(1);
            assertThat(count(whole, Topic.METRICS_HALL_1S)).isEqualTo(5);
            assertThat(whole.newest()).contains(NOON.plusSeconds(5));
        }
    }

    private static int count(Past past, Topic topic) {
        int count = 0;
        for (Iterator<byte[]> sequence : past.sequences(topic, Instant.EPOCH)) {
            for (; sequence.hasNext(); sequence.next()) {
                count++;
            }
        }
        return count;
    }

    @Test
    void a_directory_is_read_while_its_run_goes_on_and_the_alerts_of_a_pipeline_that_stands_still_are_old() {
        Outcome list = Cli.run(Map.of(), "alerts", "list", "--data-dir", folder.toString());

        assertThat(list.exit()).as(list.err()).isZero();
        assertThat(list.out()).containsPattern("2026-01-15T12:00:02Z +3s +firing");
        assertThat(list.err()).contains("The data ends at 2026-01-15T12:00:05Z");
    }
}
