package io.hallwatt.alerting.evaluate;

import static io.hallwatt.alerting.evaluate.Windows.hall;
import static io.hallwatt.alerting.evaluate.Windows.racks;
import static io.hallwatt.contract.Resolution.SECOND;
import static io.hallwatt.contract.catalogue.Metric.HALL_RACKS_REPORTING;
import static io.hallwatt.contract.catalogue.Metric.RACK_INLET;
import static io.hallwatt.contract.catalogue.Metric.RACK_INLET_MIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.alerting.state.TruthTable;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.catalogue.Metric;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/alert-states.md, "What can happen", cell by cell, through rules, windows and reloads. */
class AlertStatesTest {
    private static final String PARENT = """
            groups:
            - name: above
              rules:
              - {alert: Down, expr: hallwatt_hall_racks_reporting == 0}
            """;
    private static final String HOT = """
            - name: below
              rules:
              - alert: Hot
                expr: hallwatt_rack_inlet_max_celsius > 27
                clear: 25
                for: 2s
                parent: Down
                labels: {team: a}
            """;
    private static final String OTHER_METRIC = HOT.replace("inlet_max", "inlet_min");
    private static final double BREACH = 28;
    private static final double CLEAR = 20;
    private static final double BETWEEN = 26;

    private final Bench bench = new Bench(RuleSet.read("rules.yaml", PARENT + HOT));
    private int window;

    static Stream<Arguments> cells() {
        return TruthTable.byCell("## What can happen");
    }

    @ParameterizedTest(name = "{0}: {1} → {2}")
    @MethodSource("cells")
    void each_cell_is_so(String before, String event, String outcome) {
        bring(before);
        bench.told.clear();

        happens(event, before);

        assertThat(bench.told.stream()
                        .filter(t -> t.rule().equals("Hot") && t.restated() == null)
                        .map(AlertStatesTest::said))
                .containsExactlyElementsOf(expected(outcome));
    }

    private void bring(String state) {
        switch (state) {
            case "inactive" -> see(CLEAR);
            case "pending" -> see(BREACH);
            case "firing" -> see(BREACH, BREACH, BREACH);
            case "unknown (p)" -> see(BREACH, Double.NaN);
            case "unknown (f)" -> see(BREACH, BREACH, BREACH, Double.NaN);
            case "suppressed" -> {
                bench.see(Sight.of(hall(
                        SECOND,
                        0,
                        Quantities.builder().put(HALL_RACKS_REPORTING, 0).build())));
                see(BREACH);
            }
            default -> throw new IllegalArgumentException(state);
        }
    }

    private void happens(String event, String before) {
        double last = before.startsWith("unknown") ? Double.NaN : before.equals("inactive") ? CLEAR : BREACH;
        switch (event) {
            case "breach" -> see(BREACH);
            case "clear" -> see(CLEAR);
            case "between the bounds" -> see(BETWEEN);
            case "missing" -> see(Double.NaN);
            case "late revision" -> {
                bench.see(Sight.of(racks(window - 1, RACK_INLET, "", CLEAR)));
                bench.see(Sight.of(racks(window - 1, RACK_INLET, "", BREACH)));
            }
            case "same rule again" -> reload("groups:\n" + HOT + PARENT.replace("groups:\n", ""), last);
            case "bound changed" -> reload(PARENT + HOT.replace("> 27", "> 27.5"), last);
            case "for raised" -> reload(PARENT + HOT.replace("for: 2s", "for: 1h"), last);
            case "label changed" ->
                reload(PARENT + HOT.replace("team: a", "team: b"), before.equals("inactive") ? CLEAR : BREACH);
            case "group renamed" -> reload(PARENT + HOT.replace("below", "elsewhere"), last);
            case "other metric, in breach" ->
                reload(PARENT + OTHER_METRIC, RACK_INLET_MIN, before.equals("inactive") ? CLEAR : BREACH);
            case "other metric, clear" -> reload(PARENT + OTHER_METRIC, RACK_INLET_MIN, CLEAR);
            case "rule removed" -> reload(PARENT, last);
            case "device retired" -> bench.see(Sight.of(racks(window++, RACK_INLET, "")));
            case "restart" -> {
                bench.restart(RuleSet.read("rules.yaml", PARENT + HOT));
                see(last);
            }
            default -> throw new IllegalArgumentException(event);
        }
    }

    private void reload(String rules, double next) {
        reload(rules, RACK_INLET, next);
    }

    private void reload(String rules, Metric metric, double next) {
        bench.restart(RuleSet.read("rules.yaml", rules));
        bench.see(Sight.of(racks(window++, metric, "", next)));
    }

    private void see(double... values) {
        for (double value : values) {
            bench.see(Sight.of(racks(window++, RACK_INLET, "", value)));
        }
    }

    /** {@code ends: rule removed}, {@code pending}. */
    private static String said(AlertTransition transition) {
        if (transition.to() != AlertState.INACTIVE) {
            return transition.to().name().toLowerCase(Locale.ROOT);
        }
        String ended = transition.annotations().getOrDefault("ended", "");
        return "ends"
                + (ended.contains("changed")
                        ? ": rule changed"
                        : ended.contains("removed")
                                ? ": rule removed"
                                : ended.contains("site model")
                                        ? ": retired"
                                        : ended.contains("after a time without values") ? ": seen again" : "");
    }

    /** A rule's end comes before what the rules that there are say: who hears of both believes what comes last. */
    private static List<String> expected(String outcome) {
        if (outcome.equals("stays")) {
            return List.of();
        }
        return List.of(outcome.split("; "));
    }
}
