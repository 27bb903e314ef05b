package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.expr.Formula;
import io.hallwatt.alerting.expr.Join;
import io.hallwatt.alerting.series.Cells;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule's formula over the columns of one window. Its buffers are kept, so that an element costs no memory.
 *
 * <p>Of what is missing nothing is concluded: arithmetic with it is missing, {@code missing and nothing} is nothing, {@code missing or a} is a.
 */
final class Calculation {
    private static final History NO_PAST = new History(Map.of());

    private final Formula formula;
    private final List<Calculation> parts;
    private final @Nullable Selection selection;
    private final boolean missingIsNothing;
    private final Cells cells = new Cells();

    /** @param missingIsNothing whether {@code a unless missing} is a, as in Prometheus, which does not tell missing from nothing */
    Calculation(Formula formula, boolean missingIsNothing) {
        this.formula = formula;
        this.missingIsNothing = missingIsNothing;
        this.parts = formula.parts().stream()
                .map(part -> new Calculation(part, missingIsNothing))
                .toList();
        this.selection = formula instanceof Formula.Read read ? new Selection(read.metric(), read.matchers()) : null;
    }

    /** Whether there can be such an element. */
    boolean selects(String row, String rack, String key) {
        return switch (formula) {
            case Formula.Read read ->
                selection().row(row) && selection().rack(rack) && selection().key(key);
            case Formula.Over over -> parts.getFirst().selects(row, rack, key);
            case Formula.Absent absent ->
                absent.key().equals(key)
                        && parts.getFirst().selection().row(row)
                        && parts.getFirst().selection().rack(rack);
            case Formula.Steady steady -> true;
            case Formula.Unary unary -> parts.getFirst().selects(row, rack, key);
            case Formula.Joined joined ->
                switch (joined.join()) {
                    case AND ->
                        parts.getFirst().selects(row, rack, key)
                                && parts.getLast().selects(row, rack, key);
                    case OR ->
                        parts.getFirst().selects(row, rack, key)
                                || parts.getLast().selects(row, rack, key);
                    case UNLESS -> parts.getFirst().selects(row, rack, key);
                };
            case Formula.Pair pair ->
                parts.getFirst().selects(row, rack, key) && parts.getLast().selects(row, rack, key);
        };
    }

    /** What the elements of one rack, hall or site are called, those that only the past knows too. */
    Set<String> keys(Sight sight, History history) {
        if (formula.dimensions().isEmpty()) {
            return Set.of("");
        }
        Set<String> keys = new LinkedHashSet<>();
        keys(sight, history, keys);
        return keys;
    }

    private void keys(Sight sight, History history, Set<String> into) {
        switch (formula) {
            case Formula.Read read -> sight.keys(read.metric(), into);
            case Formula.Over over -> {
                sight.keys(over.of().metric(), into);
                history.keys(over.of().metric(), into);
            }
            case Formula.Absent absent -> into.add(absent.key());
            case Formula.Steady steady -> into.add("");
            case Formula.Unary unary -> parts.getFirst().keys(sight, history, into);
            case Formula.Pair pair -> parts.forEach(part -> part.keys(sight, history, into));
        }
    }

    /** One element for each rack of the frame; good until the next call. */
    Cells of(Sight sight, History history, String key) {
        cells.resize(sight.size());
        switch (formula) {
            case Formula.Read read -> read(read, sight, key);
            case Formula.Over over -> over(over, sight, history, key);
            case Formula.Absent absent -> absent(absent, sight, key);
            case Formula.Steady steady -> cells.fill(Cells.VALUE, steady.value());
            case Formula.Unary unary -> unary(unary, parts.getFirst().of(sight, history, key));
            case Formula.Pair pair ->
                pair(
                        pair,
                        parts.getFirst().of(sight, history, key),
                        parts.getLast().of(sight, history, key));
        }
        return cells;
    }

    private void read(Formula.Read read, Sight sight, String key) {
        if (!selection().row(sight.row()) || !selection().key(key)) {
            cells.fill(Cells.NOTHING, Double.NaN);
        } else if (sight.fill(read.metric(), key, cells.values())) {
            cells.markKnown();
            onlySelectedRacks(selection(), sight);
        } else {
            cells.fill(Cells.MISSING, Double.NaN);
            onlySelectedRacks(selection(), sight);
        }
    }

    private void onlySelectedRacks(Selection selected, Sight sight) {
        if (selected.choosesRacks()) {
            for (int i = 0; i < cells.size(); i++) {
                if (!selected.rack(sight.rack(i))) {
                    cells.marks()[i] = Cells.NOTHING;
                }
            }
        }
    }

