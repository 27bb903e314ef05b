package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.expr.LabelMatcher;
import io.hallwatt.alerting.maintenance.Maintenance;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.series.Cells;
import io.hallwatt.alerting.state.FlapDamping;
import io.hallwatt.alerting.state.Observation;
import io.hallwatt.alerting.state.OnMissing;
import io.hallwatt.alerting.state.ParentState;
import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.state.StateMachine;
import io.hallwatt.alerting.state.Step;
import io.hallwatt.alerting.state.Swings;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.catalogue.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One rule over the windows of one task. */
final class RuleRun {
    private final Rule rule;
    private final String identity;
    private final Alerts alerts;
    private final AlertWatcher watcher;
    private final AlertTexts texts;
    private final Selection selection;
    private final @Nullable Calculation calculation;
    private final Parents parents;
    private final FlapDamping damping;
    private final StateMachine machine;
    private final Maintenance maintenance;
    private final Judged judged = new Judged();
    /** Of the alert on not seeing: it is there as long as nothing is seen. */
    private final StateMachine blindness;

    RuleRun(
            Rule rule,
            Alerts alerts,
            Parents parents,
            Maintenance maintenance,
            Calculations calculations,
            AlertWatcher watcher) {
        this.rule = rule;
        this.identity = rule.identity();
        this.alerts = alerts;
        this.watcher = watcher;
        this.texts = new AlertTexts(rule);
        this.selection = selection(rule.condition());
        this.calculation = rule.condition() instanceof Condition.Computed computed
                ? calculations.of(computed.formula(), rule.machine().onMissing() == OnMissing.RESOLVE)
                : null;
        this.parents = parents;
        this.maintenance = maintenance;
        this.damping = Objects.requireNonNullElse(rule.damping(), FlapDamping.OFF);
        // A child waits one window: its parent's may come after its own.
        this.machine = parents.orphan()
                ? rule.machine()
                : rule.machine().patient(rule.resolution().length());
        this.blindness = new StateMachine(machine.pendingFor(), Duration.ZERO, OnMissing.KEEP, Duration.ZERO);
    }

    private static Selection selection(Condition condition) {
        return switch (condition) {
            case Condition.Watched watched -> new Selection(watched.watched(), watched.matchers());
            case Condition.Absence absence -> new Selection(absence.watched(), absence.matchers());
            case Condition.Always always -> new Selection(Metric.SITE_COMPLETENESS, List.<LabelMatcher>of());
            // Each of its selectors has its own.
            case Condition.Computed computed -> new Selection(Metric.SITE_COMPLETENESS, List.<LabelMatcher>of());
        };
    }

    /** No window of the row was published between the two instants. */
    void missed(String row, Instant from, Instant to, Consumer<AlertTransition> tell) {
        if (!rule.condition().canBeMissing()) {
            return; // absence goes on being absent, and a watchdog knows of no values
        }
        for (Alert alert : List.copyOf(alerts.of(identity, row).values())) {
            if (!alert.key().blind()) {
                step(alert.key(), machine, new Observation.Missing(from), Double.NaN, to, tell);
            }
        }
    }

    void see(Sight sight, Extremes extremes, History history, Consumer<AlertTransition> tell) {
        if (isCalm(sight, extremes, history)) {
            return;
        }
        Pass pass = new Pass(sight, tell);
        if (selection.row(sight.row())) {
            switch (rule.condition()) {
                case Condition.Watched watched -> {
                    if (overLimit(watched, sight)) {
                        return;
                    }
                    sight.each(watched.watched(), pass::watch);
                }
                case Condition.Absence absence -> absence(absence, sight, pass);
                case Condition.Computed computed -> {
                    if (!compute(sight, history, pass)) {
                        return;
                    }
                }
                case Condition.Always always -> pass.hold(0, "", always.holds(always.value()), always.value());
            }
        }
        pass.settleUnseen();
        if (rule.condition() instanceof Condition.Watched) {
            judged.judged(sight.row(), sight.window().end(), pass.breaches);
        }
    }

