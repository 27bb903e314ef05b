package io.hallwatt.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.maintenance.Maintenance;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.property.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever the rules are: it does not matter where a process ends and another goes on from its memory. */
class RestartPropertiesTest {
    private static final double[] VALUES = {20, 26, 28, 28, 28, Double.NaN};

    @ParameterizedTest
    @Seeds(300)
    void restarts_anywhere_change_nothing_of_what_is_told(Random seeded) {
        RuleSet rules = rules(seeded);
        Bench whole = new Bench(rules);
        Bench pieces = new Bench(rules);

        for (Sight window : windows(seeded)) {
            whole.see(window);
            pieces.see(window);
            if (seeded.nextInt(3) == 1) {
                pieces.restart(rules);
                pieces.see(window); // what was done already may be seen again
            }
        }

        assertThat(pieces.told).isEqualTo(whole.told);
        assertThat(pieces.alerts()).containsExactlyInAnyOrderElementsOf(whole.alerts());
    }

    private static List<Sight> windows(Random seeded) {
        List<Sight> windows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            if (seeded.nextInt(8) == 1) {
                continue; // no window at all
            }
            Quantities hall = Quantities.builder()
                    .put(Metric.HALL_RACKS_REPORTING, seeded.nextInt(4) == 1 ? 0 : 2)
                    .build();
            windows.add(Sight.of(Windows.hall(Resolution.SECOND, i, hall)));
            double[] values = new double[seeded.nextInt(20) == 1 ? 1 : 2];
            for (int rack = 0; rack < values.length; rack++) {
                values[rack] = VALUES[seeded.nextInt(VALUES.length)];
            }
            windows.add(Sight.of(Windows.racks(i, Metric.RACK_INLET, "", values)));
        }
        return windows;
    }

    private static RuleSet rules(Random seeded) {
        String missing = List.of("keep", "alert", "breach", "resolve").get(seeded.nextInt(4));
        String text = """
                groups:
                - name: g
                  rules:
                  - {alert: Down, expr: hallwatt_hall_racks_reporting == 0, for: %ds}
                  - alert: Hot
                    expr: hallwatt_rack_inlet_max_celsius > 27
                    clear: 25
                    for: %ds
                    keep_firing_for: %ds
                    max_gap: %ds
                    on_missing: %s
                    flapping: {firings: %d, within: 10s}%s
                """.formatted(
                        seeded.nextInt(3),
                        seeded.nextInt(4),
                        seeded.nextInt(3),
                        seeded.nextInt(3),
                        missing,
                        seeded.nextInt(3),
                        seeded.nextBoolean() ? "\n    parent: Down" : "");
        return RuleSet.read("rules.yaml", text).with(Maintenance.read("work.yaml", """
                zone: UTC
                windows:
                  - name: work
                    reason: any
                    matchers: ['rack="r001"']
                    from: 2026-01-15T12:00:20
                    to: 2026-01-15T12:00:40
                """));
    }
}
