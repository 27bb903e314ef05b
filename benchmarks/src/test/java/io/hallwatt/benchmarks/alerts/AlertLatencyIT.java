package io.hallwatt.benchmarks.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.reload.RuleSource;
import io.hallwatt.app.command.Defaults;
import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.benchmarks.alerts.AlertLatencyResult.Way;
import io.hallwatt.benchmarks.load.SiteOfRacks;
import io.hallwatt.benchmarks.pipeline.KafkaUnderTest;
import io.hallwatt.benchmarks.pipeline.PipelineRun;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.ingest.IngestConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few seconds on a small site: not to measure, but to see that every episode is seen on every way. */
class AlertLatencyIT {
    private static final SiteOfRacks SIZE = new SiteOfRacks(200, 4);

    @TempDir
    Path folder;

    @Test
    void every_episode_is_seen_on_the_page_and_at_alertmanager() throws Exception {
        AlertLatencyResult result;
        try (KafkaUnderTest kafka = KafkaUnderTest.embedded(folder.resolve("kafka"), "latency-it")) {
            KafkaSettings live = kafka.settings("live");
            kafka.layOut(live, TopicLayout.DEFAULTS, SIZE.site());
            PipelineRun.Settings settings = new PipelineRun.Settings(
                    IngestConfig.DEFAULTS,
                    kafka.named(Defaults.aggregate(folder), "live"),
                    Defaults.alerting(folder),
                    RuleSource.DEFAULTS);
            AlertLatencyRun.Pace pace = new AlertLatencyRun.Pace(Duration.ofSeconds(4), List.of(Duration.ofSeconds(1)));

            result = new AlertLatencyRun(SIZE, pace, settings, live, folder)
                    .measure(Duration.ofSeconds(1), Duration.ofSeconds(14), () -> false);
        }

        assertThat(result.episodes()).isGreaterThanOrEqualTo(2);
        assertThat(result.ways()).hasSize(result.withoutPrometheus() == null ? 3 : 2);
        assertThat(result.ways().subList(0, 2)).allSatisfy(way -> {
            assertThat(way.heard()).isEqualTo(result.episodes());
            assertThat(way.missed()).isZero();
            assertThat(way.millis().max()).isPositive();
        });
        assertThat(result.ways()).extracting(Way::name).doesNotHaveDuplicates();
    }
}
