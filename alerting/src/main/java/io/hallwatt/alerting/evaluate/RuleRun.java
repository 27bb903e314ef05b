package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.state.Observation;
import io.hallwatt.alerting.state.OnMissing;
import io.hallwatt.contract.AlertTransition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One rule over the windows of one task. */
final class RuleRun {
    private final Rule rule;
    private final String identity;
    private final Alerts alerts;
    private final AlertWatcher watcher;
    private final Elements elements;
    private final AlertSteps steps;
    private final Restatements restatements;

    RuleRun(
            Rule rule,
            Alerts alerts,
            Parents parents,
            PlannedWork maintenance,
            Calculations calculations,
            Inventory inventory,
            AlertWatcher watcher) {
        AlertTexts texts = new AlertTexts(rule);
        this.rule = rule;
        this.identity = rule.identity();
        this.alerts = alerts;
        this.watcher = watcher;
        this.elements = new Elements(rule, calculations, inventory);
        this.steps = new AlertSteps(rule, alerts, texts, parents, maintenance, watcher);
        this.restatements = new Restatements(rule, elements, alerts, texts);
    }

    /** No window of the row was published between the two instants. */
    void missed(String row, Instant from, Instant to, Consumer<AlertTransition> tell) {
        if (!rule.condition().canBeMissing()) {
            return; // absence goes on being absent, and a watchdog knows of no values
        }
        for (Alert alert : List.copyOf(alerts.of(identity, row).values())) {
            if (!alert.key().blind()) {
                steps.step(alert.key(), new Observation.Missing(from), Double.NaN, to, tell);
            }
        }
    }

    /** The next window of its row. */
    void see(Sight sight, Extremes extremes, History history, Consumer<AlertTransition> tell) {
        Map<AlertKey, Alert> active = alerts.of(identity, sight.row());
        // Nearly every rule on nearly every window, which costs no memory. What is missing may matter without any
        // value.
        if (active.isEmpty() && !mindsMissing() && elements.areCalm(sight, extremes, history)) {
            return;
        }
        if (isOverLimit(sight, history)) {
            return;
        }
        Pass pass = new Pass(rule, identity, elements, active, steps, sight, tell);
        elements.each(sight, history, pass);
        pass.settleUnseen();
        restatements.judged(sight, pass.breaches());
    }

    private boolean mindsMissing() {
        OnMissing does = rule.machine().onMissing();
        return does == OnMissing.BREACH || does == OnMissing.ALERT;
    }

    private boolean isOverLimit(Sight sight, History history) {
        if (rule.limit() == 0) {
            return false;
        }
        int breaches = elements.breaches(sight, history);
        if (breaches <= rule.limit()) {
            return false;
        }
        restatements.passedOver(sight);
        watcher.limited(rule, sight.row(), breaches);
        return true;
    }

    /** A window was published again after it, or one after it, was evaluated; see {@link Restatements#restate}. */
    void restate(Sight sight, History history, Instant newest, Instant since, Consumer<AlertTransition> tell) {
        restatements.restate(sight, history, newest, since, tell);
    }
}
