package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.state.FlapDamping;
import io.hallwatt.alerting.state.Observation;
import io.hallwatt.alerting.state.OnMissing;
import io.hallwatt.alerting.state.ParentState;
import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.state.StateMachine;
import io.hallwatt.alerting.state.Step;
import io.hallwatt.alerting.state.Swings;
import io.hallwatt.contract.AlertTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes one rule's alerts from standing to standing, by what is seen of each, its parents, its swings and planned work; keeps and tells what changed. */
final class AlertSteps {
    /** An Alertmanager is told again each minute, or as often as it is set: texts are no older than this then. */
    private static final Duration RENEWED_EVERY = Duration.ofSeconds(30);

    private final Rule rule;
    private final String identity;
    private final String metrics;
    private final Alerts alerts;
    private final AlertTexts texts;
    private final Parents parents;
    private final PlannedWork maintenance;
    private final AlertWatcher watcher;
    private final FlapDamping damping;
    private final StateMachine machine;
    /** Of the alert on not seeing: it is there as long as nothing is seen. */
    private final StateMachine blindness;

    AlertSteps(
            Rule rule,
            Alerts alerts,
            AlertTexts texts,
            Parents parents,
            PlannedWork maintenance,
            AlertWatcher watcher) {
        this.rule = rule;
        this.identity = rule.identity();
        this.metrics = rule.metrics();
        this.alerts = alerts;
        this.texts = texts;
        this.parents = parents;
        this.maintenance = maintenance;
        this.watcher = watcher;
        this.damping = Objects.requireNonNullElse(rule.damping(), FlapDamping.OFF);
        // A child waits one window: its parent's may come after its own.
        this.machine = parents.orphan()
                ? rule.machine()
                : rule.machine().patient(rule.resolution().length());
        this.blindness = new StateMachine(machine.pendingFor(), Duration.ZERO, OnMissing.KEEP, Duration.ZERO);
    }

    /**
     * One alert, or one on not seeing it, takes a step; costs nothing where all stays as it was.
     *
     * @param value NaN where there is none
     * @param at    event time
     */
    void step(AlertKey key, Observation seen, double value, Instant at, Consumer<AlertTransition> tell) {
        Alert before = alerts.of(identity, key.row()).get(key);
        boolean changed = before != null && before.judgedByOthersThan(metrics);
        if (before != null && changed && before.active() && !before.firing()) {
            // It waited by another metric: `for` begins anew. What people were told goes on where it breaches by the
            // new one too.
            alerts.endChanged(before, AlertTexts.OTHER_METRIC, at, tell);
            before = null;
        }
        Standing standing = before == null ? Standing.INACTIVE : before.standing();
        Swings swings = before == null ? Swings.NONE : before.swings();
        StateMachine patience = damping.on(key.blind() ? blindness : machine, swings);
        Step step = patience.next(standing, seen, parent(key, before, seen, at), at);
        Swings lately = damping.after(swings, step, at);
        boolean quiet = before == null || before.maintenance() == null;
        if (quiet && !changed && step.after().equals(standing) && lately.equals(swings)) {
            if (before != null) {
                renew(before, value, at);
            }
            return; // nearly every step is one of these
        }
        Alert was = before == null ? texts.alert(key, standing, swings) : before;
        Alert moved = was.standing(step.after(), lately, planned(was, step, at));
        if (!(seen instanceof Observation.Missing)) {
            moved = moved.judgedBy(metrics);
        }
        if (moved.equals(was)) {
            return;
        }
        boolean late = was.maintenance() != null && moved.maintenance() == null && moved.firing();
        SortedMap<String, String> annotations =
                step.told() || late ? annotations(was, moved, value, step, seen) : Collections.emptySortedMap();
        Alert alert = moved.noting(at, annotations);
        if (alert.active() || !lately.equals(Swings.NONE)) {
            alerts.keep(alert);
        } else {
            alerts.end(alert);
        }
        if (lately.flaps() > swings.flaps()) {
            watcher.flapped(rule);
        }
        if (step.told() || late) {
            tell.accept(transition(was, alert, annotations, value, at));
        }
    }

