package io.hallwatt.alerting.evaluate;

import io.hallwatt.contract.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Whether any task of this process is on its way out of a backlog, or may be about to find one: it has none yet, or one that has judged nothing yet. */
public final class Backlogs implements AlertAudience {
    /** What a task told last is on the topic by then: it commits every 100 ms, at most every 5 s. */
    private static final Duration COMMITTED_WITHIN = Duration.ofSeconds(10);

    private final Map<Object, CatchUp> tasks = new HashMap<>();
    /** Tasks that have neither judged a window nor been looked at: what waits for them is not known. */
    private final Set<Object> fresh = new HashSet<>();

    private final BooleanSupplier settled;
    private final InstantSource clock;
    private Instant lastAt = Instant.MIN;

    /** @param settled whether this process has the tasks that it is to have; true also where it will never have any */
    public Backlogs(BooleanSupplier settled, InstantSource clock) {
        this.settled = settled;
        this.clock = clock;
    }

    @Override
    public synchronized AlertWatcher watcher(Object owner) {
        if (!tasks.containsKey(owner)) {
            tasks.put(owner, new CatchUp());
            fresh.add(owner);
        }
        return AlertWatcher.of();
    }

    @Override
    public synchronized void judges(Object owner, Window window) {
        Instant now = clock.instant();
        tasks.computeIfAbsent(owner, any -> new CatchUp()).judges(window, now);
        fresh.remove(owner);
        note(now);
    }

    /** One that has judged no window by then has none to read. */
    @Override
    public synchronized void look(Object owner) {
        Instant now = clock.instant();
        note(now);
        fresh.remove(owner);
        CatchUp task = tasks.get(owner);
        if (task != null) {
            task.look(now);
        }
        note(now);
    }

    @Override
    public synchronized void forget(Object owner) {
        note(clock.instant());
        tasks.remove(owner);
        fresh.remove(owner);
    }

    /** Whether what was told of the past may still be taken back by what is told next. */
    public synchronized boolean goOn() {
        Instant now = clock.instant();
        note(now);
        return Duration.between(lastAt, now).compareTo(COMMITTED_WITHIN) < 0;
    }

    private void note(Instant now) {
        if (!fresh.isEmpty() || tasks.values().stream().anyMatch(task -> task.goesOn(now)) || !settled.getAsBoolean()) {
            lastAt = now;
        }
    }
}
