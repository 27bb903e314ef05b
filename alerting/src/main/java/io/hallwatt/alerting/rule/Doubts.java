package io.hallwatt.alerting.rule;

import io.hallwatt.alerting.expr.Bound;
import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.expr.Formula;
import io.hallwatt.alerting.expr.Values;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a rule says that may be said and is hardly meant: bounds that no value reaches, percentages where ratios are, comparisons that always hold. */
final class Doubts {
    /** Nothing that a ratio of loads or powers comes to: 10 is a thousand per cent. */
    private static final double BEYOND_RATIOS = 10;

    /** Ratios that may well be so large: free cooling takes out tens of times the heat that it costs, and a hall that is empty is carried many times over. */
    private static final Set<Metric> LARGE = EnumSet.of(Metric.HALL_CER, Metric.HALL_COOLING_REDUNDANCY);

    private final Rule rule;
    private final List<String> found = new ArrayList<>();

    private Doubts(Rule rule) {
        this.rule = rule;
    }

    /** A sentence each, with the remedy. */
    static List<String> of(Rule rule) {
        Doubts doubts = new Doubts(rule);
        switch (rule.condition()) {
            case Condition.Watched watched -> doubts.whole(new Formula.Read(watched.watched(), watched.matchers()));
            case Condition.Computed computed -> {
                doubts.inside(computed.formula());
                doubts.whole(computed.formula());
            }
            case Condition.Absence absence -> doubts.bounds(new Values(1, 1), Optional.empty());
            case Condition.Always always -> doubts.bounds(new Values(always.value(), always.value()), Optional.empty());
        }
        return doubts.found;
    }

    private void whole(Formula formula) {
        Values values = Values.of(formula, rule.resolution());
        bounds(values, formula.measured());
        List<Bound> bounds = rule.condition().bounds();
        if (found.isEmpty()
                && !filters(formula)
                && bounds.stream().allMatch(bound -> bound.mustHold(values.least(), values.most()))) {
            found.add(
                    bounds.isEmpty()
                            ? "compares nothing, so the alert fires wherever there is a value: give a bound, as > 0"
                            : "holds for every value that %s can have, so the alert fires wherever there is one: give a bound that tells them apart"
                                    .formatted(named(formula.measured())));
        }
        Bound clear = rule.clear();
        if (clear != null && clear.mustHold(values.least(), values.most())) {
            found.add("%s, so %s is never past clear %s, and the alert never ends: give a clear that it can reach"
                    .formatted(range(values), named(formula.measured()), number(clear.limit())));
        }
    }

    /** The rule's own bounds, one after the other: each only sees what those before it let through. */
    private void bounds(Values values, Optional<Metric> metric) {
        Values left = values;
        for (Bound bound : rule.condition().bounds()) {
            bound(bound, left, metric);
            if (!bound.mayHold(left.least(), left.most())) {
                return;
            }
            left = left.where(bound);
        }
    }

    private void inside(Formula formula) {
        if (formula instanceof Formula.Held held) {
            bound(
                    held.bound(),
                    Values.of(held.of(), rule.resolution()),
                    held.of().measured());
        }
        formula.parts().forEach(this::inside);
    }

    private void bound(Bound bound, Values values, Optional<Metric> metric) {
        String comparison = bound.comparator().symbol() + " " + number(bound.limit());
        if (!bound.mayHold(values.least(), values.most())) {
            found.add("%s can never hold: %s%s".formatted(comparison, range(values), remedy(bound, metric)));
        } else if (Math.abs(bound.limit()) >= BEYOND_RATIOS
                && ratio(metric)
                && metric.filter(LARGE::contains).isEmpty()) {
            found.add("%s asks for %s %%: %s is a ratio, 1 is 100 %%%s"
                    .formatted(comparison, number(bound.limit() * 100), named(metric), remedy(bound, metric)));
        }
    }

    private static String remedy(Bound bound, Optional<Metric> metric) {
        boolean percent = ratio(metric) && bound.limit() > 1 && bound.limit() <= 100;
        return percent
                ? "; if %s %% is meant, write %s".formatted(number(bound.limit()), number(bound.limit() / 100))
                : "; give a bound that a value can reach";
    }

    private static boolean ratio(Optional<Metric> metric) {
        return metric.filter(of -> of.unit() == Unit.RATIO).isPresent();
    }

    private static String range(Values values) {
        boolean least = Double.isFinite(values.least());
        boolean most = Double.isFinite(values.most());
        if (least && values.least() == values.most()) {
            return "the value is always " + number(values.least());
        }
        return "values are "
                + (least && most
                        ? "from %s to %s".formatted(number(values.least()), number(values.most()))
                        : least ? "at least " + number(values.least()) : "at most " + number(values.most()));
    }

    private static String named(Optional<Metric> metric) {
        return metric.map(Metric::prometheusName).orElse("the expression");
    }

    /** Whether it lets some elements through and others not. */
    private static boolean filters(Formula formula) {
        return switch (formula) {
            case Formula.Read read -> false;
            case Formula.Over over -> false;
            case Formula.Steady steady -> false;
            case Formula.Absent absent -> true;
            case Formula.Held held -> !held.bool() || filters(held.of());
            case Formula.Compared compared -> !compared.bool() || any(compared);
            case Formula.Joined joined ->
                switch (joined.join()) {
                    case AND -> any(joined);
                    case OR -> filters(joined.left()) && filters(joined.right());
                    case UNLESS -> true;
                };
            case Formula.OfTwo two -> any(two);
            case Formula.Applied applied -> filters(applied.of());
            case Formula.WithNumber with -> filters(with.of());
        };
    }

    private static boolean any(Formula.Pair pair) {
        return filters(pair.left()) || filters(pair.right());
    }

    private static String number(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }
}
