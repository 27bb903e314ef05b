package io.hallwatt.app.command;

import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.aggregate.AggregateCounts;
import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.reload.LiveRules;
import io.hallwatt.alerting.reload.RuleSource;
import io.hallwatt.app.pipeline.Ahead;
import io.hallwatt.app.pipeline.Feed;
import io.hallwatt.app.pipeline.LocalKafka;
import io.hallwatt.app.pipeline.Metrics;
import io.hallwatt.app.pipeline.Run;
import io.hallwatt.app.pipeline.SimulationFile;
import io.hallwatt.app.pipeline.Stages;
import io.hallwatt.app.pipeline.WorkingDirectory;
import io.hallwatt.app.terminal.AlertValues;
import io.hallwatt.app.terminal.LiveView;
import io.hallwatt.app.terminal.Picture;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.contract.site.Site;
import io.hallwatt.ingest.Ingest;
import io.hallwatt.ingest.IngestConfig;
import io.hallwatt.ingest.IngestCounts;
import io.hallwatt.ingest.simulate.SimulatedSource;
import io.hallwatt.ingest.simulate.SimulationConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hallwatt demo}: everything in one process on an embedded broker. */
@Command(
        name = "demo",
        description = {
            "Run the whole pipeline in this process, with a live view.",
            "A simulated site, a real Kafka broker, metrics, energy and alerts. Ctrl-C ends it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hallwatt demo",
            "  hallwatt demo --for 60s --json",
            "  hallwatt demo --site site.yaml --scenario faults.yaml --data-dir data",
            "  hallwatt demo --site site.yaml --start 2026-03-01T00:00:00Z --length 24h",
            "  hallwatt demo --site site.yaml --rate 0.1 --speed 60 --length 1h \\",
            "      --start $(date -u -d '1 hour ago' +%%FT%%TZ)"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int TICKS_BETWEEN_KEEPS = 5;

    @Mixin
    private SimulationOptions simulation = new SimulationOptions();

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "End by itself after so long, as 60s or 5m.")
    private @Nullable Duration length;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = {
                "Keep everything there; a second start goes on where the first was.",
                "Without it, a temporary directory that is removed at the end."
            })
    private @Nullable Path dataDirectory;

    @Mixin
    private NotifyOptions notify = new NotifyOptions();

    @Mixin
    private ServeOptions serve = new ServeOptions();

    @Option(names = "--json", description = "End with one JSON summary on standard output.")
    private boolean json;

    @Mixin
    private StageOptions options = new StageOptions();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = options.hallwatt().terminal();
        SimulatedTime time = simulation.time(clock.instant());
        IngestConfig ingest = options.ingest();
        RuleSource rules = options.rules();
        try (Interruption interruption = Interruption.listen();
                WorkingDirectory directory = WorkingDirectory.of(dataDirectory)) {
            SimulationFile file = new SimulationFile(directory.path());
            Ahead<Simulated> simulated = Ahead.of(() -> readable(time, file));
            boolean fresh = directory.fresh();
            AggregateConfig aggregate = options.aggregate(
                    time.past() ? Defaults.aggregateOfThePast(directory.path()) : Defaults.aggregate(directory.path()));
            AlertingConfig alerting = notify.of(options.alerting(Defaults.alerting(directory.path())));
            TopicLayout layout = time.past() ? TopicLayout.DEFAULTS.keepingForever() : TopicLayout.DEFAULTS;
            try (Metrics metrics = serve.openSomewhere(terminal);
                    LocalKafka kafka = LocalKafka.start(
                            directory.path(), layout, () -> simulated.get().site());
                    Stages stages = Stages.start(metrics, aggregate, alerting, rules, kafka.settings(), clock);
                    Run run = Run.begin(stages, kafka.settings(), clock, fresh, !time.past(), interruption::happened)) {
                terminal.say("kafka    %s   (other commands: --bootstrap-servers %1$s)"
                        .formatted(kafka.settings().bootstrapServers()));
                Site site = simulated.get().site();
                SimulationConfig config = simulated.get().config();
                SimulatedSource source =
                        new SimulatedSource(file.open(site, config, clock.instant()), config.pace(), clock);
                file.keep(source);
                long before = handled(stages);
                Ingest work = new Ingest(
                        ingest,
                        kafka.settings(),
                        site,
                        source,
                        metrics.registry(),
                        clock,
                        rejected -> {},
                        () -> handled(stages) - before);
                try (Feed feed = Feed.start(work)) {
                    String title =
                            "Hallwatt  %s, %d racks   %s".formatted(site.name(), site.rackCount(), metrics.uri());
                    boolean ended = watch(run, feed, title, site, () -> file.keep(source), interruption, terminal);
                    if (interruption.happened()) {
                        Ending.announce(terminal);
                    }
                    feed.stop();
                    file.keep(source);
                    boolean drained = run.drain(feed.counts(), ended, interruption::happened);
                    return Ending.tell(run.summary(feed.counts(), site), drained, json, terminal);
                }
            }
        }
    }

    private static long handled(Stages stages) {
        AggregateCounts counts = stages.aggregate().counts();
        return counts.readings() + counts.duplicates() + counts.late() + counts.rejected();
    }

    /** What is simulated, once it is clear that it can go on from what the directory holds. */
    private Simulated readable(SimulatedTime time, SimulationFile file) {
        Simulated simulated = simulation.simulated(time);
        file.require(simulated.site(), simulated.config(), clock.instant());
        return simulated;
    }

    /** @return whether the source has given all */
    private boolean watch(
            Run run, Feed feed, String title, Site site, Runnable keep, Interruption interruption, Terminal terminal)
            throws InterruptedException {
        Instant start = clock.instant();
        try (LiveView view = LiveView.of(terminal, start, System.getenv())) {
            return watch(run, feed, title, site, keep, interruption, start, view);
        }
    }

    private boolean watch(
            Run run,
            Feed feed,
            String title,
            Site site,
            Runnable keep,
            Interruption interruption,
            Instant start,
            LiveView view)
            throws InterruptedException {
        IngestCounts before = feed.counts();
        Instant looked = start;
        for (int tick = 1; !feed.ended(); tick++) {
            Duration left = length == null ? TICK : length.minus(Duration.between(start, clock.instant()));
            if (!left.isPositive() || interruption.awaited(left.compareTo(TICK) < 0 ? left : TICK)) {
                return false;
            }
            run.sample();
            IngestCounts now = feed.counts();
            Instant at = clock.instant();
            double seconds = Math.max(1, Duration.between(looked, at).toMillis()) / 1000.0;
            double rate = (now.accepted() - before.accepted()) / seconds;
            AlertValues values = new AlertValues(run.rules());
            LiveRules.Refusal refusal = run.refusal().orElse(null);
            view.show(
                    new Picture(
                            title, site.zone(), values, refusal, run.glimpse(), rate, now.rejectedInAll(), run.lag()),
                    at);
            before = now;
            looked = at;
            if (tick % TICKS_BETWEEN_KEEPS == 0) {
                keep.run();
            }
        }
        return true;
    }
}
