package io.hallwatt.app.command;

import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.reload.RuleSource;
import io.hallwatt.app.config.ConfigFile;
import io.hallwatt.app.pipeline.Feed;
import io.hallwatt.app.pipeline.LocalKafka;
import io.hallwatt.app.pipeline.Metrics;
import io.hallwatt.app.pipeline.RefusedRows;
import io.hallwatt.app.pipeline.Run;
import io.hallwatt.app.pipeline.Stages;
import io.hallwatt.app.pipeline.TopicFiles;
import io.hallwatt.app.pipeline.WorkingDirectory;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.site.Site;
import io.hallwatt.ingest.Ingest;
import io.hallwatt.ingest.IngestConfig;
import io.hallwatt.ingest.replay.Mapping;
import io.hallwatt.ingest.replay.Replay;
import io.hallwatt.ingest.replay.ReplayReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hallwatt replay}: files through the whole pipeline. */
@Command(
        name = "replay",
        description = {
            "Take files through the whole pipeline, as fast as it goes.",
            "It runs on a real Kafka broker in this process; the files' end closes every window."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hallwatt replay --site site.yaml --mapping load.yaml=load.tsv --json",
            "  hallwatt replay --mapping load.yaml --mapping supply.yaml --out result"
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final Duration SAMPLE = Duration.ofMillis(200);

    @Option(
            names = "--mapping",
            paramLabel = "FILE[=DATA]",
            required = true,
            description =
                    "What a data file's columns mean; DATA takes the place of the file that the mapping names. May be repeated.")
    private List<String> mappings = new ArrayList<>();

    @Option(
            names = "--site",
            paramLabel = "FILE",
            description = "The site (default: site.yaml beside the first mapping).")
    private @Nullable Path siteFile;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keep everything there (default: a temporary directory).")
    private @Nullable Path dataDirectory;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write each output topic and the refused rows there, as JSONL.")
    private @Nullable Path out;

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
        IngestConfig ingest = options.ingest();
        RuleSource rules = options.rules();
        Site site = SiteCommand.read(siteFile());
        ReplayReport report = new ReplayReport(terminal.err(), terminal.interactive(), clock);
        try (Interruption interruption = Interruption.listen();
                RefusedRows refused = new RefusedRows(out, report);
                Replay source = new Replay(
                        read(site),
                        site.id(),
                        Replay.dataDirectories(options.hallwatt().environment(), Path.of("")),
                        refused);
                Metrics metrics = serve.openSomewhere(terminal);
                WorkingDirectory directory = WorkingDirectory.of(dataDirectory)) {
            boolean fresh = directory.fresh();
            AggregateConfig aggregate = options.aggregate(Defaults.aggregateOfThePast(directory.path()));
            AlertingConfig alerting = options.alerting(Defaults.alerting(directory.path()));
            TopicLayout layout = TopicLayout.DEFAULTS.keepingForever();
            try (LocalKafka kafka = LocalKafka.start(directory.path(), layout, () -> site);
                    Stages stages = Stages.start(metrics, aggregate, alerting, rules, kafka.settings(), clock);
                    Run run = Run.begin(stages, kafka.settings(), clock, fresh, false, interruption::happened)) {
                Ingest work =
                        new Ingest(ingest, kafka.settings(), site, source, metrics.registry(), clock, refused::refused);
                try (Feed feed = Feed.start(work)) {
                    while (!feed.await(SAMPLE) && !interruption.happened()) {
                        run.sample();
                    }
                    if (interruption.happened()) {
                        Ending.announce(terminal);
                    }
                    feed.stop();
                    boolean drained = run.drain(feed.counts(), !interruption.happened(), interruption::happened);
                    if (out != null) {
                        TopicFiles.write(kafka.settings(), out);
                    }
                    return Ending.tell(run.summary(feed.counts(), site), drained, json, terminal);
                }
            }
        }
    }

    private Path siteFile() {
        if (siteFile != null) {
            return siteFile;
        }
        Path mapping = MappingText.of(mappings.getFirst()).file();
        Path beside = mapping.resolveSibling("site.yaml");
        if (!Files.isRegularFile(beside)) {
            ConfigFile.text(mapping, "mapping", "--mapping"); // a wrong name of the mapping itself comes first
            throw new InvalidInput("No site: there is no %s. Name the site's file with --site.".formatted(beside));
        }
        return beside;
    }

    /** @throws InvalidInput with every fault of every mapping */
    private List<Mapping> read(Site site) {
        List<Mapping> read = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (String text : mappings) {
            try {
                MappingText given = MappingText.of(text);
                Mapping mapping = Mapping.read(given.file(), site);
                read.add(given.data() == null ? mapping : mapping.withData(given.data()));
            } catch (InvalidInput e) {
                faults.addAll(e.faults());
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        return read;
    }

    /** {@code FILE[=DATA]}; a file whose own name holds an equals sign is taken as it is. */
    private record MappingText(Path file, @Nullable Path data) {
        static MappingText of(String text) {
            int equals = text.indexOf('=');
            return equals < 0 || Files.exists(Path.of(text))
                    ? new MappingText(Path.of(text), null)
                    : new MappingText(Path.of(text.substring(0, equals)), Path.of(text.substring(equals + 1)));
        }
    }
}
