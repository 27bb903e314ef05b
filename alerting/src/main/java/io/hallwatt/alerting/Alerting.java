package io.hallwatt.alerting;

import io.hallwatt.alerting.alertmanager.Alertmanagers;
import io.hallwatt.alerting.evaluate.AlertAudience;
import io.hallwatt.alerting.evaluate.Backlogs;
import io.hallwatt.alerting.membership.Memberships;
import io.hallwatt.alerting.prometheus.Exposition;
import io.hallwatt.alerting.reload.LiveRules;
import io.hallwatt.alerting.reload.RuleSource;
import io.hallwatt.alerting.reload.RuleWatch;
import io.hallwatt.alerting.streams.AlertStreams;
import io.hallwatt.alerting.webhook.Webhooks;
import io.hallwatt.contract.config.KafkaSettings;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The alerting stage: closed windows from {@code metrics.*}, held against rules, give transitions on {@code alerts}, exactly once, series for
 * Prometheus, and alerts to Alertmanager. State and offsets are in Kafka: a process that starts again under the same instance name goes on where it was.
 */
public final class Alerting implements AutoCloseable {
    private final LiveRules rules;
    private final RuleWatch watch;
    private final Exposition exposition;
    private final PrometheusMeterRegistry registry;
    private final Memberships memberships;
    private final Alertmanagers alertmanagers;
    private final Webhooks webhooks;
    private final AlertStreams streams;

    /** @throws io.hallwatt.contract.config.InvalidInput with all faults of the rules */
    public Alerting(
            AlertingConfig config,
            RuleSource source,
            KafkaSettings kafka,
            PrometheusMeterRegistry registry,
            InstantSource clock) {
        this.registry = registry;
        this.rules = new LiveRules(source, config.flapDamping(), clock);
        this.watch = new RuleWatch(rules, config.rulesCheck());
        this.exposition = new Exposition(registry, rules.get(), config.rackSeries(), config.staleAfter(), clock);
        rules.follow(exposition::rules);
        rules.bindTo(registry);
        this.memberships = new Memberships(AlertStreams.session(config, kafka), registry, System::nanoTime);
        this.alertmanagers = new Alertmanagers(
                config.alertmanager(), config.links(), exposition::speaks, memberships::ofThisThread, registry, clock);
        memberships.follow(alertmanagers::justOver);
        Backlogs backlogs = new Backlogs(this::settled, clock);
        this.webhooks = new Webhooks(config.webhooks(), config.links(), kafka, backlogs::goOn, registry, clock);
        this.streams = new AlertStreams(
                config, rules, kafka, exposition, AlertAudience.of(alertmanagers, backlogs), memberships);
    }

    /** Starts in the background: as soon as the topics are there, rules are evaluated. See {@link #ready()}. */
    public void start() {
        alertmanagers.start();
        webhooks.start();
        streams.start();
        watch.start();
    }

    /**
     * Reads the rules anew, changed or not.
     *
     * @return the faults for which all of it is refused, and what ran goes on; empty if it runs
     */
    public List<String> reload() {
        return rules.reload();
    }

    /** The rules and the planned work that run, with where they come from. */
    public LiveRules.Running running() {
        return rules.running();
    }

    /** That the rules and the planned work that were read last do not run; empty where they do. */
    public Optional<LiveRules.Refusal> refusal() {
        return rules.refusal();
    }

    /** Whether rules are evaluated now: false while it starts, is given other halls, or has failed. */
    public boolean ready() {
        return streams.running();
    }

    /** Why it will evaluate no more until it is started anew, and what to do about it; empty as long as it works, starts, or begins again by itself. */
    public Optional<String> failed() {
        return streams.failed();
    }

    /** Whether this process has its share of the halls, or will never have one. */
    private boolean settled() {
        return streams.running() || streams.failed().isPresent();
    }

    /** Ends what is under way, commits, delivers what changed last, and takes its series out of the registry. */
    @Override
    public void close() {
        watch.close();
        alertmanagers.leave();
        streams.close();
        alertmanagers.close();
        memberships.close();
        webhooks.close();
        exposition.close(registry);
    }
}
