package io.hallwatt.benchmarks.peers;

import static io.hallwatt.benchmarks.pipeline.PipelineResult.rounded;

import io.hallwatt.aggregate.Aggregate;
import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.benchmarks.load.GeneratedSource;
import io.hallwatt.benchmarks.meter.Meter;
import io.hallwatt.benchmarks.meter.Part;
import io.hallwatt.benchmarks.meter.Usage;
import io.hallwatt.benchmarks.peers.KafkaPerf.Figures;
import io.hallwatt.benchmarks.peers.Reach.Way;
import io.hallwatt.benchmarks.pipeline.KafkaUnderTest;
import io.hallwatt.benchmarks.pipeline.PipelineResult;
import io.hallwatt.benchmarks.pipeline.PipelineRun;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Topic;
import io.hallwatt.ingest.Batch;
import io.hallwatt.ingest.Ingest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * How fast are ingest and aggregation alone, beside others who do the same: a topic is filled with reports, by ingest and by Kafka's producer benchmark; then Kafka's consumer
 * benchmark, a consumer that reads JSON and no more, two plain Kafka Streams versions and aggregate read all of it, one after the other, each alone.
 */
public final class FullTopic {
    private static final double RATE_HERTZ = 1;
    /** Of the topic: start and warm-up of whoever reads. */
    private static final double SKIPPED = 0.3;
    /** Up to where it is measured: in event time the last readings wait for whether others come before them, which is patience and no work. */
    private static final double ENOUGH = 0.9;

    private static final int PAYLOADS = 10_000;
    private static final String INGEST = "hallwatt-ingest";

    private final KafkaUnderTest kafka;
    private final KafkaSettings settings;
    private final PipelineRun.Settings stages;
    private final Site site;
    private final TopicLayout layout;
    private final Path directory;
    private final BooleanSupplier interrupted;
    private final InstantSource clock = InstantSource.system();

    public FullTopic(
            KafkaUnderTest kafka,
            PipelineRun.Settings stages,
            Site site,
            TopicLayout layout,
            Path directory,
            BooleanSupplier interrupted) {
        this.kafka = kafka;
        this.settings = kafka.settings("peers");
        this.stages = stages;
        this.site = site;
        this.layout = layout;
        this.directory = directory;
        this.interrupted = interrupted;
    }

    /** One reader's rounds. */
    private record Round(Way way, double ownCpu, double allCpu) {}

    /**
     * @param who     is measured
     * @param reports in the topic
     * @param rounds  of the readers in turn; the best of each is given, as the one that other programs disturbed least
     */
    public List<Peer> measure(Set<Contender> who, long reports, int rounds) throws InterruptedException {
        kafka.layOut(settings, layout, site);
        try (Meter meter = new Meter(() -> {});
                Admin admin = kafka.admin()) {
            Round ingest = fill(reports, meter);
            String racks = Topic.READINGS_RACK.name(settings.topicPrefix());
            Reach reach = new Reach(admin, racks);
            long records = reach.records();
            KafkaPerf perf = new KafkaPerf(settings, directory);
            Map<Contender, List<Figures>> own = new EnumMap<>(Contender.class);
            Map<Contender, List<Round>> ours = new EnumMap<>(Contender.class);
            if (who.contains(Contender.PRODUCER)) {
                own.put(
                        Contender.PRODUCER,
                        List.of(perf.produce(create(admin, "produced"), records, payloads(), stages.ingest())));
            }
            for (int round = 1; round <= rounds && !interrupted.getAsBoolean(); round++) {
                for (Contender one : who) {
                    switch (one) {
                        case PRODUCER -> {} // wrote already
                        case CONSUMER -> add(own, one, perf.consume(racks, records));
                        case READER -> add(ours, one, reader(round, racks, reach, records, meter));
                        case DSL -> add(ours, one, dsl(round, create(admin, "dsl-" + round), reach, records, meter));
                        case SAME_METRICS ->
                            add(
                                    ours,
                                    one,
                                    sameMetrics(round, create(admin, "same-metrics-" + round), reach, records, meter));
                        case AGGREGATE -> add(ours, one, aggregate(round, reach, records, meter));
                    }
                }
            }
            return compared(ingest, own, ours, (double) records / reports);
        }
    }

