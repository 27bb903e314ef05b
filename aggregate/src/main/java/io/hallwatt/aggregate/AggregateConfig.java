package io.hallwatt.aggregate;

import io.hallwatt.contract.config.Doc;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Faults;
import java.nio.file.Path;
import java.time.Duration;

/** What the aggregate stage can be told. */
public record AggregateConfig(
        @Doc("Name of the stage among Kafka's consumer groups; its changelogs start with it")
        String applicationId,

        @Doc("Name of this instance, stable over restarts, so that a restart takes its partitions back at once")
        String instanceId,

        @Doc("Folder for locks; the state itself is in Kafka")
        Path stateDir,

        @Doc("Threads that process readings; more than partitions are idle")
        int threads,

        @Doc("Longest wait of a live window for devices that still speak; longer means later alerts")
        Duration grace,

        @Doc("Silence after which a device holds up no window; devices slower than that: three of their intervals")
        Duration idleLimit,

        @Doc("Longest wait of a ledger hour; what comes later is a restatement")
        Duration ledgerGrace,

        @Doc(
                "LIVE: the wall clock closes windows of silent halls; EVENT_TIME: only readings do, for replays and simulated pasts")
        WallClock wallClock,

        @Doc(
                "Time between commits: it is most of the time from a reading to its metric. While a backlog is worked off, at least 1s")
        Duration commitInterval) {

    /** Whether the wall clock may close windows. */
    public enum WallClock {
        LIVE,
        EVENT_TIME
    }

    public static final AggregateConfig DEFAULTS = new AggregateConfig(
            "hallwatt-aggregate",
            "aggregate-1",
            Path.of(System.getProperty("java.io.tmpdir"), "hallwatt-aggregate"),
            1,
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofHours(1),
            WallClock.LIVE,
            Duration.ofMillis(100));

    public AggregateConfig {
        new Faults("aggregate")
                .unless(
                        applicationId.matches("[A-Za-z0-9._-]{1,100}"),
                        "application-id \"%s\": 1 to 100 letters, digits, dots, dashes, underscores",
                        applicationId)
                .unless(
                        instanceId.matches("[A-Za-z0-9._-]{1,100}"),
                        "instance-id \"%s\": 1 to 100 letters, digits, dots, dashes, underscores",
                        instanceId)
                .unless(threads >= 1 && threads <= 256, "threads is %d; give 1 to 256", threads)
                .unless(
                        grace.toMillis() >= 1 && grace.compareTo(Duration.ofMinutes(1)) <= 0,
                        "grace is %s; give 1ms to 1m (default 2s)",
                        Durations.format(grace))
                .unless(idleLimit.toMillis() >= 1, "idle-limit is %s; give more than 0s (default 2s)", idleLimit)
                .unless(
                        ledgerGrace.compareTo(grace) >= 0,
                        "ledger-grace (%s) is shorter than grace (%s): a reading could be seen live and miss the ledger; make it at least as long",
                        Durations.format(ledgerGrace),
                        Durations.format(grace))
                .unless(
                        commitInterval.toMillis() >= 1 && commitInterval.compareTo(Duration.ofSeconds(3)) <= 0,
                        "commit-interval is %s; give 1ms to 3s: a transaction that stays open longer is aborted by the broker",
                        Durations.format(commitInterval))
                .throwIfAny();
    }

    /** The same with another clock. */
    public AggregateConfig with(WallClock clock) {
        return new AggregateConfig(
                applicationId, instanceId, stateDir, threads, grace, idleLimit, ledgerGrace, clock, commitInterval);
    }

    /** The same with another folder. */
    public AggregateConfig with(Path folder) {
        return new AggregateConfig(
                applicationId, instanceId, folder, threads, grace, idleLimit, ledgerGrace, wallClock, commitInterval);
    }
}
