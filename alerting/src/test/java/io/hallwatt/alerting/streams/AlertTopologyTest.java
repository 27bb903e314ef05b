package io.hallwatt.alerting.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.evaluate.AlertAudience;
import io.hallwatt.alerting.evaluate.Windows;
import io.hallwatt.alerting.prometheus.Exposition;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.AshraeClass;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertTopologyTest {
    private static final RuleSet RULES = RuleSet.read("rules.yaml", """
            groups:
            - name: g
              rules:
              - alert: RackHot
                expr: hallwatt_rack_inlet_max_celsius > 27
                for: 1s
              - alert: HallLoad
                expr: hallwatt_hall_it_power_watts > 100
              - alert: HallEnergy
                expr: hallwatt_hall_it_energy_joules > 0
              - alert: Pue
                expr: hallwatt_site_pue_ratio > 2
              - alert: Watchdog
                expr: vector(1)
            """);

    private static final Past NO_PAST = (topic, partition, from, reader) -> 0;

    @TempDir
    Path folder;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final InstantSource clock = InstantSource.fixed(Windows.START.plusSeconds(5));
    private final AtomicReference<RuleSet> rules = new AtomicReference<>(RULES);
    private TopologyTestDriver driver;
    private TestOutputTopic<String, byte[]> alerts;

    @BeforeEach
    void start() {
        start(registry);
    }

    private void start(PrometheusMeterRegistry shown) {
        Properties properties =
                AlertStreams.properties(AlertingConfig.DEFAULTS.with(folder), KafkaSettings.at("localhost:1"));
        Exposition exposition = new Exposition(shown, RULES, false, Duration.ofSeconds(10), clock);
        driver = new TopologyTestDriver(
                AlertTopology.of(rules::get, "hallwatt.", NO_PAST, exposition, AlertAudience.NOBODY), properties);
        alerts = driver.createOutputTopic("hallwatt.alerts", new StringDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void new_rules_are_taken_up_between_two_windows_and_the_old_ones_alerts_go_on_or_end() {
        put(Topic.METRICS_HALL_1S, "s1/h01", hall(0));
        assertThat(told()).containsExactly("HallLoad FIRING");

        rules.set(RuleSet.read("rules.yaml", """
                groups:
                - name: g
                  rules:
                  - {alert: HallLoad, expr: hallwatt_hall_it_power_watts > 50}
                  - {alert: HallBusy, expr: hallwatt_hall_it_power_watts > 10}
                """));
        put(Topic.METRICS_HALL_1S, "s1/h01", hall(1));
        assertThat(told()).containsExactly("HallBusy FIRING");

        rules.set(RuleSet.read("rules.yaml", """
                groups:
                - name: g
                  rules:
                  - {alert: HallBusy, expr: hallwatt_hall_it_power_watts > 10}
                """));
        put(Topic.METRICS_HALL_1S, "s1/h01", hall(2));
        assertThat(told()).containsExactly("HallLoad INACTIVE");
    }

    @Test
    void the_alerts_of_a_hall_that_leaves_the_site_model_end_and_those_of_the_others_go_on() {
        put(Topic.METRICS_HALL_1S, "s1/h01", hall(0));
        assertThat(told()).containsExactly("HallLoad FIRING");

        driver.advanceWallClockTime(Duration.ofSeconds(10)); // no model yet: nobody has left
        assertThat(told()).isEmpty();
        put(Topic.SITE, "s1", site("h01", "h02"));
        driver.advanceWallClockTime(Duration.ofSeconds(10));
        assertThat(told()).isEmpty();

        put(Topic.SITE, "s1", site("h02"));
        driver.advanceWallClockTime(Duration.ofSeconds(10));
        AlertTransition end = read(alerts.readRecord());
        assertThat(end.to()).isEqualTo(AlertState.INACTIVE);
        assertThat(end.at()).isEqualTo(Windows.START.plusSeconds(1));
        assertThat(end.annotations())
                .containsEntry("ended", "Without a measured recovery: it is no longer in the site model");
        assertThat(registry.scrape()).doesNotContain("hallwatt_alerts{");

        driver.advanceWallClockTime(Duration.ofSeconds(10));
        assertThat(told()).isEmpty();
    }

    private static byte[] site(String... halls) {
        List<Hall> models = Arrays.stream(halls)
                .map(id -> new Hall(new HallId(id), 1_000, AshraeClass.A1, List.of(), List.of()))
                .toList();
        return Codecs.SITE.write(new Site(new SiteId("s1"), "Site", ZoneId.of("UTC"), 0, 0, models, List.of()));
    }

    private List<String> told() {
        return alerts.readRecordsToList().stream()
                .map(record -> read(record).rule() + " " + read(record).to())
                .toList();
    }

    @Test
    void windows_of_every_topic_reach_their_rules_and_transitions_go_out_by_fingerprint() {
        for (int i = 0; i < 2; i++) {
            put(
                    Topic.METRICS_RACK_1S,
                    "s1/h01",
                    Codecs.RACK_FRAME.write(Windows.racks(i, Metric.RACK_INLET, "", 20, 30)));
        }
        put(Topic.METRICS_HALL_1S, "s1/h01", hall(Resolution.SECOND, Metric.HALL_IT_POWER));
        put(Topic.METRICS_HALL_1M, "s1/h01", hall(Resolution.MINUTE, Metric.HALL_IT_ENERGY));
        put(Topic.METRICS_SITE_1S, "s1", site(Resolution.SECOND));
        put(Topic.METRICS_SITE_1M, "s1", site(Resolution.MINUTE));

        List<TestRecord<String, byte[]>> records = alerts.readRecordsToList();
        assertThat(records)
                .extracting(record -> {
                    AlertTransition told = read(record);
                    assertThat(record.key()).isEqualTo(told.fingerprint());
                    assertThat(record.getRecordTime()).isEqualTo(told.at());
                    assertThat(record.headers()
                                    .lastHeader(Headers.NEWEST_READING)
                                    .value())
                            .asString()
                            .isEqualTo("123");
                    assertThat(record.headers().toArray()).hasSize(1);
                    return told.rule() + " " + told.to();
                })
                .containsExactly(
                        "RackHot PENDING",
                        "RackHot FIRING",
                        "HallLoad FIRING",
                        "HallEnergy FIRING",
                        "Watchdog FIRING",
                        "Pue FIRING");
    }

    @Test
    void what_is_no_window_is_passed_over_and_counted() {
        put(Topic.METRICS_HALL_1S, "s1/h01", "{".getBytes(StandardCharsets.UTF_8));
        put(Topic.METRICS_HALL_1S, "s1/h01", hall(Resolution.SECOND, Metric.HALL_IT_POWER));

        assertThat(alerts.readRecordsToList()).hasSize(1);
        assertThat(registry.scrape()).contains("hallwatt_alert_unreadable_windows_total 1.0");
    }

    @Test
    void the_store_has_what_a_restart_needs() {
        put(Topic.METRICS_RACK_1S, "s1/h01", Codecs.RACK_FRAME.write(Windows.racks(0, Metric.RACK_INLET, "", 20, 30)));
        alerts.readRecordsToList();

        AlertStore restored = new AlertStore(driver.getKeyValueStore(AlertTopology.HALL_ALERTS));

        assertThat(restored.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.labels()).containsEntry("rack", "r002");
            assertThat(alert.standing().state()).isEqualTo(AlertState.PENDING);
            assertThat(alert.standing().since()).isEqualTo(Windows.START.plusSeconds(1));
        });
        assertThat(restored.evaluatedTo(io.hallwatt.contract.catalogue.Scope.RACK, Resolution.SECOND, "s1/h01"))
                .isEqualTo(Windows.START.plusSeconds(1));
    }

    @Test
    void the_exposition_follows_alerts_and_windows() {
        put(Topic.METRICS_SITE_1S, "s1", site(Resolution.SECOND));
        put(Topic.METRICS_RACK_1S, "s1/h01", Codecs.RACK_FRAME.write(Windows.racks(0, Metric.RACK_INLET, "", 20, 30)));
        put(Topic.METRICS_HALL_1S, "s1/h01", hall(Resolution.SECOND, Metric.HALL_IT_POWER));
        assertThat(lines("hallwatt_alerts{", "hallwatt_hall_it_power_watts{"))
                .containsExactly(
                        "hallwatt_alerts{alertname=\"HallLoad\",alertstate=\"firing\",hall=\"h01\",severity=\"warning\",site=\"s1\",source=\"hallwatt\"} 1.0",
                        "hallwatt_alerts{alertname=\"RackHot\",alertstate=\"pending\",hall=\"h01\",rack=\"r002\",severity=\"warning\",site=\"s1\",source=\"hallwatt\"} 1.0",
                        "hallwatt_alerts{alertname=\"Watchdog\",alertstate=\"firing\",severity=\"warning\",site=\"s1\",source=\"hallwatt\"} 1.0",
                        "hallwatt_hall_it_power_watts{hall=\"h01\",site=\"s1\"} 101.0");

        put(Topic.METRICS_RACK_1S, "s1/h01", Codecs.RACK_FRAME.write(Windows.racks(1, Metric.RACK_INLET, "", 20, 20)));
        assertThat(lines("hallwatt_alerts{alertname=\"RackHot\"")).isEmpty();
        assertThat(lines("hallwatt_alert_transitions_total{alertname=\"RackHot\""))
                .contains("hallwatt_alert_transitions_total{alertname=\"RackHot\",to=\"inactive\"} 1.0");
    }

    @Test
    void a_task_that_goes_takes_its_series_with_it() {
        put(Topic.METRICS_HALL_1S, "s1/h01", hall(Resolution.SECOND, Metric.HALL_IT_POWER));
        assertThat(lines("hallwatt_alerts{", "hallwatt_hall_it_power_watts{")).hasSize(2);

        stop();
        start(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));

        assertThat(lines("hallwatt_alerts{", "hallwatt_hall_it_power_watts{")).isEmpty();
    }

    private List<String> lines(String... starts) {
        List<String> lines = new ArrayList<>();
        registry.scrape().lines().forEach(line -> {
            for (String start : starts) {
                if (line.startsWith(start)) {
                    lines.add(line);
                }
            }
        });
        return lines.stream().sorted().toList();
    }

    private static byte[] hall(Resolution resolution, Metric metric) {
        return Codecs.HALL_METRICS.write(Windows.hall(
                resolution, 0, Quantities.builder().put(metric, 101).build()));
    }

    private static byte[] hall(int number) {
        return Codecs.HALL_METRICS.write(Windows.hall(
                Resolution.SECOND,
                number,
                Quantities.builder().put(Metric.HALL_IT_POWER, 101).build()));
    }

    private static byte[] site(Resolution resolution) {
        return Codecs.SITE_METRICS.write(Windows.site(
                resolution, 0, Quantities.builder().put(Metric.SITE_PUE, 3).build()));
    }

    private void put(Topic topic, String key, byte[] value) {
        TestInputTopic<String, byte[]> input =
                driver.createInputTopic(topic.name("hallwatt."), new StringSerializer(), new ByteArraySerializer());
        RecordHeaders headers = new RecordHeaders();
        headers.add(Headers.NEWEST_READING, "123".getBytes(StandardCharsets.UTF_8));
        headers.add("other", new byte[0]);
        input.pipeInput(new TestRecord<>(key, value, headers, Windows.START));
    }

    private static AlertTransition read(TestRecord<String, byte[]> record) {
        try {
            return Codecs.ALERT_TRANSITION.read(record.value());
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }
}
