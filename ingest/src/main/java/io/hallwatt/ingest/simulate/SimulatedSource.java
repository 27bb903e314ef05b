package io.hallwatt.ingest.simulate;

import io.hallwatt.contract.Reading;
import io.hallwatt.ingest.Batch;
import io.hallwatt.ingest.Origin;
import io.hallwatt.ingest.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A simulation at a pace, as a source. Where its reader falls behind, it catches up: readings keep their times. */
public final class SimulatedSource implements Source {
    private static final Origin ORIGIN = Origin.made("simulator");
    private static final int MOST = 4000;
    /**
     * With a batch at hand less than a second of the reference site's time, at its 8,450 reports a second: a rack that spoke a second ago must not pass for silent, which it does after two, because a
     * cooling unit of the hall is read first.
     */
    private static final int MOST_UNDER_WAY = 4000;

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(5); // less would be a wake-up a reading
    private static final Duration LONGEST_WAIT = Duration.ofMillis(100); // then the caller looks up

    private final Simulation simulation;
    private final Pace pace;
    private final InstantSource clock;
    private final Instant clockStart;
    private final Instant from;
    private final ReentrantLock lock = new ReentrantLock(); // the state is asked for by another thread
    private boolean ended;

    public SimulatedSource(Simulation simulation, Pace pace, InstantSource clock) {
        this.simulation = simulation;
        this.pace = pace;
        this.clock = clock;
        this.clockStart = clock.instant();
        this.from = simulation.from();
    }

    @Override
    public @Nullable Batch next() throws InterruptedException {
        Instant until = awaitDue();
        List<Batch.Item> items = new ArrayList<>();
        lock.lockInterruptibly();
        try {
            if (ended) {
                return null;
            }
            ended = !simulation.advance(until, MOST, reading -> items.add(read(reading)));
        } finally {
            lock.unlock();
        }
        return ended && items.isEmpty() ? null : new Batch(items);
    }

    @Override
    public boolean finite() {
        return simulation.finite();
    }

    @Override
    public int mostUnderWay() {
        return pace.equals(Pace.REAL_TIME) ? Source.super.mostUnderWay() : MOST_UNDER_WAY;
    }

    /** What it takes to go on after the readings given so far; may be asked for at any time, by any thread. */
    public SimulationState state() {
        lock.lock();
        try {
            return simulation.state();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing to release. */
    @Override
    public void close() {}

    private static Batch.Item read(Reading reading) {
        return new Batch.Read(reading, ORIGIN);
    }

    private Instant awaitDue() throws InterruptedException {
        Instant due = simulation.next();
        if (due == null || !(pace instanceof Pace.Accelerated accelerated)) {
            return Instant.ofEpochMilli(Long.MAX_VALUE / 4);
        }
        Duration wait = Duration.between(simulated(accelerated), due);
        if (wait.isPositive()) {
            long millis = (long) Math.ceil(wait.toMillis() / accelerated.factor());
            Thread.sleep(Duration.ofMillis(Math.clamp(millis, SHORTEST_WAIT.toMillis(), LONGEST_WAIT.toMillis())));
        }
        return simulated(accelerated);
    }

    private Instant simulated(Pace.Accelerated accelerated) {
        Duration passed = Duration.between(clockStart, clock.instant());
        return from.plusMillis((long) (passed.toMillis() * accelerated.factor()));
    }
}
