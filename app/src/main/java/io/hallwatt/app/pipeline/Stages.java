package io.hallwatt.app.pipeline;

import io.hallwatt.aggregate.Aggregate;
import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.alerting.Alerting;
import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.reload.LiveRules;
import io.hallwatt.alerting.reload.RuleSource;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.app.Unavailable;
import io.hallwatt.contract.config.KafkaSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Aggregate and alerting in one process, with one page of metrics. */
public final class Stages implements AutoCloseable {
    private final Metrics metrics;
    private final Aggregate aggregate;
    private final Alerting alerting;
    private final String aggregateGroup;

    private Stages(Metrics metrics, Aggregate aggregate, Alerting alerting, String aggregateGroup) {
        this.metrics = metrics;
        this.aggregate = aggregate;
        this.alerting = alerting;
        this.aggregateGroup = aggregateGroup;
    }

    /** Starts both, each in its own time; they are ready some time later. */
    public static Stages start(
            Metrics metrics,
            AggregateConfig aggregateConfig,
            AlertingConfig alertingConfig,
            RuleSource rules,
            KafkaSettings kafka,
            InstantSource clock) {
        Aggregate aggregate = new Aggregate(aggregateConfig, kafka, metrics.registry(), clock);
        Alerting alerting = new Alerting(alertingConfig, rules, kafka, metrics.registry(), clock);
        Stages stages = new Stages(metrics, aggregate, alerting, aggregateConfig.applicationId());
        try {
            alerting.start();
            aggregate.start();
            metrics.serve(Map.of("aggregate", aggregate::ready, "alerting", alerting::ready));
            metrics.reloadBy(alerting::reload);
            if (alertingConfig.rulesPage()) {
                metrics.rulesFrom(alerting::running);
            }
            return stages;
        } catch (RuntimeException e) {
            stages.close();
            throw e;
        }
    }

    public Metrics metrics() {
        return metrics;
    }

    public Aggregate aggregate() {
        return aggregate;
    }

    /** The consumer group under which aggregate commits what it has read. */
    String aggregateGroup() {
        return aggregateGroup;
    }

    /** Reads the alert rules anew; the faults for which they are refused. */
    public List<String> reload() {
        return alerting.reload();
    }

    /** The alert rules that run now. */
    public RuleSet rules() {
        return alerting.running().rules();
    }

    /** That the alert rules that were read last do not run, and those of before go on; empty where they do. */
    public Optional<LiveRules.Refusal> refusal() {
        return alerting.refusal();
    }

    public boolean ready() {
        return aggregate.ready() && alerting.ready();
    }

    /** Which stage has failed for good, why, and what to do about it; empty as long as none has. */
    public Optional<String> failed() {
        return aggregate.failed().or(alerting::failed);
    }

    /** @throws Unavailable if a stage has failed */
    public void failIfFailed() {
        failed().ifPresent(why -> {
            throw new Unavailable(why);
        });
    }

    @Override
    public void close() {
        alerting.close();
        aggregate.close();
    }
}