    private static <T> void add(Map<Contender, List<T>> to, Contender whose, T measured) {
        to.computeIfAbsent(whose, none -> new ArrayList<>()).add(measured);
    }

    private Round fill(long reports, Meter meter) throws InterruptedException {
        GeneratedSource source = new GeneratedSource(site, new GeneratedSource.Timing.Past(RATE_HERTZ, reports), clock);
        try (Ingest ingest = new Ingest(stages.ingest(), settings, site, source, new SimpleMeterRegistry(), clock)) {
            Usage before = meter.usage();
            Thread worker = Thread.ofPlatform().name("hallwatt-ingest").start(() -> {
                try {
                    ingest.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            worker.join();
            Usage used = meter.usage().since(before);
            if (ingest.counts().accepted() != reports) {
                throw new IllegalStateException("the topic was not filled: %,d of %,d reports were accepted"
                        .formatted(ingest.counts().accepted(), reports));
            }
            return round(new Way(reports, used.seconds()), used, Part.INGEST);
        }
    }

    private Round reader(int round, String topic, Reach reach, long records, Meter meter) throws InterruptedException {
        String group = "hallwatt-bench-peer-reader-%s-%d".formatted(kafka.name(), round);
        PlainReader reader = new PlainReader(group, settings, topic);
        try (reader) {
            return follow(group, reach, records, meter, Part.PEER);
        }
    }

    private Round dsl(int round, String output, Reach reach, long records, Meter meter) throws InterruptedException {
        String group = "hallwatt-bench-peer-dsl-%s-%d".formatted(kafka.name(), round);
        PlainStreams plain = new PlainStreams(group, stages.aggregate(), settings, output);
        try (plain) {
            return follow(group, reach, records, meter, Part.PEER);
        }
    }

    private Round sameMetrics(int round, String output, Reach reach, long records, Meter meter)
            throws InterruptedException {
        String group = "hallwatt-bench-peer-same-metrics-%s-%d".formatted(kafka.name(), round);
        SameMetricsStreams streams = new SameMetricsStreams(group, stages.aggregate(), settings, site, output);
        try (streams) {
            return follow(group, reach, records, meter, Part.PEER);
        }
    }

    private Round aggregate(int round, Reach reach, long records, Meter meter) throws InterruptedException {
        AggregateConfig config =
                kafka.named(stages.aggregate().with(AggregateConfig.WallClock.EVENT_TIME), "full-" + round);
        try (Aggregate aggregate = new Aggregate(config, settings, new SimpleMeterRegistry(), clock)) {
            aggregate.start();
            return follow(config.applicationId(), reach, records, meter, Part.AGGREGATE);
        }
    }

    private Round follow(String group, Reach reach, long records, Meter meter, Part part) throws InterruptedException {
        List<Usage> begun = new ArrayList<>();
        Way way = reach.follow(
                group,
                (long) (records * SKIPPED),
                (long) (records * ENOUGH),
                () -> begun.add(meter.usage()),
                interrupted);
        return round(way, meter.usage().since(begun.getFirst()), part);
    }

    private static Round round(Way way, Usage used, Part part) {
        double millionPoints = way.records() * PipelineResult.POINTS / 1e6;
        return new Round(way, used.cpuSeconds(part) / millionPoints, used.cpuSeconds() / millionPoints);
    }

    /** @param ofRacks part of all readings that are reports of racks */
    private static List<Peer> compared(
            Round ingest, Map<Contender, List<Figures>> own, Map<Contender, List<Round>> ours, double ofRacks) {
        Map<Contender, Long> rates = new EnumMap<>(Contender.class);
        own.forEach((who, figures) -> rates.put(who, best(figures).recordsPerSecond()));
        ours.forEach((who, rounds) -> rates.put(who, fastest(rounds).way().perSecond()));
        List<Peer> peers = new ArrayList<>();
        own.forEach((who, figures) -> peers.add(own(who, best(figures))));
        peers.add(peer(
                INGEST,
                ingest,
                null,
                ratios(ingest, rates, Contender.PRODUCER),
                "generated source, validate, encode, publish; start included"));
        ours.forEach((who, rounds) -> {
            Round best = fastest(rounds);
            Map<String, Double> ratios = who == Contender.AGGREGATE
                    ? ratios(best, rates, Contender.DSL, Contender.SAME_METRICS, Contender.READER, Contender.CONSUMER)
                    : who == Contender.READER ? ratios(best, rates, Contender.CONSUMER) : Map.of();
            Double perReading = who == Contender.AGGREGATE ? best.ownCpu() * PipelineResult.POINTS * ofRacks : null;
            peers.add(peer(who.title(), best, perReading, ratios, how(who) + rates(rounds)));
        });
        return List.copyOf(peers);
    }

    /** The rate beside those of others, as far as they were measured. */
    private static Map<String, Double> ratios(Round one, Map<Contender, Long> rates, Contender... others) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        for (Contender other : others) {
            Long rate = rates.get(other);
            if (rate != null) {
                ratios.put(other.title(), ratio(one.way().perSecond(), rate));
            }
        }
        return ratios;
    }

    private static String how(Contender who) {
        return switch (who) {
            case PRODUCER -> "its own process, reports of this site as payload, ingest's producer settings, no keys";
            case CONSUMER -> "its own process, the same topic";
            case READER -> "a bare consumer that reads each report's numbers as aggregate does, and forgets them";
            case DSL -> "windowed aggregate, Jackson, state in memory with changelog, exactly once";
            case SAME_METRICS ->
                "aggregate's hall metrics of racks at 1 s and 1 min, repeats counted once: the DSL with a window store by rack, Jackson, state in memory with changelog, exactly once";
            case AGGREGATE -> "all of aggregate, by event time";
        };
    }

    private static String rates(List<Round> rounds) {
        return "; reports/s by round: "
                + rounds.stream()
                        .map(round -> Long.toString(round.way().perSecond()))
                        .toList();
    }

    private static Figures best(List<Figures> figures) {
        return figures.stream()
                .max(Comparator.comparingLong(Figures::recordsPerSecond))
                .orElseThrow();
    }

    private static Round fastest(List<Round> rounds) {
        return rounds.stream()
                .max(Comparator.comparingLong(round -> round.way().perSecond()))
                .orElseThrow();
    }

    private static Peer peer(
            String name, Round round, @Nullable Double perReading, Map<String, Double> ratios, String how) {
        return new Peer(
                name,
                round.way().perSecond(),
                rounded(round.way().seconds()),
                rounded(round.ownCpu()),
                rounded(round.allCpu()),
                perReading == null ? null : rounded(perReading),
                ratios,
                how);
    }

    private static Peer own(Contender who, Figures figures) {
        return new Peer(
                who.title(),
                figures.recordsPerSecond(),
                rounded(figures.seconds()),
                rounded(figures.cpuSeconds() / (figures.records() * PipelineResult.POINTS / 1e6)),
                null,
                null,
                Map.of(),
                how(who));
    }

    private static double ratio(long one, long other) {
        return other == 0 ? 0 : rounded((double) one / other);
    }

    private String create(Admin admin, String name) throws InterruptedException {
        String topic = settings.topicPrefix() + name;
        try {
            admin.createTopics(List.of(new NewTopic(topic, layout.hallPartitions(), layout.replication())))
                    .all()
                    .get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("%s could not be created: %s".formatted(topic, e.getCause()), e);
        }
        return topic;
    }

    private List<byte[]> payloads() throws InterruptedException {
        GeneratedSource source =
                new GeneratedSource(site, new GeneratedSource.Timing.Past(RATE_HERTZ, 2L * PAYLOADS), clock);
        List<byte[]> payloads = new ArrayList<>();
        for (Batch batch = source.next(); batch != null; batch = source.next()) {
            for (Batch.Item item : batch.items()) {
                if (item instanceof Batch.Read read
                        && read.reading() instanceof RackReading rack
                        && payloads.size() < PAYLOADS) {
                    payloads.add(Codecs.RACK_READING.write(rack));
                }
            }
        }
        return payloads;
    }
}
