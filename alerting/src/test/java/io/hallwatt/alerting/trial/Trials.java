package io.hallwatt.alerting.trial;

import io.hallwatt.alerting.evaluate.Inventory;
import io.hallwatt.alerting.rule.RuleSet;
import java.util.List;

/** Test files over one set of rules. */
final class Trials {
    /** Rules that Prometheus reads too. */
    static final String RULES = """
            groups:
            - name: g
              rules:
              - alert: Hot
                expr: hallwatt_rack_inlet_max_celsius > 27
                for: 2m
                labels: {severity: critical, source: hallwatt}
                annotations: {summary: '{{ $labels.rack }} at {{ $value }}'}
              - alert: Overload
                expr: hallwatt_rack_feed_load_ratio{feed!="B"} > 0.8
                keep_firing_for: 3m
                labels: {severity: warning, source: hallwatt, team: '{{ $labels.hall }}-ops'}
                annotations: {summary: 'at {{ $value | humanizePercentage }}'}
              - alert: Thirsty
                expr: hallwatt_hall_it_energy_joules >= 10
                labels: {severity: info, source: hallwatt}
            """;

    private Trials() {}

    static TestFile file(String rules, String tests) {
        return TestFile.read("test.yaml", tests, names -> RuleSet.read("rules.yaml", rules));
    }

    /** All that does not hold, in promtool's words. */
    static List<String> run(String rules, String tests) {
        TestFile file = file(rules, tests);
        return file.tests().stream()
                .flatMap(test -> Trial.run(file.rules(), Inventory.UNKNOWN, test).stream())
                .map(Mismatch::text)
                .toList();
    }
}
