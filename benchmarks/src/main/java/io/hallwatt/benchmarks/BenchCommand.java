package io.hallwatt.benchmarks;

import io.hallwatt.app.ExtraCommand;
import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.command.Defaults;
import io.hallwatt.app.command.DurationText;
import io.hallwatt.app.command.Interruption;
import io.hallwatt.app.command.StageOptions;
import io.hallwatt.app.pipeline.WorkingDirectory;
import io.hallwatt.app.summary.SummaryJson;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.benchmarks.alerts.AlertLatencyResult;
import io.hallwatt.benchmarks.alerts.AlertLatencyRun;
import io.hallwatt.benchmarks.alerts.StormResult;
import io.hallwatt.benchmarks.alerts.StormRun;
import io.hallwatt.benchmarks.load.SiteOfRacks;
import io.hallwatt.benchmarks.meter.HotMethods;
import io.hallwatt.benchmarks.meter.Machine;
import io.hallwatt.benchmarks.meter.Profile;
import io.hallwatt.benchmarks.micro.MicroRun;
import io.hallwatt.benchmarks.peers.FullTopic;
import io.hallwatt.benchmarks.peers.Peer;
import io.hallwatt.benchmarks.pipeline.KafkaUnderTest;
import io.hallwatt.benchmarks.pipeline.Load;
import io.hallwatt.benchmarks.pipeline.PipelineResult;
import io.hallwatt.benchmarks.pipeline.PipelineRun;
import io.hallwatt.benchmarks.restart.RestartRun;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hallwatt bench}: what the whole pipeline costs on this machine. */
@Command(
        name = "bench",
        description = {
            "Measure the whole pipeline on this machine: rate, latency, CPU by stage,",
            "heap, and that nothing is lost."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hallwatt bench                    the reference site's size, for a minute",
            "  hallwatt bench --source generated --rate max --json",
            "  hallwatt bench --racks 80000 --halls 400 --source generated --peers"
        })
public final class BenchCommand implements ExtraCommand {
    private static final int STORMS = 3;

    @Option(names = "--racks", paramLabel = "N", defaultValue = "8000", description = "100 to 100000 (default: 8000).")
    private int racks;

