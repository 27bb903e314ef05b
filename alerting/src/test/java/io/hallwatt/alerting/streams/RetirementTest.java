package io.hallwatt.alerting.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.backtest.Backtest;
import io.hallwatt.alerting.evaluate.AlertAudience;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.evaluate.SiteInventory;
import io.hallwatt.alerting.evaluate.Windows;
import io.hallwatt.alerting.prometheus.Exposition;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.alerting.state.TruthTable;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Feed;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.Topic;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/alert-states.md, "When something leaves the site model", cell by cell, through windows and models. */
class RetirementTest {
    private static final RuleSet RULES = RuleSet.read("rules.yaml", """
            groups:
            - name: g
              rules:
              - {alert: Rack, expr: hallwatt_rack_inlet_max_celsius > 27, on_missing: alert}
              - {alert: RackFeed, expr: hallwatt_rack_feed_load_ratio > 0.8, on_missing: alert}
              - {alert: HallFeed, expr: hallwatt_hall_feed_power_watts * 1 > 1, on_missing: alert}
              - {alert: Unit, expr: hallwatt_hall_cooling_unit_failed == 1, on_missing: alert}
              - {alert: Source, expr: hallwatt_site_supply_power_watts > 1, on_missing: alert}
              - {alert: Hall, expr: hallwatt_hall_it_power_watts > 1, on_missing: alert}
              - {alert: Site, expr: hallwatt_site_it_power_watts > 1, on_missing: alert}
            """);

    private static final Map<String, String> ALERTS = Map.of(
            "a rack", "Rack",
            "a rack's feed", "RackFeed",
            "the last feed of its name in a hall", "HallFeed",
            "a cooling unit", "Unit",
            "a supply source", "Source",
            "a hall", "Hall",
            "a site", "Site");
    private static final Feed FEED = new Feed(100, 240, 3);

    @TempDir
    Path folder;

    private TopologyTestDriver driver;
    private TestOutputTopic<String, byte[]> alerts;
    private final List<Sight> seen = new ArrayList<>();
    private int window;

