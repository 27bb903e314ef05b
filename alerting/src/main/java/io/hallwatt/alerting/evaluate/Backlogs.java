package io.hallwatt.alerting.evaluate;

import io.hallwatt.contract.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Whether any task of this process is on its way out of a backlog. */
public final class Backlogs implements AlertAudience {
    /** What a task told last is on the topic by then: it commits every 100 ms, at most every 5 s. */
    private static final Duration COMMITTED_WITHIN = Duration.ofSeconds(10);

    private final Map<Object, CatchUp> tasks = new HashMap<>();
    private final InstantSource clock;
    private Instant lastAt = Instant.MIN;

    public Backlogs(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public AlertWatcher watcher(Object owner) {
        return AlertWatcher.of();
    }

    @Override
    public synchronized void judges(Object owner, Window window) {
        Instant now = clock.instant();
        tasks.computeIfAbsent(owner, any -> new CatchUp()).judges(window, now);
        note(now);
    }

    @Override
    public synchronized void look(Object owner) {
        Instant now = clock.instant();
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
    }

    /** Whether what was told of the past may still be taken back by what is told next. */
    public synchronized boolean goOn() {
        Instant now = clock.instant();
        note(now);
        return Duration.between(lastAt, now).compareTo(COMMITTED_WITHIN) < 0;
    }

    private void note(Instant now) {
        if (tasks.values().stream().anyMatch(task -> task.goesOn(now))) {
            lastAt = now;
        }
    }
}
