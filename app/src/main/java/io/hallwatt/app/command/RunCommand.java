package io.hallwatt.app.command;

import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.reload.RuleSource;
import io.hallwatt.app.pipeline.Metrics;
import io.hallwatt.app.pipeline.Stages;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.ingest.IngestConfig;
import java.time.Duration;
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
        footer = {
            "  hallwatt run --config hallwatt.yaml",
            "  hallwatt run --simulate --bootstrap-servers kafka:9092 --data-dir sim",
            "  hallwatt run --simulate --start 2026-03-01T00:00:00Z --length 24h",
            "",
            "For a past, lay out the topics first: hallwatt topics apply --keep-forever"
        })
public final class RunCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofMillis(100);

    @Option(names = "--simulate", description = "With ingest from the simulator, too.")
    private boolean simulate;

    @Mixin
    private SimulationOptions simulation = new SimulationOptions();

    @Mixin
    private KeepOptions keep = new KeepOptions();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private StageOptions options = new StageOptions();

    @Mixin
    private NotifyOptions notify = new NotifyOptions();

    @Mixin
    private ServeOptions serve = new ServeOptions();

    @Override
    public Integer call() throws InterruptedException {
        InstantSource clock = InstantSource.system();
        SimulatedTime time = simulation.time(clock.instant());
        KafkaSettings settings = kafka.settings();
        IngestConfig ingest = options.ingest();
        AggregateConfig aggregate = options.aggregate(
                simulate && time.past()
                        ? AggregateConfig.DEFAULTS.with(AggregateConfig.WallClock.EVENT_TIME)
                        : AggregateConfig.DEFAULTS);
        AlertingConfig alerting = notify.of(options.alerting(AlertingConfig.DEFAULTS));
        RuleSource rules = options.rules();
        Terminal terminal = kafka.hallwatt().terminal();
        try (Interruption interruption = Interruption.listen();
                Metrics metrics = serve.open(terminal)) {
            KafkaSettings fitting = GroupSession.fitting(settings, terminal);
            try (SimulatedIngest work = simulate
                            ? SimulatedIngest.prepare(simulation.simulated(time), keep.directory(), settings, clock)
                            : null;
                    Stages stages = Stages.start(metrics, aggregate, alerting, rules, fitting, clock)) {
                Hangup.listen(stages::reload);
                if (work != null) {
                    awaitReady(stages, interruption);
                    work.run(
                            ingest,
                            metrics.registry(),
                            () -> interruption.happened() || stages.failed().isPresent(),
                            working -> {});
                    stages.failIfFailed();
                    if (!interruption.happened()) {
                        terminal.say("The simulated time has ended; aggregate and alerting go on. Ctrl-C ends them.");
                    }
                }
                interruption.await(stages::failed);
            }
        }
        return 0;
    }

    /** The wall clock closes windows: readings that wait while the stages start would be late for theirs. */
    private static void awaitReady(Stages stages, Interruption interruption) throws InterruptedException {
        boolean ended = false;
        while (!stages.ready() && !ended) {
            stages.failIfFailed();
            ended = interruption.awaited(LOOK);
        }
    }
}
