package io.hallwatt.app.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.reload.RuleSource;
import io.hallwatt.app.pipeline.Metrics;
import io.hallwatt.app.pipeline.Run;
import io.hallwatt.app.pipeline.Stages;
import io.hallwatt.app.summary.Summary;
import io.hallwatt.app.summary.SummaryCheck;
import io.hallwatt.app.summary.SummaryJson;
import io.hallwatt.app.topics.SiteTopic;
import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.app.topics.Topics;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SiteYaml;
import io.hallwatt.ingest.Ingest;
import io.hallwatt.ingest.IngestConfig;
import io.hallwatt.ingest.simulate.Pace;
import io.hallwatt.ingest.simulate.SimulatedSource;
import io.hallwatt.ingest.simulate.Simulation;
import io.hallwatt.ingest.simulate.SimulationConfig;
import io.hallwatt.ingest.simulate.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.kafka.KafkaContainer;

/** The pipeline on the Kafka that docker-compose.yml names, in a container: a simulated past that lies there before the other stages start. */
@NeedsImages("apache/kafka")
class KafkaContainerIT {
    private static final Instant START = Instant.parse("2026-03-01T11:58:00Z");
    private static final Duration LENGTH = Duration.ofMinutes(4);
    private static final int REPORTS = 240;
    private static final int DEVICES = 3 * (20 + 4) + 2;
    private static final String FAULTS = """
            faults:
              - { fault: duplicate-delivery, target: h01, share: 0.05, after: 300ms, at: 0s, for: 10m }
              - { fault: reordered-delivery, target: h02, share: 0.2, by: 800ms, at: 0s, for: 10m }
            """;

    private final InstantSource clock = InstantSource.system();

    @Test
    void each_reading_of_a_finite_past_is_counted_exactly_once(@TempDir Path folder) throws Exception {
        Site site = SiteYaml.read(
                "site.yaml", Files.readString(Checkout.file("app/src/test/resources/container/site.yaml")));

        Summary summary;
        try (KafkaContainer container = new KafkaContainer(ComposeFile.read().image("apache/kafka"))
                .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000")) {
            container.start();
            KafkaSettings kafka = KafkaSettings.at(container.getBootstrapServers());
            layOut(site, kafka);
            summary = run(site, kafka, folder);
        }

        assertThat(SummaryCheck.faults(SummaryJson.read("summary", SummaryJson.write(summary))))
                .isEmpty();
        assertThat(summary.aggregated().readings()).isEqualTo((long) DEVICES * REPORTS);
        assertThat(summary.aggregated().duplicates()).isPositive();
        // A copy that comes after its window was closed is late: nothing but copies is.
        assertThat(summary.aggregated().duplicates() + summary.aggregated().late())
                .isEqualTo(summary.readings().accepted() - (long) DEVICES * REPORTS);
    }

    private static void layOut(Site site, KafkaSettings kafka) {
        try (Admin admin = Admin.create(kafka.client(KafkaSettings.Kind.ADMIN))) {
            Topics topics = new Topics(admin, kafka);
            topics.apply(topics.plan(TopicLayout.DEFAULTS.keepingForever()));
        }
        SiteTopic.publish(site, kafka);
    }

    private Summary run(Site site, KafkaSettings kafka, Path folder) throws InterruptedException {
        SimulationConfig config = SimulationConfig.DEFAULTS
                .withStart(START)
                .withLength(LENGTH)
                .withPace(Pace.AS_FAST_AS_POSSIBLE)
                .withScenario(Scenario.read("faults.yaml", FAULTS, site));
        SimulatedSource source = new SimulatedSource(Simulation.begin(site, config, START), config.pace(), clock);
        AggregateConfig aggregate = AggregateConfig.DEFAULTS.with(folder).with(AggregateConfig.WallClock.EVENT_TIME);
        try (Metrics metrics = Metrics.open("127.0.0.1", 0);
                Ingest ingest = new Ingest(IngestConfig.DEFAULTS, kafka, site, source, metrics.registry(), clock)) {
            ingest.run();
            try (Stages stages = Stages.start(metrics, aggregate, alerting(folder), RuleSource.DEFAULTS, kafka, clock);
                    Run run = Run.begin(stages, kafka, clock, true, false, () -> false)) {
                assertThat(run.drain(ingest.counts(), true, () -> false))
                        .as("all that was fed is counted and read back")
                        .isTrue();
                return run.summary(ingest.counts(), site);
            }
        }
    }

    private static AlertingConfig alerting(Path folder) {
        return AlertingConfig.DEFAULTS.with(folder.resolve("alerting"));
    }
}