    private void over(Formula.Over over, Sight sight, History history, String key) {
        Selection selected = parts.getFirst().selection();
        if (!selected.row(sight.row()) || !selected.key(key)) {
            cells.fill(Cells.NOTHING, Double.NaN);
            return;
        }
        Cells all = history.over(over, key, sight.window().end().toEpochMilli());
        System.arraycopy(all.values(), 0, cells.values(), 0, cells.size());
        System.arraycopy(all.marks(), 0, cells.marks(), 0, cells.size());
        onlySelectedRacks(selected, sight);
    }

    private void absent(Formula.Absent absent, Sight sight, String key) {
        Calculation of = parts.getFirst();
        if (!absent.key().equals(key) || !of.selection().row(sight.row())) {
            cells.fill(Cells.NOTHING, Double.NaN);
            return;
        }
        cells.fill(Cells.VALUE, 1);
        onlySelectedRacks(of.selection(), sight);
        Set<String> present = new LinkedHashSet<>();
        sight.keys(absent.of().metric(), present);
        for (String one : present) {
            Cells values = of.of(sight, NO_PAST, one);
            for (int i = 0; i < cells.size(); i++) {
                if (values.marks()[i] == Cells.VALUE) {
                    cells.marks()[i] = Cells.NOTHING;
                }
            }
        }
    }

    private void unary(Formula.Unary unary, Cells of) {
        double[] from = of.values();
        double[] to = cells.values();
        System.arraycopy(of.marks(), 0, cells.marks(), 0, cells.size());
        switch (unary) {
            case Formula.Applied applied -> {
                for (int i = 0; i < cells.size(); i++) {
                    to[i] = applied.function().of(from[i], applied.first(), applied.second());
                }
            }
            case Formula.WithNumber with -> {
                double number = with.number();
                for (int i = 0; i < cells.size(); i++) {
                    to[i] = with.numberFirst()
                            ? with.operation().of(number, from[i])
                            : with.operation().of(from[i], number);
                }
            }
            case Formula.Held held -> {
                for (int i = 0; i < cells.size(); i++) {
                    let(i, from[i], held.bound().holds(from[i]), held.bool());
                }
            }
        }
    }

    private void pair(Formula.Pair pair, Cells left, Cells right) {
        byte[] marks = cells.marks();
        switch (pair) {
            case Formula.OfTwo two -> {
                for (int i = 0; i < cells.size(); i++) {
                    marks[i] = both(left.marks()[i], right.marks()[i]);
                    cells.values()[i] = two.operation().of(left.values()[i], right.values()[i]);
                }
            }
            case Formula.Compared compared -> {
                for (int i = 0; i < cells.size(); i++) {
                    double value = left.values()[i];
                    marks[i] = both(left.marks()[i], right.marks()[i]);
                    let(i, value, compared.comparator().holds(value, right.values()[i]), compared.bool());
                }
            }
            case Formula.Joined joined -> {
                for (int i = 0; i < cells.size(); i++) {
                    boolean ofRight = joined.join() == Join.OR && left.marks()[i] != Cells.VALUE;
                    marks[i] = joined(joined.join(), left.marks()[i], right.marks()[i]);
                    cells.values()[i] = ofRight ? right.values()[i] : left.values()[i];
                }
            }
        }
    }

    /** @param holds of a value that is there */
    private void let(int i, double value, boolean holds, boolean bool) {
        cells.values()[i] = bool ? (holds ? 1 : 0) : value;
        if (!bool && !holds && cells.marks()[i] == Cells.VALUE) {
            cells.marks()[i] = Cells.NOTHING;
        }
    }

    private static byte both(byte left, byte right) {
        if (left == Cells.NOTHING || right == Cells.NOTHING) {
            return Cells.NOTHING;
        }
        return left == Cells.MISSING || right == Cells.MISSING ? Cells.MISSING : Cells.VALUE;
    }

    private byte joined(Join join, byte left, byte right) {
        return switch (join) {
            case AND -> both(left, right);
            case OR -> left == Cells.VALUE || right == Cells.VALUE ? Cells.VALUE : (byte) Math.max(left, right);
            case UNLESS -> {
                if (right == Cells.NOTHING || left == Cells.NOTHING || (missingIsNothing && right == Cells.MISSING)) {
                    yield left;
                }
                yield right == Cells.VALUE ? Cells.NOTHING : Cells.MISSING;
            }
        };
    }

    private Selection selection() {
        if (selection == null) {
            throw new IllegalStateException("no selector: " + formula);
        }
        return selection;
    }
}
