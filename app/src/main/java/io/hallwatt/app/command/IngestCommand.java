package io.hallwatt.app.command;

import io.hallwatt.app.pipeline.Feed;
import io.hallwatt.app.pipeline.Metrics;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Site;
import io.hallwatt.ingest.Ingest;
import io.hallwatt.ingest.simulate.SimulatedSource;
import io.hallwatt.ingest.simulate.Simulation;
import io.hallwatt.ingest.simulate.SimulationConfig;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hallwatt ingest}: the stage by itself. */
@Command(
        name = "ingest",
        description = "Run the ingest stage: a simulated site into Kafka, validated.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hallwatt ingest --simulate --bootstrap-servers kafka:9092",
            "  hallwatt ingest --simulate --site site.yaml --rate 10 --scenario faults.yaml"
        })
public final class IngestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--simulate", description = "Readings from the simulator.")
    private boolean simulate;

    @Mixin
    private SimulationOptions simulation = new SimulationOptions();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private StageOptions stages = new StageOptions();

    @Mixin
    private ServeOptions serve = new ServeOptions();

    @Override
    public Integer call() throws InterruptedException {
        if (!simulate) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Nothing to ingest: give --simulate (files go through the whole pipeline with: hallwatt replay)");
        }
        Terminal terminal = kafka.hallwatt().terminal();
        InstantSource clock = InstantSource.system();
        Site site = simulation.site();
        SimulationConfig config = simulation.config(site);
        KafkaSettings settings = kafka.settings();
        try (Interruption interruption = Interruption.listen();
                Metrics metrics = serve.open(terminal)) {
            KafkaAdmin.of(settings).close(); // says clearly where there is no Kafka
            SimulatedSource source =
                    new SimulatedSource(Simulation.begin(site, config, clock.instant()), config.pace(), clock);
            try (Feed feed =
                    Feed.start(new Ingest(stages.ingest(), settings, site, source, metrics.registry(), clock))) {
                metrics.serve(Map.of("ingest", () -> !feed.ended()));
                feed.await(interruption::happened);
            }
        }
        return 0;
    }
}
