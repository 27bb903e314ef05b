package io.hallwatt.alerting.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.evaluate.AlertAudience;
import io.hallwatt.alerting.evaluate.Windows;
import io.hallwatt.alerting.prometheus.Exposition;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Headers;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.Topic;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rack's window that comes before its hall's, in a task that may be taken up elsewhere at any time. */
class RuleProcessorTest {
    private static final RuleSet RULES = RuleSet.read("rules.yaml", """
            groups:
            - name: silence
              rules:
              - {alert: HallSilent, expr: hallwatt_hall_racks_reporting == 0}
              - {alert: RackSilent, expr: hallwatt_rack_completeness_ratio == 0, for: 3s, parent: HallSilent}
            """);

    private static final Map<String, WindowTopic> TOPICS = Map.of(
            Topic.METRICS_RACK_1S.name("hallwatt."), WindowTopic.racks(Resolution.SECOND),
            Topic.METRICS_HALL_1S.name("hallwatt."), WindowTopic.halls(Resolution.SECOND));

    @TempDir
    Path folder;

    private final InstantSource clock = InstantSource.fixed(Windows.START.plusSeconds(60));
    private MockProcessorContext<String, byte[]> context;
    private RuleProcessor processor;

    @BeforeEach
    void start() {
        context = new MockProcessorContext<>(
                AlertStreams.properties(AlertingConfig.DEFAULTS.with(folder), KafkaSettings.at("localhost:1")),
                new TaskId(0, 0),
                folder.toFile());
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(AlertTopology.HALL_ALERTS), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.setCurrentSystemTimeMs(0);
        processor = processor();
    }

    private RuleProcessor processor() {
        Exposition exposition = new Exposition(
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), RULES, false, Duration.ofSeconds(10), clock);
        RuleProcessor taken = new RuleProcessor(
                () -> RULES,
                TOPICS,
                new Priming((topic, partition, from, reader) -> 0),
                exposition,
                AlertAudience.NOBODY,
                AlertTopology.HALL_ALERTS);
        taken.init(context);
        return taken;
    }

    @Test
    void a_window_that_waits_for_its_turn_outlives_a_restart() {
        racks(0);
        assertThat(told()).isEmpty();

        processor = processor();
        hall(0);

        assertThat(told()).containsExactly("HallSilent FIRING of 00", "RackSilent SUPPRESSED of r0");
        processor = processor();
        hall(1);
        racks(1);
        assertThat(told()).as("it was taken once").isEmpty();
    }

    @Test
    void a_companion_that_does_not_come_is_not_waited_for_long() {
        racks(0);

        pass(9_000);
        assertThat(told()).isEmpty();
        pass(10_000);

        assertThat(told()).containsExactly("RackSilent PENDING of r0");
        assertThat(new AlertStore(context.getStateStore(AlertTopology.HALL_ALERTS)).waiting())
                .isEmpty();
    }

    private void pass(long millis) {
        context.setCurrentSystemTimeMs(millis);
        context.scheduledPunctuators().stream()
                .filter(timer -> timer.getInterval().equals(Duration.ofSeconds(1)))
                .forEach(timer -> timer.getPunctuator().punctuate(millis));
    }

    private void racks(int number) {
        put(
                Topic.METRICS_RACK_1S,
                Codecs.RACK_FRAME.write(Windows.racks(number, Metric.RACK_COMPLETENESS, "", 0)),
                "r" + number);
    }

    private void hall(int number) {
        put(
                Topic.METRICS_HALL_1S,
                Codecs.HALL_METRICS.write(Windows.hall(
                        Resolution.SECOND,
                        number,
                        Quantities.builder().put(Metric.HALL_RACKS_REPORTING, 0).build())),
                "0" + number);
    }

    private void put(Topic topic, byte[] value, String newestReading) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Headers.NEWEST_READING, newestReading.getBytes(StandardCharsets.UTF_8));
        context.setRecordMetadata(topic.name("hallwatt."), 0, 0);
        processor.process(new Record<>("s1/h01", value, 0, headers));
    }

    /** And of which reading the record's header says that it is the newest. */
    private List<String> told() {
        List<String> told = context.forwarded().stream()
                .map(forwarded -> {
                    var record = forwarded.record();
                    AlertTransition transition = read(record.value());
                    byte[] newest =
                            record.headers().lastHeader(Headers.NEWEST_READING).value();
                    return "%s %s of %s"
                            .formatted(transition.rule(), transition.to(), new String(newest, StandardCharsets.UTF_8));
                })
                .toList();
        context.resetForwards();
        return told;
    }

    private static AlertTransition read(byte[] value) {
        try {
            return Codecs.ALERT_TRANSITION.read(value);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }
}
