package io.hallwatt.app.command;

import io.hallwatt.app.pipeline.Metrics;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.ingest.IngestConfig;
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
        description = {
            "Run the ingest stage: a simulated site into Kafka, validated.",
            "Publishes the site as it is simulated, in place of the one of that id."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hallwatt ingest --simulate --bootstrap-servers kafka:9092 --data-dir sim",
            "  hallwatt ingest --simulate --site site.yaml --rate 10 --scenario faults.yaml",
            "  hallwatt ingest --simulate --start 2026-03-01T00:00:00Z --length 24h",
            "",
            "For a past, give topics apply --keep-forever, and aggregate",
            "--set aggregate.wall-clock=event-time, so that only readings close windows."
        })
public final class IngestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--simulate", description = "Readings from the simulator.")
    private boolean simulate;

    @Mixin
    private SimulationOptions simulation = new SimulationOptions();

    @Mixin
    private KeepOptions keep = new KeepOptions();

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
        InstantSource clock = InstantSource.system();
        Simulated simulated = simulation.simulated(simulation.time(clock.instant()));
        IngestConfig config = stages.ingest();
        KafkaSettings settings = kafka.settings();
        try (Interruption interruption = Interruption.listen();
                Metrics metrics = serve.open(kafka.hallwatt().terminal())) {
            KafkaAdmin.of(settings).close(); // says clearly where there is no Kafka
            try (SimulatedIngest work = SimulatedIngest.prepare(simulated, keep.directory(), settings, clock)) {
                work.run(
                        config,
                        metrics.registry(),
                        interruption::happened,
                        working -> metrics.serve(Map.of("ingest", working)));
            }
        }
        return 0;
    }
}
