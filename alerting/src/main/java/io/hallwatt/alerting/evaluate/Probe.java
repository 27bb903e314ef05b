package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.expr.Formula;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.series.Cells;
import io.hallwatt.alerting.state.OnMissing;
import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.state.Swings;
import io.hallwatt.contract.catalogue.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one rule sees in a window, element by element, and of which values: for people who ask why. It decides nothing. */
public final class Probe {
    private final Rule rule;
    private final Histories histories;
    private final Calculations calculations = new Calculations();
    private final Calculation calculation;
    private final AlertTexts texts;

    public Probe(Rule rule) {
        this.rule = rule;
        this.histories = new Histories(List.of(rule));
        this.calculation =
                calculations.of(formula(rule.condition()), rule.machine().onMissing() == OnMissing.RESOLVE);
        this.texts = new AlertTexts(rule);
    }

    private static Formula formula(Condition condition) {
        return switch (condition) {
            case Condition.Watched watched -> new Formula.Read(watched.watched(), watched.matchers());
            case Condition.Absence absence ->
                new Formula.Absent(new Formula.Read(absence.watched(), absence.matchers()), List.of(), "");
            case Condition.Always always -> new Formula.Steady(always.value());
            case Condition.Computed computed -> computed.formula();
        };
    }

    /** What an element is to its rule in one window. */
    public enum Verdict {
        /** The expression holds. */
        BREACH,
        /** It does not, but the value has not passed {@code clear} yet. */
        BETWEEN,
        CLEAR,
        /** There is no value, or less of the window is known than {@code min_coverage} asks for. */
        MISSING,
        /** The rule does not look here, or the expression lets nothing through. */
        NOTHING
    }

    /**
     * One element.
     *
     * @param alert    what its alert is or would be; its standing says nothing
     * @param value    of the expression before its last comparisons; NaN where there is none
     * @param operands the metrics that the expression reads, in its order; NaN where there is none
     */
    public record Element(Alert alert, Verdict verdict, double value, double coverage, Map<String, Double> operands) {}

    /** How far back the rule's ranges look; zero where it has none. */
    public Duration reach() {
        return histories.reach(rule.condition().scope(), rule.resolution());
    }

    /** A row's next window; those before it are what ranges look back on, and need not be asked about. */
    public List<Element> see(Sight sight) {
        History history = histories.of(sight);
        history.add(sight);
        calculations.begin();
        List<Element> elements = new ArrayList<>();
        for (String key : calculation.keys(sight, history)) {
            Cells cells = calculation.of(sight, history, key);
            for (int i = 0; i < cells.size(); i++) {
                elements.add(element(sight, i, key, cells.marks()[i], cells.values()[i]));
            }
        }
        return elements;
    }

    private Element element(Sight sight, int index, String key, byte mark, double value) {
        AlertKey of = new AlertKey(rule.identity(), sight.scope(), sight.row(), sight.rack(index), key, false);
        Map<String, Double> operands = new LinkedHashMap<>();
        for (Metric metric : rule.condition().metrics()) {
            double[] column = sight.column(metric, metric.dimensions().isEmpty() ? "" : key);
            operands.put(metric.prometheusName(), column == null ? Double.NaN : column[index]);
        }
        double coverage = sight.coverage(index);
        return new Element(
                texts.alert(of, Standing.INACTIVE, Swings.NONE),
                verdict(mark, value, coverage),
                mark == Cells.VALUE ? value : Double.NaN,
                coverage,
                operands);
    }

    private Verdict verdict(byte mark, double value, double coverage) {
        if (mark == Cells.MISSING || (mark == Cells.VALUE && coverage < rule.minCoverage())) {
            return Verdict.MISSING;
        }
        if (mark == Cells.NOTHING) {
            return Verdict.NOTHING;
        }
        if (rule.condition().holds(value)) {
            return Verdict.BREACH;
        }
        return rule.clear() != null && rule.clear().holds(value) ? Verdict.BETWEEN : Verdict.CLEAR;
    }
}
