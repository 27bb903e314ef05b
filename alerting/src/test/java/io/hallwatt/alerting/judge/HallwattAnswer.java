package io.hallwatt.alerting.judge;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.evaluate.Bench;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.evaluate.Windows;
import io.hallwatt.alerting.judge.Case.Element;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What Hallwatt's engine says of a case. */
final class HallwattAnswer {
    private HallwattAnswer() {}

    /**
     * After one window.
     *
     * @param standing the alerts that are pending or firing
     * @param fired    those that began to fire
     */
    record Step(List<Alert> standing, List<AlertTransition> fired) {}

    static List<Step> of(Case one, RuleSet rule) {
        Bench bench = new Bench(rule);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < Case.STEPS; i++) {
            List<AlertTransition> told = bench.tellOf(sight(one, i));
            List<AlertTransition> fired = told.stream()
                    .filter(transition -> transition.to() == AlertState.FIRING)
                    .toList();
            steps.add(new Step(bench.alerts(), fired));
        }
        return steps;
    }

    private static Sight sight(Case one, int number) {
        Window window = Windows.window(one.resolution(), number);
        SiteId site = new SiteId(one.site());
        return switch (one.family().scope()) {
            case RACK -> Sight.of(frame(one, number, site, window));
            case HALL -> Sight.of(new HallMetrics(site, new HallId(one.hall()), window, 0, 1, quantities(one, number)));
            case SITE -> Sight.of(new SiteMetrics(site, window, 0, 1, quantities(one, number)));
        };
    }

    private static Quantities quantities(Case one, int number) {
        Quantities.Builder quantities = Quantities.builder();
        one.series()
                .forEach((metric, elements) -> elements.forEach((element, values) -> {
                    if (!Double.isNaN(values[number])) {
                        quantities.put(metric, element.key(), values[number]);
                    }
                }));
        return quantities.build();
    }

    private static RackFrame frame(Case one, int number, SiteId site, Window window) {
        List<String> racks =
                one.family().elements().stream().map(Element::rack).distinct().toList();
        Map<RackFrame.Column, double[]> columns = new HashMap<>();
        one.series()
                .forEach((metric, elements) -> elements.forEach((element, values) -> columns.computeIfAbsent(
                                        new RackFrame.Column(metric, element.key()),
                                        column -> new double[racks.size()])[racks.indexOf(element.rack())] =
                        values[number]));
        return new RackFrame(
                site,
                new HallId(one.hall()),
                window,
                0,
                racks.stream().map(RackId::new).toList(),
                columns);
    }

    /** Labels of one of the case's series, as in Prometheus. */
    static SortedMap<String, String> labels(Case one, Metric metric, Element element) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("site", one.site());
        if (!one.hall().isEmpty()) {
            labels.put("hall", one.hall());
        }
        if (!element.rack().isEmpty()) {
            labels.put("rack", element.rack());
        }
        if (!element.key().isEmpty()) {
            labels.put(metric.dimensions().getFirst().label(), element.key());
        }
        return labels;
    }
}
