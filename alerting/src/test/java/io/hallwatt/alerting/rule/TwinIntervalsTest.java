package io.hallwatt.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwinIntervalsTest {
    private static final String RULES = """
            groups:
            - name: fast
              interval: 5s
              rules:
              - {alert: Quick, expr: hallwatt_hall_it_power_watts > 1, for: 10s}
              - {alert: Odd, expr: hallwatt_hall_it_power_watts > 2, for: 12s, keep_firing_for: 5s}
            - name: usual
              rules:
              - {alert: Slow, expr: hallwatt_hall_it_power_watts > 3, for: 30s}
              - {alert: Rising, expr: 'deriv(hallwatt_hall_inlet_max_celsius[20s]) > 1'}
              - {alert: Mean, expr: 'avg_over_time(hallwatt_hall_inlet_max_celsius[20s]) > 1'}
              - {alert: Gaps, expr: 'count_over_time(hallwatt_rack_power_watts[30s]) < 15'}
              - {alert: Settled, expr: hallwatt_hall_it_power_watts > 4, window: 1m}
            """;

    @Test
    void names_the_alerts_whose_waits_ranges_and_windows_the_intervals_do_not_fit() {
        assertThat(of(Duration.ofSeconds(15), Duration.ofMinutes(1)))
                .satisfiesExactly(
                        late -> assertThat(late)
                                .startsWith("these waits are no whole number of evaluation intervals")
                                .endsWith(": Odd (for: 12s, evaluated each 5s), Slow (for: 30s, evaluated each 1m)"),
                        empty -> assertThat(empty)
                                .startsWith("scraped each 15s, these ranges hold too few samples")
                                .endsWith(": Rising (deriv over 20s)"),
                        counted -> assertThat(counted).endsWith(": Gaps (count_over_time over 30s)"),
                        longer ->
                                assertThat(longer).startsWith("window: is lost").endsWith(": Settled (1m)"));
    }

    @Test
    void what_fits_is_left_in_peace() {
        assertThat(of(Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .singleElement()
                .asString()
                .contains("Odd (for: 12s, evaluated each 5s)")
                .doesNotContain("Slow");
    }

    private static List<String> of(Duration scrape, Duration evaluation) {
        return TwinIntervals.of(
                "rules.yaml",
                RULES.replace("window: 1m", scrape.toSeconds() == 1 ? "for: 5s" : "window: 1m"),
                scrape,
                evaluation);
    }
}