    /** Whether nothing was wrong and nothing is: certainly, where it says so. Nearly every rule on nearly every window; costs no memory. */
    private boolean isCalm(Sight sight, Extremes extremes, History history) {
        if (minds(OnMissing.BREACH) || minds(OnMissing.ALERT)) {
            return false; // what is missing matters
        }
        if (!alerts.of(identity, sight.row()).isEmpty()) {
            return false;
        }
        return switch (rule.condition()) {
            case Condition.Watched watched -> !extremes.mayHold(sight, watched.watched(), watched.bounds());
            case Condition.Computed computed -> !holdsAnywhere(computed, sight, history);
            case Condition.Absence absence -> false;
            case Condition.Always always -> false;
        };
    }

    private boolean minds(OnMissing what) {
        return rule.machine().onMissing() == what;
    }

    private boolean holdsAnywhere(Condition.Computed condition, Sight sight, History history) {
        Calculation computed = Objects.requireNonNull(calculation);
        List<String> keys = computed.keys(sight, history);
        for (int k = 0; k < keys.size(); k++) {
            Cells cells = computed.of(sight, history, keys.get(k));
            for (int i = 0; i < cells.size(); i++) {
                if (cells.marks()[i] == Cells.VALUE && condition.holds(cells.values()[i])) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Records what would have been judged otherwise in a window that is published again: nothing that was told is taken back.
     *
     * @param newest end of the newest window of the row that was evaluated
     * @param since  end of the first that was evaluated here
     */
    void restate(Sight sight, Instant newest, Instant since, Consumer<AlertTransition> tell) {
        Instant end = sight.window().end();
        Set<AlertKey> before = judged.in(sight.row(), end, newest, since);
        if (before == null || !(rule.condition() instanceof Condition.Watched watched)) {
            return;
        }
        Map<AlertKey, Double> now = new LinkedHashMap<>();
        if (selection.row(sight.row())) {
            sight.each(watched.watched(), (index, key, value) -> {
                if (inBreach(sight, index, value) && selected(sight, index, key)) {
                    now.put(new AlertKey(identity, sight.scope(), sight.row(), sight.rack(index), key, false), value);
                }
            });
        }
        now.forEach((key, value) -> {
            if (!before.contains(key)) {
                tell.accept(restatement(key, sight, value));
            }
        });
        before.stream()
                .filter(key -> !now.containsKey(key))
                .sorted(Comparator.comparing(AlertKey::rack).thenComparing(AlertKey::key))
                .forEach(key -> tell.accept(restatement(key, sight, Double.NaN)));
        judged.restate(sight.row(), end, sight.window().resolution().length(), new HashSet<>(now.keySet()));
    }

    private boolean inBreach(Sight sight, int index, double value) {
        boolean missing = Double.isNaN(value) || (rule.minCoverage() > 0 && sight.coverage(index) < rule.minCoverage());
        return !missing && rule.condition().holds(value);
    }

    private AlertTransition restatement(AlertKey key, Sight sight, double value) {
        Alert known = alerts.of(identity, key.row()).get(key);
        Alert alert = known == null ? texts.alert(key, Standing.INACTIVE, Swings.NONE) : known;
        Instant end = sight.window().end();
        String text = Double.isNaN(value)
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
                Double.isNaN(value) ? null : value,
                rule.condition().threshold().orElse(null),
                null,
                sight.revision(),
                null);
    }

    private boolean overLimit(Condition.Watched watched, Sight sight) {
        if (rule.limit() == 0) {
            return false;
        }
        int[] breaches = new int[1];
        sight.each(watched.watched(), (index, key, value) -> {
            if (selected(sight, index, key) && watched.holds(value)) {
                breaches[0]++;
            }
        });
        return overLimit(sight, breaches[0]);
    }

    private boolean overLimit(Sight sight, int breaches) {
        boolean over = rule.limit() > 0 && breaches > rule.limit();
        if (over) {
            judged.forget(sight.row(), sight.window().end());
            watcher.limited(rule, sight.row(), breaches);
        }
        return over;
    }

    /** Whether the rule's limit allowed it. */
    private boolean compute(Sight sight, History history, Pass pass) {
        Calculation computed = Objects.requireNonNull(calculation);
        List<String> keys = computed.keys(sight, history);
        if (rule.limit() > 0) {
            int breaches = 0;
            for (String key : keys) {
                Cells cells = computed.of(sight, history, key);
                for (int i = 0; i < cells.size(); i++) {
                    if (cells.marks()[i] == Cells.VALUE && rule.condition().holds(cells.values()[i])) {
                        breaches++;
                    }
                }
            }
            if (overLimit(sight, breaches)) {
                return false;
            }
        }
        for (String key : keys) {
            Cells cells = computed.of(sight, history, key);
            for (int i = 0; i < cells.size(); i++) {
                pass.judge(i, key, cells.marks()[i], cells.values()[i]);
            }
        }
        return true;
    }

    private void absence(Condition.Absence absence, Sight sight, Pass pass) {
        boolean[] present = new boolean[sight.size()];
        sight.each(absence.watched(), (index, key, value) -> {
            if (!Double.isNaN(value) && selected(sight, index, key)) {
                present[index] = true;
            }
        });
        for (int i = 0; i < present.length; i++) {
            if (selection.rack(sight.rack(i))) {
                pass.hold(i, "", !present[i] && absence.holds(1), 1);
            }
        }
    }

    private boolean selected(Sight sight, int index, String key) {
        return calculation == null
                ? selection.key(key) && selection.rack(sight.rack(index))
                : calculation.selects(sight.row(), sight.rack(index), key);
    }

    private boolean selected(AlertKey key) {
        return calculation == null
                ? selection.row(key.row()) && selection.rack(key.rack()) && selection.key(key.key())
                : calculation.selects(key.row(), key.rack(), key.key());
    }

    private void step(
            AlertKey key,
            StateMachine patience,
            Observation seen,
            double value,
            Instant at,
            Consumer<AlertTransition> tell) {
        Alert before = alerts.of(identity, key.row()).get(key);
        Standing standing = before == null ? Standing.INACTIVE : before.standing();
        Swings swings = before == null ? Swings.NONE : before.swings();
        Step step = damping.on(patience, swings).next(standing, seen, parent(key, before, seen), at);
        Swings lately = damping.after(swings, step, at);
        boolean quiet = before == null || before.maintenance() == null;
        if (quiet && step.after().equals(standing) && lately.equals(swings)) {
            return; // nearly every step is one of these
        }
        Alert was = before == null ? texts.alert(key, standing, swings) : before;
        Alert moved = was.standing(step.after(), lately, planned(was, step, at));
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
                alert.fired() == null ? null : alert.fired().at());
    }

    private ParentState parent(AlertKey key, @Nullable Alert before, Observation seen) {
        boolean inSight = seen instanceof Observation.Clear || seen instanceof Observation.Between;
        if (parents.orphan() || inSight || parents.quiet(key.row())) {
            return ParentState.QUIET;
        }
        SortedMap<String, String> labels = before == null
                ? texts.alert(key, Standing.INACTIVE, Swings.NONE).labels()
                : before.labels();
        return parents.over(key.row(), labels);
    }

    private SortedMap<String, String> annotations(Alert was, Alert alert, double value, Step step, Observation seen) {
        SortedMap<String, String> annotations = texts.annotations(alert.key(), value, step, seen);
        AlertTexts.flapping(damping, was.swings(), alert.swings())
                .ifPresent(text -> annotations.put(AlertTexts.FLAPPING, text));
        int affected = parents.affected(alert.key().row(), alert.labels());
        if (affected > 0) {
            annotations.put(AlertTexts.AFFECTED, Integer.toString(affected));
        }
        if (was.maintenance() != null && alert.maintenance() == null && alert.firing()) {
            annotations.put(AlertTexts.MAINTENANCE, "Began to fire in %s, which is over".formatted(was.maintenance()));
        }
        return annotations;
    }

    /** One window, series by series. Where nothing is wrong and nothing was, a series costs a comparison and no memory. */
    private final class Pass {
        private final Sight sight;
        private final Consumer<AlertTransition> tell;
        private final Instant at;
        /** Alerts that this window has not spoken of yet; null where there were none when it began. */
        private final @Nullable Set<AlertKey> unseen;
        /** What was seen in breach. */
        private Set<AlertKey> breaches = Set.of();
        /** Where there are alerts: who is not among them and not in breach is passed over. */
        private final Set<String> racks = new HashSet<>();

        Pass(Sight sight, Consumer<AlertTransition> tell) {
            this.sight = sight;
            this.tell = tell;
            this.at = sight.window().end();
            Map<AlertKey, Alert> active = alerts.of(identity, sight.row());
            this.unseen = active.isEmpty() ? null : new HashSet<>(active.keySet());
            active.keySet().forEach(key -> racks.add(key.rack()));
        }

        void watch(int index, String key, double value) {
            judge(index, key, Double.isNaN(value) ? Cells.MISSING : Cells.VALUE, value);
        }

        /** @param mark whether the element has a value, is known not to be there, or is unknown */
        void judge(int index, String key, byte mark, double value) {
            boolean missing =
                    mark == Cells.MISSING || (rule.minCoverage() > 0 && sight.coverage(index) < rule.minCoverage());
            boolean there = mark == Cells.VALUE;
            boolean matters = missing
                    ? minds(OnMissing.BREACH) || minds(OnMissing.ALERT)
                    : there && rule.condition().holds(value);
            if ((!matters && !racks.contains(sight.rack(index))) || !selected(sight, index, key)) {
                return;
            }
            AlertKey alert = key(index, key);
            if (missing) {
                observe(alert, new Observation.Missing(sight.window().start()), Double.NaN);
            } else if (matters) {
                observe(alert, Observation.BREACH, value);
            } else {
                boolean recovered =
                        !there || rule.clear() == null || !rule.clear().holds(value);
                observe(alert, recovered ? Observation.CLEAR : Observation.BETWEEN, there ? value : Double.NaN);
            }
        }

        /** An alert that is never missing: absence, or a watchdog. */
        void hold(int index, String key, boolean on, double value) {
            if (on || racks.contains(sight.rack(index))) {
                observe(key(index, key), on ? Observation.BREACH : Observation.CLEAR, on ? value : Double.NaN);
            }
        }

        /** Alerts on series that this window does not speak of: their rack is gone, the rule looks elsewhere now, or there is no value. */
        void settleUnseen() {
            if (unseen == null || unseen.isEmpty()) {
                return;
            }
            for (AlertKey key : List.copyOf(unseen)) {
                if (key.blind()
                        && unseen.contains(
                                new AlertKey(key.rule(), key.scope(), key.row(), key.rack(), key.key(), false))) {
                    continue; // settled with the alert itself
                }
                boolean there = selected(key) && hasRack(key.rack());
                Observation seen =
                        there ? new Observation.Missing(sight.window().start()) : Observation.RETIRED;
                observe(
                        new AlertKey(key.rule(), key.scope(), key.row(), key.rack(), key.key(), false),
                        seen,
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

        private AlertKey key(int index, String key) {
            return new AlertKey(identity, sight.scope(), sight.row(), sight.rack(index), key, false);
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
            step(key, machine, seen, value, at, tell);
            AlertKey blind = new AlertKey(key.rule(), key.scope(), key.row(), key.rack(), key.key(), true);
            if (rule.machine().onMissing() == OnMissing.ALERT || (unseen != null && unseen.remove(blind))) {
                boolean sightless =
                        rule.machine().onMissing() == OnMissing.ALERT && seen instanceof Observation.Missing;
                step(blind, blindness, sightless ? Observation.BREACH : Observation.CLEAR, Double.NaN, at, tell);
                if (unseen != null) {
                    unseen.remove(blind);
                }
            }
        }
    }
}
