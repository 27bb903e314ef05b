package io.hallwatt.benchmarks.pipeline;

import io.hallwatt.benchmarks.load.GeneratedSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Back-pressure over the whole pipeline: a source that knows no pace waits while too many of its readings are not yet counted. Kafka itself would take
 * them faster than they can be counted, and what was measured would be the growth of a backlog.
 */
final class InFlight implements GeneratedSource.Gate, AutoCloseable {
    /** About half a second of what two cores count. */
    private static final long MOST = 50_000;

    private static final long LOOK_MILLIS = 50;

    private final LongSupplier counted;
    private final Thread thread;
    private volatile long countedLast;
    private volatile boolean stopping;

    InFlight(LongSupplier counted) {
        this.counted = counted;
        this.thread = Thread.ofPlatform().daemon().name("hallwatt-bench-gate").start(this::run);
    }

    @Override
    public void await(long given) throws InterruptedException {
        while (given - countedLast > MOST) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
    }

    private void run() {
        try {
            while (!stopping) {
                countedLast = counted.getAsLong();
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
