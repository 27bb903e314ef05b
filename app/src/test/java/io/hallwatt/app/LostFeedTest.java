package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.hall.HallOutput;
import io.hallwatt.alerting.backtest.Backtest;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.ingest.simulate.SimulationConfig;
import io.hallwatt.ingest.simulate.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lost feeds as the simulator has them, through aggregate and the default rules: who is told what, and when. */
class LostFeedTest {
    private static final Instant START = Instant.parse("2026-06-15T12:00:00Z");
    private static final int LOST_AFTER = 30;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_lost_feed_of_a_hall_is_one_alert_within_ten_seconds_and_none_a_rack(int interval) throws Malformed {
        List<AlertTransition> told = run(site(Duration.ofSeconds(interval)), 120, """
                - { fault: feed-loss, target: h02, feed: B, at: 30s, for: 60s }
                """);

        assertThat(told)
                .filteredOn(t -> t.rule().equals("HallFeedLost"))
                .extracting(LostFeedTest::text)
                .containsExactly("PENDING h02 B", "FIRING h02 B", "INACTIVE h02 B");
        assertThat(told)
                .filteredOn(t -> t.to() == AlertState.FIRING)
                .extracting(LostFeedTest::text)
                .containsExactly("FIRING h02 B");
        assertThat(told)
                .filteredOn(t -> t.to() == AlertState.FIRING)
                .allSatisfy(t -> assertThat(seconds(t)).isBetween(LOST_AFTER + 3L, LOST_AFTER + 10L));
        assertThat(told)
                .filteredOn(t -> t.rule().equals("RackFeedLost") && t.to() == AlertState.SUPPRESSED)
                .extracting(LostFeedTest::text)
                .containsExactlyInAnyOrder(
                        "SUPPRESSED h02/r001 B",
                        "SUPPRESSED h02/r002 B",
                        "SUPPRESSED h02/r003 B",
                        "SUPPRESSED h02/r004 B");
        assertThat(told).noneMatch(t -> t.rule().equals("RackSilent"));
    }

    @Test
    void a_lost_feed_of_one_rack_is_an_alert_of_that_rack() throws Malformed {
        List<AlertTransition> told = run(site(Duration.ofSeconds(1)), 90, """
                - { fault: feed-loss, target: h01/r003, feed: A, at: 30s, for: 1h }
                """);

        assertThat(told)
                .filteredOn(t -> t.to() == AlertState.FIRING)
                .extracting(LostFeedTest::text)
                .containsExactly("FIRING h01/r003 A");
        assertThat(told)
                .noneMatch(t -> t.rule().equals("RackSilent") || t.rule().equals("HallFeedLost"));
    }

    @Test
    void a_hall_that_loses_both_feeds_is_told_of_each() throws Malformed {
        List<AlertTransition> told = run(site(Duration.ofSeconds(1)), 90, """
                - { fault: feed-loss, target: h02, feed: A, at: 30s, for: 1h }
                - { fault: feed-loss, target: h02, feed: B, at: 40s, for: 1h }
                """);

        assertThat(told)
                .filteredOn(t -> t.to() == AlertState.FIRING)
                .extracting(LostFeedTest::text)
                .containsExactly("FIRING h02 A", "FIRING h02 B");
    }

    /** Silence is of racks of which nothing comes. */
    @Test
    void a_silent_rack_is_told_as_such() throws Malformed {
        List<AlertTransition> told = run(site(Duration.ofSeconds(1)), 90, """
                - { fault: silence, target: h01/r002, at: 30s, for: 1h }
                """);

        assertThat(told)
                .filteredOn(t -> t.to() == AlertState.FIRING)
                .extracting(t -> t.rule() + " " + text(t))
                .containsExactly("RackSilent FIRING h01/r002");
    }

    /** What the default rules tell of halls and racks, by event time. */
    private static List<AlertTransition> run(Site site, int seconds, String faults) throws Malformed {
        SimulationConfig config = SimulationConfig.DEFAULTS
                .withSeed(7)
                .withStart(START)
                .withLength(Duration.ofSeconds(seconds))
                .withScenario(Scenario.read("faults.yaml", "faults:\n" + faults.indent(2), site));
        Backtest rules = new Backtest(RuleSet.defaults());
        SimulatedHalls halls = new SimulatedHalls(site, new Into(rules));
        halls.hear(config, (source, offset) -> {});
        halls.end(hall -> {});
        return rules.transitions();
    }

    private static Site site(Duration interval) {
        return Sites.site("small")
                .halls(
                        "h01..h02",
                        hall -> hall.every(interval)
                                .designItWatts(100_000)
                                .racks("r001..r004")
                                .crah("crah-1..crah-3")
                                .chiller("chiller-1..chiller-3"))
                .grid("grid", 1_000_000)
                .build();
    }

    /** {@code FIRING h02/r001 B}. */
    private static String text(AlertTransition transition) {
        Map<String, String> labels = transition.labels();
        String rack = labels.containsKey("rack") ? "/" + labels.get("rack") : "";
        return "%s %s%s %s"
                .formatted(transition.to(), labels.get("hall"), rack, labels.getOrDefault("feed", ""))
                .strip();
    }

    private static long seconds(AlertTransition transition) {
        return Duration.between(START, transition.at()).toSeconds();
    }

    /** What a hall closes, to the rules. */
    private record Into(Backtest rules) implements HallOutput {
        @Override
        public void racks(RackFrame frame, long newestReading) {
            rules.see(Sight.of(frame));
        }

        @Override
        public void hall(HallMetrics metrics, long newestReading) {
            rules.see(Sight.of(metrics));
        }

        @Override
        public void hour(EnergyHour hour) {}
    }
}
