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
    private final Elements elements;

    /** As where nobody knows what the site model has. */
    public Probe(Rule rule) {
        this(rule, Inventory.UNKNOWN);
    }

    public Probe(Rule rule, Inventory inventory) {
        this.rule = rule;
        this.histories = new Histories(List.of(rule));
        this.calculation =
                calculations.of(formula(rule.condition()), rule.machine().onMissing() == OnMissing.RESOLVE);
        this.texts = new AlertTexts(rule);
        this.elements = new Elements(rule, calculations, inventory);
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
        /** There is no value, nor what it would be of: the site model has no such feed, cooling unit or supply source. */
        GONE,
        /** The rule does not look here, or the expression lets nothing through: the {@link Term} says which. */
        NOTHING
    }

    /**
     * One element.
     *
     * @param alert    what its alert is or would be; its standing says nothing
     * @param value    of the expression before its last comparisons; NaN where there is none
     * @param operands the metrics that the expression reads, in its order; NaN where there is none
     * @param term     the expression before its last comparisons, part by part
     */
    public record Element(
            Alert alert, Verdict verdict, double value, double coverage, Map<String, Double> operands, Term term) {}

    /** How far back the rule's ranges look; zero where it has none. */
    public Duration reach() {
        return histories.reach(rule.condition().scope(), rule.resolution());
    }

    /** A row's next window, which ranges look back on from the windows after it. */
    public void pass(Sight sight) {
        histories.of(sight).add(sight);
    }

    /** The elements of the newest window of a row, one that was {@linkplain #pass passed}. */
    public List<Element> look(Sight sight) {
        History history = histories.of(sight);
        calculations.begin();
        List<Element> elements = new ArrayList<>();
        for (String key : calculation.keys(sight, history)) {
            Cells cells = calculation.of(sight, history, key);
            for (int i = 0; i < cells.size(); i++) {
                elements.add(element(sight, history, i, key));
            }
        }
        return elements;
    }

    private Element element(Sight sight, History history, int index, String key) {
        AlertKey of = new AlertKey(rule.identity(), sight.scope(), sight.row(), sight.rack(index), key, false);
        Map<String, Double> operands = new LinkedHashMap<>();
        for (Metric metric : rule.condition().metrics()) {
            double[] column = sight.column(metric, metric.dimensions().isEmpty() ? "" : key);
            operands.put(metric.prometheusName(), column == null ? Double.NaN : column[index]);
        }
        double coverage = sight.coverage(index);
        Term term = calculation.term(sight, history, index, key);
        boolean selected = calculation.selects(sight.row(), sight.rack(index), key);
        Verdict verdict = verdict(term, selected && coverage < rule.minCoverage());
        boolean gone = verdict == Verdict.MISSING && !elements.areThere(of.row(), of.rack(), key);
        return new Element(
                texts.alert(of, Standing.INACTIVE, Swings.NONE),
                gone ? Verdict.GONE : verdict,
                term.value(),
                coverage,
                operands,
                term);
    }

    private Verdict verdict(Term term, boolean tooLittleKnown) {
        if (tooLittleKnown) {
            return Verdict.MISSING;
        }
        return switch (term.known()) {
            case MISSING -> Verdict.MISSING;
            case NOTHING -> Verdict.NOTHING;
            case VALUE ->
                rule.condition().holds(term.value())
                        ? Verdict.BREACH
                        : rule.clear() != null && rule.clear().holds(term.value()) ? Verdict.BETWEEN : Verdict.CLEAR;
        };
    }
}
