package io.hallwatt.app.pipeline;

import io.hallwatt.aggregate.AggregateCounts;
import io.hallwatt.alerting.reload.LiveRules;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.app.Unavailable;
import io.hallwatt.app.summary.Glimpse;
import io.hallwatt.app.summary.OutputWatch;
import io.hallwatt.app.summary.Summary;
import io.hallwatt.app.summary.Summary.Aggregated;
import io.hallwatt.app.summary.Summary.Energy;
import io.hallwatt.app.summary.Summary.Lag;
import io.hallwatt.app.summary.Summary.Readings;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Site;
import io.hallwatt.ingest.IngestCounts;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One run of the stages: what was there at its beginning is its baseline, what came after it is its summary. On a data directory in use the stages first catch
 * up with what their predecessor left, so that what is counted as of this run is of this run.
 */
public final class Run implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** How long figures that add up must stand still: those of several tasks are not of one instant. */
    private static final Duration REST = Duration.ofMillis(1_500);

    private static final Duration STALL = Duration.ofMinutes(2);
    private static final Duration SETTLING = Duration.ofSeconds(10);
    private static final Duration HURRY = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 50;

    private final Stages stages;
    private final OutputWatch watch;
    private final Aggregated baseline;
    private long lagMax;
    private long heapMax;

    private Run(Stages stages, OutputWatch watch, Aggregated baseline) {
        this.stages = stages;
        this.watch = watch;
        this.baseline = baseline;
    }

    /**
     * @param fresh   whether nothing was ever read here, so that there is nothing to catch up with
     * @param hurried whether somebody wants the end
     * @param live  whether readings carry the present time, so that latencies mean something
     */
    public static Run begin(
            Stages stages,
            KafkaSettings kafka,
            InstantSource clock,
            boolean fresh,
            boolean live,
            BooleanSupplier hurried)
            throws InterruptedException {
        // Readings that wait while the stages start would be late for their windows: the wall clock closes them.
        Progress starting = new Progress(PATIENCE);
        if (!await(stages, stages::ready, () -> hurried.getAsBoolean() || starting.stalled(List.of()))
                || (!fresh && !caughtUp(stages, kafka, hurried))) {
            throw new Unavailable(
                    "The stages did not catch up with what the data directory holds. Start again to go on, or choose another --data-dir.");
        }
        Aggregated baseline =
                fresh ? new Aggregated(0, 0, 0) : aggregated(stages.aggregate().counts());
        return new Run(stages, new OutputWatch(kafka, clock, live), baseline);
    }

    /**
     * Whether all that was ever written is in the counts. A task's counts come some moments after its offsets, when its state is restored; where records are no
     * readings (ends of inputs), so that the sums cannot meet, the counts must have stood still for a while.
     */
    private static boolean caughtUp(Stages stages, KafkaSettings kafka, BooleanSupplier hurried)
            throws InterruptedException {
        Progress progress = new Progress(SETTLING);
        Progress standstill = new Progress(STALL);
        try (Backlog backlog = new Backlog(kafka, stages.aggregateGroup())) {
            return await(
                    stages,
                    () -> {
                        Backlog.Standing standing = backlog.look();
                        AggregateCounts counts = stages.aggregate().counts();
                        long counted = aggregated(counts).sum() + counts.rejected();
                        boolean still = progress.stalled(List.of(standing.committed(), counted));
                        return standing.committed() == standing.written() && (counted == standing.written() || still);
                    },
                    () -> hurried.getAsBoolean()
                            || standstill.stalled(List.of(
                                    aggregated(stages.aggregate().counts()).sum(),
                                    stages.aggregate().counts().lag())));
        }
    }

    /**
     * Looks at lag and heap, and after the stages; to be called about once a second.
     *
     * @throws Unavailable if a stage has failed
     */
    public void sample() {
        stages.failIfFailed();
        lagMax = Math.max(lagMax, stages.aggregate().counts().lag());
        heapMax = Math.max(
                heapMax,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    /** What the stages show now. */
    public Glimpse glimpse() {
        return watch.glimpse();
    }

    /** The rules that run now. */
    public RuleSet rules() {
        return stages.rules();
    }

    /** That the rules that were read last do not run; empty where they do. */
    public Optional<LiveRules.Refusal> refusal() {
        return stages.refusal();
    }

    /** Records that aggregate has not yet read. */
    public long lag() {
        return stages.aggregate().counts().lag();
    }

    /**
     * Waits until all that ingest has had acknowledged is counted, what follows from it is read back, and energy is accounted for.
     *
     * @param ended   whether the source has given all, so that every window and hour is to be closed
     * @param hurried looked at all the while: once it says so, five seconds are left
     * @return false if for two minutes nothing moved, or there was no time
     */
    public boolean drain(IngestCounts fed, boolean ended, BooleanSupplier hurried) throws InterruptedException {
        Progress progress = new Progress(STALL);
        Progress rest = new Progress(REST);
        return await(
                stages,
                () -> rest.stalled(figures()) && settled(fed, ended),
                () -> hurried.getAsBoolean() || progress.stalled(figures()));
    }

    private boolean settled(IngestCounts fed, boolean ended) {
        AggregateCounts counts = stages.aggregate().counts();
        return aggregated(counts).minus(baseline).sum() == fed.accepted()
                && counts.lag() == 0
                && (!ended || counts.openMilliwattHours() == 0)
                && watch.atEnd()
                && counts.registersMilliwattHours() == watch.hourlyMilliwattHours() + counts.openMilliwattHours();
    }

    /** What changes as long as something happens to readings. Windows without any go on by the clock, so the lag comes and goes. */
    private List<Long> figures() {
        AggregateCounts counts = stages.aggregate().counts();
        return List.of(
                aggregated(counts).sum(),
                counts.registersMilliwattHours(),
                counts.openMilliwattHours(),
                watch.hourlyMilliwattHours());
    }

    /** The figures as they stand; after {@link #drain} they add up. */
    public Summary summary(IngestCounts fed, Site site) {
        sample();
        AggregateCounts counts = stages.aggregate().counts();
        Aggregated total = aggregated(counts);
        return new Summary(
                readings(fed),
                total.minus(baseline),
                new Energy(
                        counts.registersMilliwattHours(),
                        watch.hourlyMilliwattHours(),
                        counts.openMilliwattHours(),
                        watch.estimatedMilliwattHours()),
                watch.renewable(site),
                watch.windows(),
                watch.alerts(),
                new Lag(lagMax, counts.lag()),
                watch.latencies(),
                watch.startup(),
                heapMax,
                total);
    }

    @Override
    public void close() {
        watch.close();
    }

    private static Readings readings(IngestCounts fed) {
        SortedMap<String, Long> rejected = new TreeMap<>();
        fed.rejected().forEach((code, count) -> rejected.put(code.name(), count));
        return new Readings(fed.sent(), fed.accepted(), rejected);
    }

    private static Aggregated aggregated(AggregateCounts counts) {
        return new Aggregated(counts.readings(), counts.duplicates(), counts.late());
    }

    /** Something to wait for. */
    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    /** Looks again and again; a state that other threads commit cannot be waited for otherwise. Of a stage that has failed nothing is to be waited for. */
    private static boolean await(Stages stages, Condition condition, BooleanSupplier hurried)
            throws InterruptedException {
        long deadline = Long.MAX_VALUE;
        boolean hurrying = false;
        while (!condition.holds()) {
            stages.failIfFailed();
            if (hurried.getAsBoolean() && !hurrying) {
                hurrying = true;
                deadline = System.nanoTime() + HURRY.toNanos();
            }
            if (hurrying && System.nanoTime() - deadline >= 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }
}
