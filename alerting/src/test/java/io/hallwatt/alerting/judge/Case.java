package io.hallwatt.alerting.judge;

import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import java.util.List;
import java.util.Map;

/**
 * One rule and the series that it is held against, for both judges.
 *
 * @param number names the alert and the hall (or site): what tells the case from all others
 * @param rule   keys of one rule, a line each
 * @param family whose series they are
 * @param series by metric, then by element: rack and key
 * @param tells  whether its annotations tell the value, which Prometheus renews at each evaluation
 */
record Case(
        int number,
        long seed,
        Resolution resolution,
        Family family,
        List<String> rule,
        Map<Metric, Map<Element, double[]>> series,
        boolean tells) {
    static final int STEPS = 32;

    /** Metrics of one scope that have the same labels. */
    record Family(Scope scope, List<Metric> metrics, List<Element> elements) {}

    /** A rack's series by key: both empty where there is one series. */
    record Element(String rack, String key) {}

    String alert() {
        return "C%05d".formatted(number);
    }

    String site() {
        return family.scope() == Scope.SITE ? "s%05d".formatted(number) : "s1";
    }

    String hall() {
        return family.scope() == Scope.SITE ? "" : "h%05d".formatted(number);
    }

    /** How much there is to read where it fails. */
    int size() {
        return String.join("", rule).length()
                + 10 * series.values().stream().mapToInt(Map::size).sum();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                "seed %d, windows of %s:\n  - %s\n".formatted(seed, resolution.text(), String.join("\n    ", rule)));
        series.forEach((metric, elements) -> elements.forEach((element, values) -> text.append("%s %s %s: %s\n"
                .formatted(metric.prometheusName(), element.rack(), element.key(), Promtool.values(values)))));
        return text.toString();
    }
}