    private ParentState parent(AlertKey key, @Nullable Alert before, Observation seen, Instant at) {
        boolean inSight = seen instanceof Observation.Clear || seen instanceof Observation.Between;
        if (parents.orphan() || inSight || parents.quiet(key.row())) {
            return ParentState.QUIET;
        }
        SortedMap<String, String> labels = before == null
                ? texts.alert(key, Standing.INACTIVE, Swings.NONE).labels()
                : before.labels();
        return parents.over(key.row(), labels, at);
    }

    /** The planned work that the alert began to fire in, as long as that lasts: whoever was told before it is told the end, too. */
    private @Nullable String planned(Alert was, Step step, Instant at) {
        if (!Alert.firing(step.after())) {
            return null;
        }
        boolean begins = !was.firing();
        return begins || was.maintenance() != null
                ? maintenance.during(was.labels(), at).orElse(null)
                : null;
    }

    private SortedMap<String, String> annotations(Alert was, Alert alert, double value, Step step, Observation seen) {
        SortedMap<String, String> annotations = texts.annotations(alert.key(), value, step, seen);
        AlertTexts.flapping(damping, was.swings(), alert.swings())
                .ifPresent(text -> annotations.put(AlertTexts.FLAPPING, text));
        boolean measured = seen instanceof Observation.Clear || seen instanceof Observation.Between;
        if (measured && !alert.active() && was.judgedByOthersThan(metrics)) {
            annotations.put(AlertTexts.ENDED, "Without a measured recovery: " + AlertTexts.OTHER_METRIC);
        }
        affected(alert, annotations);
        if (was.maintenance() != null && alert.maintenance() == null && alert.firing()) {
            annotations.put(AlertTexts.MAINTENANCE, "Began to fire in %s, which is over".formatted(was.maintenance()));
        }
        return annotations;
    }

    /** What is told again of an alert that fires on is told with its value of now, and with how many it speaks for now. */
    private void renew(Alert alert, double value, Instant at) {
        Fired fired = alert.fired();
        if (fired == null || fired.endedAt() != null || Double.isNaN(value) || !renews(alert, at)) {
            return;
        }
        SortedMap<String, String> annotations = texts.annotations(alert.key(), value);
        for (String noted : List.of(AlertTexts.FLAPPING, AlertTexts.MAINTENANCE)) {
            if (fired.annotations().containsKey(noted)) {
                annotations.put(noted, fired.annotations().get(noted));
            }
        }
        affected(alert, annotations);
        if (!annotations.equals(fired.annotations())) {
            alerts.keep(alert.telling(annotations));
        }
    }

    /** At times that follow from the alert and the window alone: a restart changes nothing, and a storm's alerts take turns. */
    private boolean renews(Alert alert, Instant at) {
        long window = rule.resolution().millis();
        long every = Math.max(RENEWED_EVERY.toMillis(), window);
        long now = at.toEpochMilli() + Math.floorMod(alert.fingerprint().hashCode(), every);
        return Math.floorDiv(now, every) != Math.floorDiv(now - window, every);
    }

    private void affected(Alert alert, SortedMap<String, String> annotations) {
        int affected = parents.affected(alert.key().row(), alert.labels());
        if (affected > 0) {
            annotations.put(AlertTexts.AFFECTED, Integer.toString(affected));
        }
    }

    private AlertTransition transition(
            Alert was, Alert alert, SortedMap<String, String> annotations, double value, Instant at) {
        Instant since = Objects.requireNonNullElse(
                alert.standing().since() == null
                        ? was.standing().since()
                        : alert.standing().since(),
                at);
        String planned = alert.firing()
                ? alert.maintenance()
                : was.firing()
                        ? was.maintenance()
                        : maintenance.during(alert.labels(), at).orElse(null);
        return new AlertTransition(
                alert.fingerprint(),
                alert.name(),
                alert.labels(),
                annotations,
                was.standing().state(),
                alert.standing().state(),
                at,
                since,
                Double.isFinite(value) ? value : null,
                alert.key().blind() ? null : rule.condition().threshold().orElse(null),
                planned,
                null,
                alert.fired() == null ? null : alert.fired().at(),
                fires(alert.standing()));
    }

    /** With the first window that ends so long after the first breach. */
    private @Nullable Instant fires(Standing standing) {
        if (!(standing instanceof Standing.Pending pending)) {
            return null;
        }
        Duration window = rule.resolution().length();
        long windows = Math.ceilDiv(machine.pendingFor().toMillis(), window.toMillis());
        return pending.since().plus(window.multipliedBy(windows));
    }
}
