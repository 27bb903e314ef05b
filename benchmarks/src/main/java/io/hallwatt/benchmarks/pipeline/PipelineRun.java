package io.hallwatt.benchmarks.pipeline;

import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.aggregate.AggregateCounts;
import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.reload.RuleSource;
import io.hallwatt.app.Unavailable;
import io.hallwatt.app.pipeline.Feed;
import io.hallwatt.app.pipeline.Metrics;
import io.hallwatt.app.pipeline.Stages;
import io.hallwatt.benchmarks.load.GeneratedSource;
import io.hallwatt.benchmarks.load.GeneratedSource.Timing;
import io.hallwatt.benchmarks.meter.Heap;
import io.hallwatt.benchmarks.meter.Meter;
import io.hallwatt.benchmarks.meter.Profile;
import io.hallwatt.benchmarks.meter.Usage;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.site.Site;
import io.hallwatt.ingest.Ingest;
import io.hallwatt.ingest.IngestConfig;
import io.hallwatt.ingest.IngestCounts;
import io.hallwatt.ingest.Source;
import io.hallwatt.ingest.simulate.SimulatedSource;
import io.hallwatt.ingest.simulate.Simulation;
import io.hallwatt.ingest.simulate.SimulationConfig;
import io.hallwatt.ingest.simulate.scenario.Scenario;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** How much does the whole pipeline cost: ingest → broker → aggregate → alerting, all real, the default rules. */
public final class PipelineRun {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_MILLIS = 20;

    private final Load load;
    private final Settings settings;
    private final KafkaSettings kafka;
    private final Site site;
    private final Profile profile;
    private final InstantSource clock = InstantSource.system();

    /** How the stages are set. */
    public record Settings(IngestConfig ingest, AggregateConfig aggregate, AlertingConfig alerting, RuleSource rules) {}

    public PipelineRun(Load load, Settings settings, KafkaSettings kafka, Site site, Profile profile) {
        this.load = load;
        this.settings = settings;
        this.kafka = kafka;
        this.site = site;
        this.profile = profile;
    }

    /**
     * Runs it on topics that are laid out.
     *
     * @param interrupted looked at all the while: once it says so, what was measured so far is the result
     */
    public PipelineResult measure(BooleanSupplier interrupted) throws InterruptedException {
        try (Metrics metrics = Metrics.open("127.0.0.1", 0);
                Stages stages = Stages.start(
                        metrics, settings.aggregate(), settings.alerting(), settings.rules(), kafka, clock)) {
            await("The stages did not start", stages::ready);
            AtomicLong lagMax = new AtomicLong();
            try (Heap heap = new Heap();
                    Observer observer = new Observer(kafka, clock);
                    InFlight gate =
                            new InFlight(() -> counted(stages.aggregate().counts()));
                    Meter meter = new Meter(() -> {
                        heap.look();
                        lagMax.accumulateAndGet(stages.aggregate().counts().lag(), Math::max);
                    });
                    Feed feed = Feed.start(
                            new Ingest(settings.ingest(), kafka, site, source(gate), metrics.registry(), clock))) {
                pass(load.warmUp(), feed, interrupted);
                heap.begin();
                observer.begin();
                lagMax.set(0);
                profile.begin();
                IngestCounts fedBefore = feed.counts();
                AggregateCounts before = stages.aggregate().counts();
                Usage usedBefore = meter.usage();
                Map<String, Long> unnamedBefore = meter.unnamed();
                pass(load.length(), feed, interrupted);
                Usage used = meter.usage().since(usedBefore);
                Map<String, Long> unnamed = meter.unnamed();
                unnamed.replaceAll((name, nanos) -> nanos - unnamedBefore.getOrDefault(name, 0L));
                AggregateCounts after = stages.aggregate().counts();
                IngestCounts fedAfter = feed.counts();
                var latencies = observer.latencies();
                long windows = observer.windows();
                long heapMax = heap.max();
                long heapAfterGc = heap.afterGc();
                long heapAfterGcMax = heap.maxAfterGc();
                long mostLag = lagMax.get();
                profile.end();
                feed.stop();
                AggregateCounts drained = drain(stages, feed.counts());
                return new PipelineResult(
                        load,
                        used.seconds(),
                        fedAfter.accepted() - fedBefore.accepted(),
                        counted(after) - counted(before),
                        rackShare(),
                        windows,
                        after.late() - before.late(),
                        after.duplicates() - before.duplicates(),
                        mostLag,
                        drained.lag(),
                        feed.counts().accepted() - counted(drained),
                        latencies,
                        heapMax,
                        heapAfterGc,
                        heapAfterGcMax,
                        used,
                        unnamed,
                        new PipelineResult.Whole(
                                feed.counts().sent(),
                                feed.counts().accepted(),
                                feed.counts().rejectedInAll(),
                                drained.readings(),
                                drained.duplicates(),
                                drained.late()));
            }
        }
    }

    private Source source(GeneratedSource.Gate gate) {
        return switch (load.origin()) {
            case GENERATED ->
                new GeneratedSource(
                        site,
                        load.rateHz().isPresent()
                                ? new Timing.Paced(load.rateHz().getAsDouble())
                                : new Timing.Fastest(gate),
                        clock);
            case SIMULATOR -> {
                SimulationConfig config = SimulationConfig.DEFAULTS
                        .withRateHz(load.rateHz().orElse(1))
                        .withScenario(faults());
                yield new SimulatedSource(Simulation.begin(site, config, clock.instant()), config.pace(), clock);
            }
        };
    }

    /** Feeds that draw too much, so that there are alerts whose latency can be measured; and racks that fall silent. */
    private Scenario faults() {
        StringBuilder text = new StringBuilder("faults:\n");
        for (int hall = 0; hall < site.halls().size(); hall += 10) {
            text.append(
                    "  - { fault: breaker-overload, target: %s/%s, feed: A, to: 0.92, at: 5s, for: 20s, every: 40s }\n"
                            .formatted(
                                    site.halls().get(hall).id(),
                                    site.halls().get(hall).racks().getFirst().id()));
        }
        for (Hall hall : site.halls()) {
            List<Rack> racks = hall.racks();
            for (int i = 0; i < load.silent(); i++) {
                Duration at = load.warmUp().plus(load.length().multipliedBy(i).dividedBy(load.silent()));
                text.append("  - { fault: silence, target: %s/%s, at: %dms, for: 1d }\n"
                        .formatted(hall.id(), racks.get(racks.size() - 1 - i).id(), at.toMillis()));
            }
        }
        return Scenario.read("bench", text.toString(), site);
    }

    /** Every device speaks as often as every other. */
    private double rackShare() {
        int units = site.halls().stream()
                .mapToInt(hall -> hall.coolingUnits().size())
                .sum();
        return (double) site.rackCount()
                / (site.rackCount() + units + site.sources().size());
    }

    private AggregateCounts drain(Stages stages, IngestCounts fed) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            AggregateCounts counts = stages.aggregate().counts();
            if (counted(counts) == fed.accepted() && counts.lag() == 0) {
                return counts;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return stages.aggregate().counts();
    }

    private static void pass(Duration time, Feed feed, BooleanSupplier interrupted) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        feed.await(() -> interrupted.getAsBoolean() || System.nanoTime() >= end);
    }

    private static void await(String otherwise, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= deadline) {
                throw new Unavailable("%s within %s. Look at the log above.".formatted(otherwise, PATIENCE));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private static long counted(AggregateCounts counts) {
        return counts.readings() + counts.duplicates() + counts.late() + counts.rejected();
    }
}
