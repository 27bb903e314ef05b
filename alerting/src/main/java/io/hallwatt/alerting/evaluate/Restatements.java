package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.series.Cells;
import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.state.Swings;
import io.hallwatt.contract.AlertTransition;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one rule would have judged otherwise in windows that are published again: recorded for the history, nothing that was told is taken back. */
final class Restatements {
    private final Rule rule;
    private final String identity;
    private final Elements elements;
    private final Alerts alerts;
    private final AlertTexts texts;
    private final Judged judged = new Judged();

    Restatements(Rule rule, Elements elements, Alerts alerts, AlertTexts texts) {
        this.rule = rule;
        this.identity = rule.identity();
        this.elements = elements;
        this.alerts = alerts;
        this.texts = texts;
    }

    /** A window was judged for the first time. */
    void judged(Sight sight, Set<AlertKey> breaches) {
        if (rule.judgesAnew()) {
            judged.judged(sight.row(), sight.window().end(), breaches);
        }
    }

    /** A window was not judged, for the group's limit. */
    void passedOver(Sight sight) {
        judged.forget(sight.row(), sight.window().end());
    }

    /**
     * A window was published again.
     *
     * @param newest end of the newest window of the row that was evaluated
     * @param since  end of the first that was evaluated here
     */
    void restate(Sight sight, History history, Instant newest, Instant since, Consumer<AlertTransition> tell) {
        Instant end = sight.window().end();
        Set<AlertKey> before = rule.judgesAnew() ? judged.in(sight.row(), end, newest, since) : null;
        if (before == null) {
            return;
        }
        Map<AlertKey, Double> now = inBreach(sight, history);
        if (rule.limit() > 0 && now.size() > rule.limit()) {
            return; // with so many it would not have been judged at all
        }
        now.forEach((key, value) -> {
            if (!before.contains(key)) {
                tell.accept(restatement(key, sight, value));
            }
        });
        before.stream()
                .filter(key -> !now.containsKey(key))
                .sorted(Comparator.comparing(AlertKey::rack).thenComparing(AlertKey::key))
                .forEach(key -> tell.accept(restatement(key, sight, null)));
        judged.restate(sight.row(), end, sight.window().resolution().length(), new HashSet<>(now.keySet()));
    }

    private Map<AlertKey, Double> inBreach(Sight sight, History history) {
        Map<AlertKey, Double> breaches = new LinkedHashMap<>();
        elements.each(sight, history, (index, key, mark, value) -> {
            boolean breach = mark == Cells.VALUE
                    && !elements.tooLittleKnown(sight, index)
                    && rule.condition().holds(value);
            if (breach && elements.selects(sight, index, key)) {
                breaches.put(AlertKey.of(identity, sight, index, key), value);
            }
        });
        return breaches;
    }

    /** @param value null where it is in breach no more */
    private AlertTransition restatement(AlertKey key, Sight sight, @Nullable Double value) {
        Alert known = alerts.of(identity, key.row()).get(key);
        Alert alert = known == null ? texts.alert(key, Standing.INACTIVE, Swings.NONE) : known;
        Instant end = sight.window().end();
        String text = value == null
                ? "The window was published again: it is no longer in breach"
                : "The window was published again: it is in breach now";
        return new AlertTransition(
                alert.fingerprint(),
                alert.name(),
                alert.labels(),
                new TreeMap<>(Map.of(AlertTexts.RESTATED, text)),
                alert.standing().state(),
                alert.standing().state(),
                end,
                Objects.requireNonNullElse(alert.standing().since(), end),
                value == null || !Double.isFinite(value) ? null : value,
                rule.condition().threshold().orElse(null),
                null,
                sight.revision(),
                null,
                null);
    }
}
