package io.hallwatt.benchmarks.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.app.command.Defaults;
import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.benchmarks.load.SiteOfRacks;
import io.hallwatt.benchmarks.pipeline.KafkaUnderTest;
import io.hallwatt.contract.config.KafkaSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All racks of the reference site cross a limit within one second and come back, three times. Bounds of time are wide: it is no measurement. */
class StormIT {
    private static final SiteOfRacks SIZE = new SiteOfRacks(8_000, 40);
    /** Transitions that were all kept would be 16 MB a storm at the least. */
    private static final long GROWTH_BYTES = 24L * 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void every_transition_is_told_once_memory_stays_and_the_metrics_page_answers() throws Exception {
        StormResult result;
        try (KafkaUnderTest kafka = KafkaUnderTest.embedded(folder.resolve("kafka"), "storm-it")) {
            KafkaSettings settings = kafka.settings("storm");
            kafka.layOut(settings, TopicLayout.DEFAULTS, SIZE.site());
            AlertingConfig config = Defaults.alerting(folder);

            result = new StormRun(SIZE, config, settings, InstantSource.system()).measure(3, () -> false);
        }

        assertThat(result.missing()).isZero();
        assertThat(result.repeated()).isZero();
        assertThat(result.transitions()).isEqualTo(3L * 2 * SIZE.racks());
        StormResult.Notifications notified = result.notifications();
        assertThat(notified.mostInOne()).isBetween(2, 256);
        assertThat(notified.firing()).isBetween(SIZE.racks(), 3 * SIZE.racks());
        assertThat(notified.over()).as("whoever was called hears of the end").isEqualTo(notified.firing());
        assertThat(result.refused()).isZero();
        assertThat(result.pageBytes()).as("a page with every rack's alert").isGreaterThan(8_000 * 100);
        assertThat(result.scrapeMillis().p50())
                .as("half of the pages, of 0.24 s at most on a machine of its own")
                .isLessThan(1_000);
        assertThat(result.scrapeMillis().max()).isLessThan(5_000);
        List<Long> heap = result.heapAfterBytes();
        assertThat(heap.getLast() - heap.getFirst())
                .as("bytes after each storm: %s", heap)
                .isLessThan(GROWTH_BYTES);
    }
}
