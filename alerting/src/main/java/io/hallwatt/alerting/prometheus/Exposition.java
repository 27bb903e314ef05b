package io.hallwatt.alerting.prometheus;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.evaluate.AlertKey;
import io.hallwatt.alerting.evaluate.AlertWatcher;
import io.hallwatt.alerting.evaluate.Evaluation.Outcome;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.catalogue.Scope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * All that the alerting stage shows, in one registry. Several tasks show their share in it, each under an owner of its own; what an owner showed is taken
 * away when it goes.
 */
public final class Exposition {
    private static final String TRANSITIONS = "hallwatt.alert.transitions";
    private static final String LIMITED = "hallwatt.alert.limited";
    private static final String FLAPS = "hallwatt.alert.flaps";
    private static final String RESTATEMENTS = "hallwatt.alert.restatements";
    /** Counters with an alert's name. */
    private static final List<String> OF_RULES = List.of(TRANSITIONS, LIMITED, FLAPS, RESTATEMENTS);

    private final MetricBoard metrics;
    private final AlertBoard alerts;
    private final MeterRegistry registry;
    private final InstantSource clock;
    private volatile RuleSet running;
    private volatile Set<String> watchdogs = Set.of();
    private final Map<Share, Instant> evaluatedTo = new ConcurrentHashMap<>();

    /** Names of rules that ran and run no more. */
    private final Set<String> gone = ConcurrentHashMap.newKeySet();

    private final Set<Scope> measured = ConcurrentHashMap.newKeySet();

    /** The rows that one task evaluates. */
    private record Share(Object owner, Scope scope) {}

    /**
     * @param racks      whether racks' series are shown too
     * @param staleAfter how long, beyond a window's own length, the last values of a silent hall or site are shown
     */
    public Exposition(
            PrometheusMeterRegistry registry, RuleSet rules, boolean racks, Duration staleAfter, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.running = rules;
        this.metrics = new MetricBoard(racks, staleAfter, clock);
        this.alerts = new AlertBoard(alert -> speaks(alert.key()));
        registry.getPrometheusRegistry().register(metrics);
        registry.getPrometheusRegistry().register(alerts);
        for (Scope scope : Scope.values()) {
            for (Outcome outcome : Outcome.values()) {
                windows(scope, word(outcome));
            }
        }
        rules(rules);
        Gauge.builder("hallwatt.alert.rules", this, self -> self.running.rules().size())
                .description("Rules that run")
                .register(registry);
        unreadable();
    }

    /** These rules run from now on. What was counted of others leaves the page: a series of a rule that is gone would stand there for ever. */
    public void rules(RuleSet rules) {
        Set<String> names = names(rules);
        for (String alert : names(running)) {
            if (!names.contains(alert)) {
                gone.add(alert);
                OF_RULES.forEach(meter ->
                        registry.find(meter).tag("alertname", alert).counters().forEach(registry::remove));
            }
        }
        gone.removeAll(names);
        running = rules;
        watchdogs = rules.rules().stream()
                .filter(rule -> rule.condition() instanceof Condition.Always)
                .map(Rule::identity)
                .collect(Collectors.toSet());
        for (Rule rule : rules.rules()) {
            for (AlertState to : AlertState.values()) {
                transitions(
                        rule.alert(),
                        to); // there at 0 from the start: a series that appears at 1 hides its first increase
            }
            limited(rule.alert());
            flaps(rule.alert());
            restatements(rule.alert());
        }
    }

    private static Set<String> names(RuleSet rules) {
        return rules.rules().stream().map(Rule::alert).collect(Collectors.toSet());
    }

    /** Whether the alert may be shown and told now: a watchdog only while windows come, since it is to prove just that. */
    public boolean speaks(AlertKey alert) {
        return !watchdogs.contains(alert.rule()) || metrics.alive(alert.row());
    }

