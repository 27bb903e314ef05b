package io.hallwatt.alerting;

import io.hallwatt.contract.config.Doc;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Faults;
import java.nio.file.Path;
import java.time.Duration;

/** What the alerting stage can be told. */
public record AlertingConfig(
        @Doc("This process's name among those of the stage, the same after a restart: it gets its halls back at once")
        String instance,

        @Doc("Where Kafka Streams keeps its lock files; alerts themselves are kept in Kafka")
        Path stateDir,

        @Doc("Threads that evaluate rules; more than there are partitions of metrics.hall.1s do nothing")
        int threads,

        @Doc(
                "How often transitions are committed: the latency that exactly-once costs; shorter means sooner alerts and more load")
        Duration commitInterval,

        @Doc("How long, beyond a window's length, the last values of a silent hall or site stay on /metrics")
        Duration staleAfter,

        @Doc("Whether /metrics has the racks' series too: thousands")
        boolean rackSeries) {

    public static final AlertingConfig DEFAULTS = new AlertingConfig(
            "alerting-1", Path.of("data", "alerting"), 1, Duration.ofMillis(100), Duration.ofSeconds(10), false);

    public AlertingConfig {
        new Faults("alerting")
                .unless(
                        instance.matches("[a-zA-Z0-9._-]{1,64}"),
                        "instance \"%s\": letters, digits, dots, dashes and _, at most 64",
                        instance)
                .unless(threads >= 1 && threads <= 64, "threads is %d; give 1 to 64 (default 1)", threads)
                .unless(
                        commitInterval.compareTo(Duration.ofMillis(10)) >= 0
                                && commitInterval.compareTo(Duration.ofSeconds(5)) <= 0,
                        "commit-interval is %s; give 10ms to 5s (default 100ms)",
                        Durations.format(commitInterval))
                .unless(
                        staleAfter.isPositive(),
                        "stale-after is %s; give more than 0s (default 10s)",
                        Durations.format(staleAfter))
                .throwIfAny();
    }
}
