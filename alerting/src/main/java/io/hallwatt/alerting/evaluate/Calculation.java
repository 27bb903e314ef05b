package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.expr.Formula;
import io.hallwatt.alerting.expr.Join;
import io.hallwatt.alerting.expr.RangeFunction;
import io.hallwatt.alerting.series.Cells;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A formula over the columns of one window, computed once however many rules ask. Its buffers are kept, so that an element costs no memory.
 *
 * <p>Of what is missing nothing is concluded: arithmetic with it is missing, {@code missing and nothing} is nothing, {@code missing or a} is a. What comes out as no number,
 * as 0/0 does, is missing too.
 */
final class Calculation {
    private static final History NO_PAST = new History(Map.of());
    private static final List<String> ONLY = List.of("");

    private final Formula formula;
    private final List<Calculation> parts;
    private final @Nullable Selection selection;
    private final boolean missingIsNothing;
    private final Map<String, Result> results = new HashMap<>(2);
    private List<String> keys = ONLY;
    private long keysOf = -1;
    private final Calculations all;

    /**
     * @param missingIsNothing as in {@link Calculations#of}
     * @param parts            the formula's, in its order
     * @param all              says when the next window begins
     */
    Calculation(Formula formula, boolean missingIsNothing, List<Calculation> parts, Calculations all) {
        this.all = all;
        this.formula = formula;
        this.missingIsNothing = missingIsNothing;
        this.parts = parts;
        this.selection = formula instanceof Formula.Read read ? new Selection(read.metric(), read.matchers()) : null;
    }

    /** One series' elements, and the window that they are of. */
    private static final class Result {
        final Cells cells = new Cells();

        long of = -1;
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
    List<String> keys(Sight sight, History history) {
        if (!formula.dimensions().isEmpty() && keysOf != all.window()) {
            Set<String> found = new LinkedHashSet<>();
            keys(sight, history, found);
            keys = List.copyOf(found);
            keysOf = all.window();
        }
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

    /** One element for each rack of the frame; good until the next window, not to be changed. */
    Cells of(Sight sight, History history, String key) {
        Result result = results.get(key);
        if (result == null) {
            result = new Result();
            results.put(key, result);
        }
        if (result.of != all.window()) {
            result.of = all.window();
            result.cells.resize(sight.size());
            compute(sight, history, key, result.cells);
        }
        return result.cells;
    }

    /** The same for one element, part by part, for whoever asks why. */
    Term term(Sight sight, History history, int index, String key) {
        Cells cells = of(sight, history, key);
        byte mark = cells.marks()[index];
        return new Term(
                formula,
                mark == Cells.VALUE
                        ? Term.Known.VALUE
                        : mark == Cells.NOTHING ? Term.Known.NOTHING : Term.Known.MISSING,
                mark == Cells.VALUE ? cells.values()[index] : Double.NaN,
                selection == null
                        ? null
                        : selection.refusal(sight.row(), sight.rack(index), key).orElse(null),
                formula instanceof Formula.Over over ? basis(over, sight, history, index, key) : null,
                formula instanceof Formula.Absent
                        ? List.of(present(sight, history, index, key))
                        : parts.stream()
                                .map(part -> part.term(sight, history, index, key))
                                .toList());
    }

    /** The series that makes {@code absent} false, where there is one. */
    private Term present(Sight sight, History history, int index, String key) {
        Calculation of = parts.getFirst();
        return of.keys(sight, history).stream()
                .map(one -> of.term(sight, history, index, one))
                .filter(term -> term.known() == Term.Known.VALUE)
                .findFirst()
                .orElseGet(() -> of.term(sight, history, index, key));
    }

    private static Term.Basis basis(Formula.Over over, Sight sight, History history, int index, String key) {
        Instant now = sight.window().end();
        Cells counted = history.over(
                new Formula.Over(RangeFunction.COUNT_OVER_TIME, over.of(), over.range(), 0, over.offset()),
                key,
                now.toEpochMilli());
        boolean any = counted.marks()[index] == Cells.VALUE;
        return new Term.Basis(
                any ? (int) counted.values()[index] : 0,
                (int) over.range().dividedBy(sight.window().resolution().length()),
                over.range(),
                now);
    }

    private void compute(Sight sight, History history, String key, Cells cells) {
        switch (formula) {
            case Formula.Read read -> read(read, sight, key, cells);
            case Formula.Over over -> over(over, sight, history, key, cells);
            case Formula.Absent absent -> absent(absent, sight, key, cells);
            case Formula.Steady steady -> cells.fill(Cells.VALUE, steady.value());
            case Formula.Unary unary -> {
                unary(unary, parts.getFirst().of(sight, history, key), cells);
                missWhatIsUndefined(cells);
            }
            case Formula.Pair pair -> {
                pair(
                        pair,
                        parts.getFirst().of(sight, history, key),
                        parts.getLast().of(sight, history, key),
                        cells);
                missWhatIsUndefined(cells);
            }
        }
    }

    /** 0/0 and its like say nothing: no value has recovered. Where missing is nothing they stay NaN, of which no comparison holds, as in Prometheus. */
    private void missWhatIsUndefined(Cells cells) {
        if (missingIsNothing) {
            return;
        }
        for (int i = 0; i < cells.size(); i++) {
            if (cells.marks()[i] == Cells.VALUE && Double.isNaN(cells.values()[i])) {
                cells.marks()[i] = Cells.MISSING;
            }
        }
    }

    private void read(Formula.Read read, Sight sight, String key, Cells cells) {
        if (!selection().row(sight.row()) || !selection().key(key)) {
            cells.fill(Cells.NOTHING, Double.NaN);
        } else if (sight.fill(read.metric(), key, cells.values())) {
            cells.markKnown();
            onlySelectedRacks(selection(), sight, cells);
        } else {
            cells.fill(Cells.MISSING, Double.NaN);
            onlySelectedRacks(selection(), sight, cells);
        }
    }

    private static void onlySelectedRacks(Selection selected, Sight sight, Cells cells) {
        if (selected.choosesRacks()) {
            for (int i = 0; i < cells.size(); i++) {
                if (!selected.rack(sight.rack(i))) {
                    cells.marks()[i] = Cells.NOTHING;
                }
            }
        }
    }

    private void over(Formula.Over over, Sight sight, History history, String key, Cells cells) {
        Selection selected = parts.getFirst().selection();
        if (!selected.row(sight.row()) || !selected.key(key)) {
            cells.fill(Cells.NOTHING, Double.NaN);
            return;
        }
        Cells all = history.over(over, key, sight.window().end().toEpochMilli());
        System.arraycopy(all.values(), 0, cells.values(), 0, cells.size());
        System.arraycopy(all.marks(), 0, cells.marks(), 0, cells.size());
        onlySelectedRacks(selected, sight, cells);
    }

    private void absent(Formula.Absent absent, Sight sight, String key, Cells cells) {
        Calculation of = parts.getFirst();
        if (!absent.key().equals(key) || !of.selection().row(sight.row())) {
            cells.fill(Cells.NOTHING, Double.NaN);
            return;
        }
        cells.fill(Cells.VALUE, 1);
        onlySelectedRacks(of.selection(), sight, cells);
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

    private static void unary(Formula.Unary unary, Cells of, Cells cells) {
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
                    let(cells, i, from[i], held.bound().holds(from[i]), held.bool());
                }
            }
        }
    }

    private void pair(Formula.Pair pair, Cells left, Cells right, Cells cells) {
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
                    let(cells, i, value, compared.comparator().holds(value, right.values()[i]), compared.bool());
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
    private static void let(Cells cells, int i, double value, boolean holds, boolean bool) {
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