    /** Takes what the evaluation of one task does. */
    public AlertWatcher watcher(Object owner) {
        return new AlertWatcher() {
            @Override
            public void stands(Alert alert) {
                alerts.stands(owner, alert);
            }

            @Override
            public void ended(Alert alert) {
                alerts.ended(owner, alert);
            }

            @Override
            public void limited(Rule rule, String row, int count) {
                if (isCounted(rule.alert())) {
                    Exposition.this.limited(rule.alert()).increment();
                }
            }

            @Override
            public void flapped(Rule rule) {
                if (isCounted(rule.alert())) {
                    flaps(rule.alert()).increment();
                }
            }
        };
    }

    /** A window came. */
    public void saw(Object owner, Sight sight, Outcome outcome) {
        metrics.show(owner, sight);
        windows(sight.scope(), word(outcome)).increment();
        Instant end = sight.window().end();
        if (outcome != Outcome.EVALUATED) {
            return;
        }
        Duration age = Duration.between(end, clock.instant());
        // Where the input ends within a window, that is closed before its end.
        age(sight.scope()).record(age.isNegative() ? Duration.ZERO : age);
        evaluatedTo.merge(new Share(owner, sight.scope()), end, (a, b) -> a.isAfter(b) ? a : b);
        if (measured.add(sight.scope())) {
            Gauge.builder("hallwatt.alert.evaluation.lag", this, self -> self.lagSeconds(sight.scope()))
                    .description(
                            "Time from the end of the newest window evaluated until now, of the share that is furthest behind")
                    .baseUnit("seconds")
                    .tag("scope", word(sight.scope()))
                    .register(registry);
        }
    }

    /** NaN where no share of the scope is ours. */
    private double lagSeconds(Scope scope) {
        return evaluatedTo.entrySet().stream()
                .filter(share -> share.getKey().scope() == scope)
                .map(Map.Entry::getValue)
                .min(Comparator.naturalOrder())
                .map(end -> Duration.between(end, clock.instant()).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }

    /** An alert changed its state. */
    public void told(AlertTransition transition) {
        if (!isCounted(transition.rule())) {
            return;
        }
        if (transition.restated() == null) {
            transitions(transition.rule(), transition.to()).increment();
        } else {
            restatements(transition.rule()).increment();
        }
    }

    /** The last word of a rule that is gone comes after its counters have left. */
    private boolean isCounted(String alert) {
        return !gone.contains(alert);
    }

    /** A record was no window. */
    public Counter unreadable() {
        return Counter.builder("hallwatt.alert.unreadable.windows")
                .description("Records on the metrics topics that are no windows, passed over")
                .register(registry);
    }

    /** The task's share is no longer ours. */
    public void forget(Object owner) {
        metrics.forget(owner);
        alerts.forget(owner);
        evaluatedTo.keySet().removeIf(share -> share.owner().equals(owner));
    }

    /** Takes the boards out of the registry, so that another stage can be opened on it. */
    public void close(PrometheusMeterRegistry from) {
        from.getPrometheusRegistry().unregister(metrics);
        from.getPrometheusRegistry().unregister(alerts);
    }

    private Counter transitions(String alert, AlertState to) {
        return Counter.builder(TRANSITIONS)
                .description("Changes of alerts' states")
                .tag("alertname", alert)
                .tag("to", word(to))
                .register(registry);
    }

    private Counter limited(String alert) {
        return byAlert(
                LIMITED,
                "Windows that a rule was not evaluated on, for more alerts than its group's limit allows",
                alert);
    }

    private Counter flaps(String alert) {
        return byAlert(
                FLAPS, "Firings that were too many within the damping's span, the first and those held back", alert);
    }

    private Counter restatements(String alert) {
        return byAlert(RESTATEMENTS, "Windows that were published again and would have been judged otherwise", alert);
    }

    private Counter byAlert(String name, String description, String alert) {
        return Counter.builder(name)
                .description(description)
                .tag("alertname", alert)
                .register(registry);
    }

    private Timer age(Scope scope) {
        return Timer.builder("hallwatt.alert.evaluation.age")
                .description("Time from a window's end to its evaluation")
                .tag("scope", word(scope))
                .register(registry);
    }

    private Counter windows(Scope scope, String result) {
        return Counter.builder("hallwatt.alert.windows")
                .description("Closed windows seen by the rules")
                .tag("scope", word(scope))
                .tag("result", result)
                .register(registry);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
