package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.series.Cells;
import io.hallwatt.alerting.state.Observation;
import io.hallwatt.alerting.state.OnMissing;
import io.hallwatt.contract.AlertTransition;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One rule over one window, element by element. Where nothing is wrong and nothing was, an element costs a comparison and no memory. */
final class Pass implements Elements.Look {
    private final Rule rule;
    private final String identity;
    private final Elements elements;
    private final AlertSteps steps;
    private final Sight sight;
    private final Consumer<AlertTransition> tell;
    private final Instant at;
    /** Alerts that this window has not spoken of yet; null where there were none when it began. */
    private final @Nullable Set<AlertKey> unseen;
    /** What was seen in breach. */
    private Set<AlertKey> breaches = Set.of();
    /** Where there are alerts: who is not among them and not in breach is passed over. */
    private final Set<String> racks = new HashSet<>();

    /** @param active the rule's alerts in the window's row */
    Pass(
            Rule rule,
            String identity,
            Elements elements,
            Map<AlertKey, Alert> active,
            AlertSteps steps,
            Sight sight,
            Consumer<AlertTransition> tell) {
        this.rule = rule;
        this.identity = identity;
        this.elements = elements;
        this.steps = steps;
        this.sight = sight;
        this.tell = tell;
        this.at = sight.window().end();
        this.unseen = active.isEmpty() ? null : new HashSet<>(active.keySet());
        active.keySet().forEach(key -> racks.add(key.rack()));
    }

    @Override
    public void at(int index, String key, byte mark, double value) {
        boolean there = mark == Cells.VALUE;
        boolean undefined = there && Double.isNaN(value) && !rule.condition().holds(value);
        boolean missing = mark == Cells.MISSING || undefined || elements.tooLittleKnown(sight, index);
        boolean matters = missing
                ? minds(OnMissing.BREACH) || minds(OnMissing.ALERT)
                : there && rule.condition().holds(value);
        if ((!matters && !racks.contains(sight.rack(index))) || !elements.selects(sight, index, key)) {
            return;
        }
        AlertKey alert = AlertKey.of(identity, sight, index, key);
        if (missing) {
            boolean inModel = elements.areThere(alert.row(), alert.rack(), key);
            observe(alert, inModel ? new Observation.Missing(sight.window().start()) : Observation.RETIRED, Double.NaN);
        } else if (matters) {
            observe(alert, Observation.BREACH, value);
        } else {
            boolean recovered = !there || rule.clear() == null || !rule.clear().holds(value);
            observe(alert, recovered ? Observation.CLEAR : Observation.BETWEEN, there ? value : Double.NaN);
        }
    }

    private boolean minds(OnMissing what) {
        return rule.machine().onMissing() == what;
    }

    /** Alerts on elements that this window does not speak of: their rack, feed, unit or source is gone, the rule looks elsewhere now, or there is no value. */
    void settleUnseen() {
        if (unseen == null || unseen.isEmpty()) {
            return;
        }
        for (AlertKey key : List.copyOf(unseen)) {
            if (key.blind() && unseen.contains(key.seeing())) {
                continue; // settled with the alert itself
            }
            boolean there =
                    elements.selects(key) && hasRack(key.rack()) && elements.areThere(key.row(), key.rack(), key.key());
            observe(
                    key.seeing(),
                    there ? new Observation.Missing(sight.window().start()) : Observation.RETIRED,
                    Double.NaN);
        }
    }

    private boolean hasRack(String rack) {
        for (int i = 0; i < sight.size(); i++) {
            if (sight.rack(i).equals(rack)) {
                return true;
            }
        }
        return false;
    }

    private void observe(AlertKey key, Observation seen, double value) {
        if (seen instanceof Observation.Breach) {
            if (breaches.isEmpty()) {
                breaches = new HashSet<>();
            }
            breaches.add(key);
        }
        if (unseen != null) {
            unseen.remove(key);
        }
        steps.step(key, seen, value, at, tell);
        AlertKey blind = key.notSeeing();
        if (minds(OnMissing.ALERT) || (unseen != null && unseen.remove(blind))) {
            boolean sightless = minds(OnMissing.ALERT) && seen instanceof Observation.Missing;
            Observation again = seen instanceof Observation.Retired ? seen : Observation.CLEAR;
            steps.step(blind, sightless ? Observation.BREACH : again, Double.NaN, at, tell);
            if (unseen != null) {
                unseen.remove(blind);
            }
        }
    }

    /** What was seen in breach. */
    Set<AlertKey> breaches() {
        return breaches;
    }
}