    @Option(names = "--halls", paramLabel = "N", defaultValue = "40", description = "Default: 40.")
    private int halls;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            defaultValue = "1",
            converter = RateText.class,
            description = {
                "Reports per device and second, 0.1 to 10 (default: 1); max: as many",
                "as can be counted, with --source generated."
            })
    private RateText.Rate rate = RateText.Rate.of(1);

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationText.class,
            description = "How long to measure (default: 60s).")
    private Duration length = Duration.ofSeconds(60);

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            defaultValue = "20s",
            converter = DurationText.class,
            description = "How long to run before that (default: 20s).")
    private Duration warmUp = Duration.ofSeconds(20);

    @Option(
            names = "--source",
            paramLabel = "NAME",
            defaultValue = "simulator",
            description = {
                "simulator (default), whose physics are part of what is measured; or",
                "generated, readings that cost next to nothing to make."
            })
    private Load.Origin source = Load.Origin.SIMULATOR;

    @Option(
            names = "--silent",
            paramLabel = "N",
            defaultValue = "0",
            description = {
                "Racks of each hall that fall silent while it is measured, one after",
                "the other, with --source simulator (default: 0)."
            })
    private int silent;

    @Option(
            names = "--peers",
            paramLabel = "NAMES",
            arity = "0..1",
            fallbackValue = PeersText.ALL,
            converter = PeersText.class,
            description = {
                "Then, on the same broker: Kafka's own producer and consumer",
                "benchmarks, and plain Kafka Streams versions of the same metrics;",
                "or some of producer,consumer,dsl,same-metrics,aggregate."
            })
    private PeersText.@Nullable Chosen peers;

    @Option(
            names = "--peer-reports",
            paramLabel = "N",
            defaultValue = "3000000",
            description = "Reports in the topic that peers read (default: 3000000).")
    private long peerReports;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "2",
            description = "How often each of them reads it; the best counts (default: 2).")
    private int rounds;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Kafka to use instead of one in this process; left as it was.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Of the topics keyed by hall (default: 4).")
    private int partitions;

    @Option(names = "--profile", paramLabel = "FILE", description = "Flight recording (JFR) of the measured span.")
    private @Nullable Path profile;

    @Option(
            names = "--restart",
            description = {
                "Instead: kill hallwatt demo (kill -9) after --for, start it again on",
                "its data, and measure until its first new metric; --rounds times."
            })
    private boolean restart;

    @Option(
            names = "--alerts",
            description = {
                "Instead: how soon alerts are on /metrics and at Alertmanager, beside",
                "the real Prometheus where it is installed; one episode a second,",
                "those of the last half minute not counted: give --for 3m."
            })
    private boolean alerts;

    @Option(
            names = "--storm",
            description = {
                "Instead: alerting alone, while all racks cross a limit within one",
                "second and come back, three times."
            })
    private boolean storm;

    @Option(
            names = "--micro",
            paramLabel = "REGEX",
            arity = "0..1",
            fallbackValue = ".*",
            description = "Instead: the micro-benchmarks (JMH) with such names.")
    private @Nullable String micro;

    @Option(names = "--json", description = "End with one JSON document on standard output.")
    private boolean json;

    @Mixin
    private StageOptions options = new StageOptions();

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = options.hallwatt().terminal();
        if (micro != null) {
            MicroRun.run(micro);
            return 0;
        }
        if (restart) {
            return restart(terminal);
        }
        if (alerts) {
            return alerts(terminal);
        }
        if (storm) {
            return storm(terminal);
        }
        Load load = new Load(new SiteOfRacks(racks, halls), source, rate.hertz(), silent, warmUp, length);
        RateText.check(rate, source);
        Machine machine = Machine.here();
        TopicLayout layout = new TopicLayout(partitions, 1, (short) 1, false);
        Site site = load.size().site();
        try (Interruption interruption = Interruption.listen();
                WorkingDirectory directory = WorkingDirectory.of(null);
                KafkaUnderTest kafka = kafka(directory.path())) {
            KafkaSettings live = kafka.settings("live");
            kafka.layOut(live, layout, site);
            PipelineRun.Settings settings = settings(kafka, directory.path());
            terminal.say("Measuring %,d racks in %,d halls, %s, for %d s after %d s of warm-up …"
                    .formatted(racks, halls, source.text(), length.toSeconds(), warmUp.toSeconds()));
            PipelineResult run =
                    new PipelineRun(load, settings, live, site, new Profile(profile)).measure(interruption::happened);
            List<Peer> compared = List.of();
            if (peers != null && !interruption.happened()) {
                terminal.say("Measuring peers: a topic of %,d reports, %d rounds …".formatted(peerReports, rounds));
                compared = new FullTopic(
                                kafka,
                                settings,
                                site,
                                layout.keepingForever(),
                                directory.path(),
                                interruption::happened)
                        .measure(peers.contenders(), peerReports, rounds);
            }
            Report report = Report.of(run, compared, machine);
            if (json) {
                terminal.out().println(SummaryJson.write(report));
            }
            ReportTable.tell(report, terminal);
            if (profile != null) {
                ReportTable.tell(new HotMethods(profile), terminal);
            }
            return run.lost() == 0 && run.lagEnd() == 0 ? 0 : Hallwatt.DOES_NOT_HOLD;
        }
    }

    private int restart(Terminal terminal) throws InterruptedException {
        double hertz = rate.hertz()
                .orElseThrow(() -> new InvalidInput("bench: --restart runs the simulator, which has no --rate max"));
        try (Interruption interruption = Interruption.listen();
                WorkingDirectory directory = WorkingDirectory.of(null)) {
            terminal.say("Killing and restarting %,d racks in %,d halls, %d times …".formatted(racks, halls, rounds));
            RestartRun.Result result = new RestartRun(new SiteOfRacks(racks, halls), hertz, directory.path())
                    .measure(length, rounds, interruption::happened);
            if (json) {
                terminal.out().println(SummaryJson.write(result));
            }
            terminal.say("first hall metric after %,d ms on an empty directory; after a kill %s ms; accounts %s"
                    .formatted(
                            result.freshFirstHallMetricMillis(),
                            result.firstHallMetricMillis(),
                            result.accountsHold() ? "hold" : "do not hold"));
            return result.accountsHold() ? 0 : Hallwatt.DOES_NOT_HOLD;
        }
    }

    private int alerts(Terminal terminal) throws InterruptedException {
        SiteOfRacks size = new SiteOfRacks(racks, halls);
        try (Interruption interruption = Interruption.listen();
                WorkingDirectory directory = WorkingDirectory.of(null);
                KafkaUnderTest kafka = kafka(directory.path())) {
            KafkaSettings live = kafka.settings("live");
            kafka.layOut(live, new TopicLayout(partitions, 1, (short) 1, false), size.site());
            terminal.say("Measuring alerts of %,d halls for %d s after %d s of warm-up …"
                    .formatted(halls, length.toSeconds(), warmUp.toSeconds()));
            AlertLatencyResult result = new AlertLatencyRun(
                            size, AlertLatencyRun.Pace.USUAL, settings(kafka, directory.path()), live, directory.path())
                    .measure(warmUp, length, interruption::happened);
            if (json) {
                terminal.out().println(SummaryJson.write(result));
            }
            AlertTables.tell(result, terminal);
            return result.hallwattHeardAll() ? 0 : Hallwatt.DOES_NOT_HOLD;
        }
    }

    private int storm(Terminal terminal) throws InterruptedException {
        SiteOfRacks size = new SiteOfRacks(racks, halls);
        try (Interruption interruption = Interruption.listen();
                WorkingDirectory directory = WorkingDirectory.of(null);
                KafkaUnderTest kafka = kafka(directory.path())) {
            KafkaSettings settings = kafka.settings("storm");
            kafka.layOut(settings, new TopicLayout(partitions, 1, (short) 1, false), size.site());
            terminal.say("All of %,d racks in %,d halls cross a limit within a second, %d times …"
                    .formatted(racks, halls, STORMS));
            StormResult result = new StormRun(
                            size,
                            options.alerting(Defaults.alerting(directory.path())),
                            settings,
                            InstantSource.system())
                    .measure(STORMS, interruption::happened);
            if (json) {
                terminal.out().println(SummaryJson.write(result));
            }
            AlertTables.tell(result, terminal);
            return result.holds() ? 0 : Hallwatt.DOES_NOT_HOLD;
        }
    }

    private PipelineRun.Settings settings(KafkaUnderTest kafka, Path directory) {
        return new PipelineRun.Settings(
                options.ingest(),
                kafka.named(options.aggregate(Defaults.aggregate(directory)), "live"),
                options.alerting(Defaults.alerting(directory)),
                options.rules());
    }

    private KafkaUnderTest kafka(Path directory) {
        String name = "bench-" + ProcessHandle.current().pid();
        return bootstrapServers == null
                ? KafkaUnderTest.embedded(directory, name)
                : KafkaUnderTest.elsewhere(bootstrapServers, name);
    }
}