    @BeforeEach
    void start() {
        Exposition exposition = new Exposition(
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                RULES,
                false,
                Duration.ofSeconds(10),
                InstantSource.fixed(Windows.START.plusSeconds(5)));
        driver = new TopologyTestDriver(
                AlertTopology.of(
                        () -> RULES,
                        "hallwatt.",
                        (topic, partition, from, reader) -> 0,
                        exposition,
                        AlertAudience.NOBODY),
                AlertStreams.properties(AlertingConfig.DEFAULTS.with(folder), KafkaSettings.at("localhost:1")));
        alerts = driver.createOutputTopic("hallwatt.alerts", new StringDeserializer(), new ByteArrayDeserializer());
        put(Topic.SITE, "s1", Codecs.SITE.write(model("")));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    static Stream<Arguments> cells() {
        return TruthTable.byCell("## When something leaves the site model");
    }

    @ParameterizedTest(name = "{0} leaves, {1}: {2}")
    @MethodSource("cells")
    void each_cell_is_so(String what, String before, String outcome) {
        boolean unseen = before.equals("unknown (f), blind");
        if (!before.equals("never seen")) {
            see(what, 2);
        }
        if (unseen) {
            see(what, Double.NaN);
        }
        alerts.readRecordsToList();

        leave(what);
        windowAfter(what, !before.equals("firing"));

        assertThat(told(what))
                .containsExactlyInAnyOrderElementsOf(
                        switch (outcome) {
                            case "stays" -> List.of();
                            case "ends: retired" -> List.of("Alert ends: retired");
                            case "both end: retired" -> List.of("Alert ends: retired", "HallwattBlind ends: retired");
                            default -> throw new IllegalArgumentException(outcome);
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a rack",
                "a rack's feed",
                "the last feed of its name in a hall",
                "a cooling unit",
                "a supply source",
                "a hall"
            })
    void a_back_test_with_the_model_as_it_is_since_gives_what_was_told_live(String what) {
        see(what, 2);
        leave(what);
        windowAfter(what, true);
        windowAfter(what, true);
        List<AlertTransition> live =
                alerts.readRecordsToList().stream().map(RetirementTest::read).toList();

        Backtest backtest = new Backtest(RULES, SiteInventory.of(model(what)));
        seen.forEach(backtest::see);
        backtest.end();

        assertThat(live).extracting(AlertTransition::to).contains(AlertState.INACTIVE);
        assertThat(backtest.transitions()).isEqualTo(Backtest.inOrder(live));
    }

    private void leave(String what) {
        put(Topic.SITE, "s1", what.equals("a site") ? null : Codecs.SITE.write(model(what)));
        driver.advanceWallClockTime(Duration.ofSeconds(10));
    }

    private static Site model(String without) {
        boolean feed = without.equals("the last feed of its name in a hall");
        Sites site = Sites.site("s1").grid("grid", 1);
        if (!without.equals("a supply source")) {
            site.battery("battery", 1);
        }
        if (!without.equals("a hall")) {
            site.halls("h01", hall -> {
                hall.feeds(FEED, feed || without.equals("a rack's feed") ? null : FEED)
                        .racks("r001")
                        .feeds(FEED, feed ? null : FEED)
                        .racks(without.equals("a rack") ? "r002" : "r002..r003")
                        .crah("crah-2");
                return without.equals("a cooling unit") ? hall : hall.crah("crah-1");
            });
        }
        return site.halls("h02", hall -> hall.racks("r001")).build();
    }

    /** @param value of the one thing; NaN: it is unknown */
    private void see(String what, double value) {
        switch (what) {
            case "a rack" -> racks(Metric.RACK_INLET, "", 20, 20, 26 + value);
            case "a rack's feed" -> racks(Metric.RACK_FEED_LOAD, "B", value, 0.1, 0.1);
            case "the last feed of its name in a hall" -> hall(one(Metric.HALL_FEED_POWER, "B", value));
            case "a cooling unit" -> hall(one(Metric.HALL_COOLING_UNIT_FAILED, "crah-1", value / 2));
            case "a supply source" -> site(one(Metric.SITE_SUPPLY_POWER, "battery", value));
            case "a hall" -> hall(one(Metric.HALL_IT_POWER, "", value));
            case "a site" -> site(one(Metric.SITE_IT_POWER, "", value));
            default -> throw new IllegalArgumentException(what);
        }
    }

    /** @param spoken whether the window still says that there is no value, as one that was closed before does */
    private void windowAfter(String what, boolean spoken) {
        switch (what) {
            case "a rack" -> racks(Metric.RACK_INLET, "", 20, 20);
            case "a rack's feed" -> see(what, Double.NaN); // other racks have it
            case "a hall", "a site" -> {
                // No window comes of what is no more.
            }
            default -> {
                if (spoken) {
                    see(what, Double.NaN);
                } else if (what.equals("a supply source")) {
                    site(Quantities.NONE);
                } else {
                    hall(Quantities.NONE);
                }
            }
        }
    }

    private static Quantities one(Metric metric, String key, double value) {
        return Quantities.builder()
                .put(metric, key, Double.isNaN(value) ? Quantity.unknown(Reason.NO_READINGS) : Quantity.measured(value))
                .build();
    }

    private void racks(Metric metric, String key, double... values) {
        RackFrame frame = Windows.racks(window++, metric, key, values);
        seen.add(Sight.of(frame));
        put(Topic.METRICS_RACK_1S, "s1/h01", Codecs.RACK_FRAME.write(frame));
    }

    private void hall(Quantities quantities) {
        HallMetrics closed = Windows.hall(Resolution.SECOND, window++, quantities);
        seen.add(Sight.of(closed));
        put(Topic.METRICS_HALL_1S, "s1/h01", Codecs.HALL_METRICS.write(closed));
    }

    private void site(Quantities quantities) {
        SiteMetrics closed = Windows.site(Resolution.SECOND, window++, quantities);
        seen.add(Sight.of(closed));
        put(Topic.METRICS_SITE_1S, "s1", Codecs.SITE_METRICS.write(closed));
    }

    private void put(Topic topic, String key, byte @Nullable [] value) {
        driver.createInputTopic(topic.name("hallwatt."), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, new RecordHeaders(), Windows.START));
    }

    /** Of the rules on what leaves: others see nothing in these windows. */
    private List<String> told(String what) {
        String alert = Objects.requireNonNull(ALERTS.get(what));
        return alerts.readRecordsToList().stream()
                .map(RetirementTest::read)
                .filter(t -> t.rule().equals(alert) || alert.equals(t.labels().get("blind")))
                .map(t -> (t.rule().equals(alert) ? "Alert" : t.rule())
                        + (t.to() == AlertState.INACTIVE
                                        && t.annotations()
                                                .getOrDefault("ended", "")
                                                .contains("site model")
                                ? " ends: retired"
                                : " " + t.to()))
                .toList();
    }

    private static AlertTransition read(TestRecord<String, byte[]> record) {
        try {
            return Codecs.ALERT_TRANSITION.read(record.value());
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }
}
