package io.hallwatt.app.command;

import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.app.pipeline.Feed;
import io.hallwatt.app.pipeline.Metrics;
import io.hallwatt.app.pipeline.Stages;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Site;
import io.hallwatt.ingest.Ingest;
import io.hallwatt.ingest.IngestConfig;
import io.hallwatt.ingest.simulate.SimulatedSource;
import io.hallwatt.ingest.simulate.Simulation;
import io.hallwatt.ingest.simulate.SimulationConfig;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hallwatt run}: all stages in one process against a broker elsewhere. */
@Command(
        name = "run",
        description = "Run all stages in one process against the configured broker.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  hallwatt run --config hallwatt.yaml", "  hallwatt run --simulate --bootstrap-servers kafka:9092"})
public final class RunCommand implements Callable<Integer> {
    @Option(names = "--simulate", description = "With ingest from the simulator, too.")
    private boolean simulate;

    @Mixin
    private SimulationOptions simulation = new SimulationOptions();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private StageOptions options = new StageOptions();

    @Mixin
    private ServeOptions serve = new ServeOptions();

    @Override
    public Integer call() throws InterruptedException {
        KafkaSettings settings = kafka.settings();
        IngestConfig ingest = options.ingest();
        AggregateConfig aggregate = options.aggregate(AggregateConfig.DEFAULTS);
        AlertingConfig alerting = options.alerting(AlertingConfig.DEFAULTS);
        RuleSet rules = options.rules();
        InstantSource clock = InstantSource.system();
        try (Interruption interruption = Interruption.listen();
                Metrics metrics = serve.open(kafka.hallwatt().terminal())) {
            KafkaAdmin.of(settings).close(); // says clearly where there is no Kafka
            try (Stages stages = Stages.start(metrics, aggregate, alerting, rules, settings, clock)) {
                if (!simulate) {
                    interruption.await(stages::failed);
                    return 0;
                }
                Site site = simulation.site();
                SimulationConfig config = simulation.config(site);
                SimulatedSource source =
                        new SimulatedSource(Simulation.begin(site, config, clock.instant()), config.pace(), clock);
                try (Feed feed = Feed.start(new Ingest(
                        ingest, settings, site, source, stages.metrics().registry(), clock))) {
                    feed.await(() -> interruption.happened() || stages.failed().isPresent());
                    stages.failIfFailed();
                }
            }
        }
        return 0;
    }
}
