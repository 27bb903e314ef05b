package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.expr.LabelMatcher;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.series.Cells;
import io.hallwatt.alerting.state.OnMissing;
import io.hallwatt.contract.catalogue.Dimension;
import io.hallwatt.contract.catalogue.Metric;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one rule's expression comes to in a window, element by element: one for each series of a metric, or for each rack, hall or site. */
final class Elements {
    private final Rule rule;
    private final Selection selection;
    private final @Nullable Calculation calculation;
    private final Inventory inventory;
    private final List<Dimension> dimensions;

    Elements(Rule rule, Calculations calculations, Inventory inventory) {
        this.rule = rule;
        this.inventory = inventory;
        this.dimensions = dimensions(rule.condition());
        this.selection = selection(rule.condition());
        this.calculation = rule.condition() instanceof Condition.Computed computed
                ? calculations.of(computed.formula(), rule.machine().onMissing() == OnMissing.RESOLVE)
                : null;
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

    /** What its elements' keys are made of; of absence they are made of nothing. */
    private static List<Dimension> dimensions(Condition condition) {
        return switch (condition) {
            case Condition.Watched watched -> watched.watched().dimensions();
            case Condition.Absence absence -> List.of();
            case Condition.Always always -> List.of();
            case Condition.Computed computed -> computed.formula().dimensions();
        };
    }

    /** Sees one element. */
    interface Look {
        /**
         * @param index of the rack in the window; 0 where a hall or the site itself is seen
         * @param key   the dimensions, as {@code A/L1}; empty where there are none
         * @param mark  whether it has a value, is known not to be there, or is missing: see {@link Cells}
         */
        void at(int index, String key, byte mark, double value);
    }

    /** Whether none is in breach: certainly, where it says so. Costs a rule on a metric a comparison, whatever the number of racks. */
    boolean areCalm(Sight sight, Extremes extremes, History history) {
        return switch (rule.condition()) {
            case Condition.Watched watched -> !extremes.mayHold(sight, watched.watched(), watched.bounds());
            case Condition.Computed computed -> !holdsAnywhere(sight, history);
            case Condition.Absence absence -> false;
            case Condition.Always always -> false;
        };
    }

    private boolean holdsAnywhere(Sight sight, History history) {
        Calculation computed = Objects.requireNonNull(calculation);
        List<String> keys = computed.keys(sight, history);
        for (int k = 0; k < keys.size(); k++) {
            Cells cells = computed.of(sight, history, keys.get(k));
            for (int i = 0; i < cells.size(); i++) {
                if (cells.marks()[i] == Cells.VALUE && rule.condition().holds(cells.values()[i])) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Shows those of the window's row, also some that the rule does not {@linkplain #selects select}; none where it looks at other rows. */
    void each(Sight sight, History history, Look look) {
        if (!selection.row(sight.row())) {
            return;
        }
        switch (rule.condition()) {
            case Condition.Watched watched ->
                sight.each(
                        watched.watched(),
                        (index, key, value) ->
                                look.at(index, key, Double.isNaN(value) ? Cells.MISSING : Cells.VALUE, value));
            case Condition.Absence absence -> absent(absence, sight, look);
            case Condition.Computed computed -> computed(sight, history, look);
            case Condition.Always always -> look.at(0, "", on(always.holds(always.value())), always.value());
        }
    }

    private static byte on(boolean holds) {
        return holds ? Cells.VALUE : Cells.NOTHING;
    }

    private void absent(Condition.Absence absence, Sight sight, Look look) {
        boolean[] present = new boolean[sight.size()];
        sight.each(absence.watched(), (index, key, value) -> {
            if (!Double.isNaN(value) && selection.key(key) && selection.rack(sight.rack(index))) {
                present[index] = true;
            }
        });
        for (int i = 0; i < present.length; i++) {
            look.at(i, "", on(!present[i] && absence.holds(1)), 1);
        }
    }

    private void computed(Sight sight, History history, Look look) {
        Calculation computed = Objects.requireNonNull(calculation);
        for (String key : computed.keys(sight, history)) {
            Cells cells = computed.of(sight, history, key);
            for (int i = 0; i < cells.size(); i++) {
                look.at(i, key, cells.marks()[i], cells.values()[i]);
            }
        }
    }

    boolean selects(Sight sight, int index, String key) {
        return selects(sight.row(), sight.rack(index), key);
    }

    boolean selects(AlertKey alert) {
        return selection.row(alert.row()) && selects(alert.row(), alert.rack(), alert.key());
    }

    private boolean selects(String row, String rack, String key) {
        return switch (rule.condition()) {
            case Condition.Watched watched -> selection.key(key) && selection.rack(rack);
            case Condition.Absence absence -> selection.rack(rack); // its key is empty, whatever series are absent
            case Condition.Always always -> true;
            case Condition.Computed computed ->
                Objects.requireNonNull(calculation).selects(row, rack, key);
        };
    }

    /** Whether the site model has what the element is about. */
    boolean areThere(String row, String rack, String key) {
        if (dimensions.isEmpty() || key.isEmpty()) {
            return true;
        }
        String[] ids = key.split("/", -1);
        for (int i = 0; i < ids.length && i < dimensions.size(); i++) {
            if (!ids[i].isEmpty() && !inventory.has(row, rack, dimensions.get(i), ids[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether too little of the rack's (hall's, site's) power is known for its value to count. */
    boolean tooLittleKnown(Sight sight, int index) {
        return rule.minCoverage() > 0 && sight.coverage(index) < rule.minCoverage();
    }

    /** Those selected that are in breach, for the group's limit: whether enough is known of them or not. */
    int breaches(Sight sight, History history) {
        int[] breaches = new int[1];
        each(sight, history, (index, key, mark, value) -> {
            if (mark == Cells.VALUE && rule.condition().holds(value) && selects(sight, index, key)) {
                breaches[0]++;
            }
        });
        return breaches[0];
    }
}
