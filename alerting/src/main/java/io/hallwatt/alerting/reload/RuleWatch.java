package io.hallwatt.alerting.reload;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the rule files from time to time. By content, not by the file system's events: mounted configuration (a Kubernetes ConfigMap, a network drive) changes
 * by links or without events.
 */
public final class RuleWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RuleWatch.class);

    private final LiveRules rules;
    private final Duration every;
    private @Nullable Thread thread;

    /** @param every how often; zero: never */
    public RuleWatch(LiveRules rules, Duration every) {
        this.rules = rules;
        this.every = every;
    }

    public void start() {
        if (!every.isZero()) {
            thread = Thread.ofVirtual().name("rule-watch").start(this::watch);
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(every);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A look that fails must not be the last. */
    private void look() {
        try {
            rules.reloadIfChanged();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("The rule files could not be looked at; they are looked at again");
        }
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
