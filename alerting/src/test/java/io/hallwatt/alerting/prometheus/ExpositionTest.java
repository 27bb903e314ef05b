package io.hallwatt.alerting.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.evaluate.Evaluation.Outcome;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.Window;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Exposition exposition =
            new Exposition(registry, rules("Hot", "Busy"), false, Duration.ofSeconds(10), InstantSource.fixed(NOW));

    @Test
    void what_was_counted_of_a_rule_leaves_with_it_and_its_last_word_does_not_bring_it_back() {
        exposition.told(ends("Hot"));
        exposition.told(ends("Busy"));
        assertThat(registry.scrape())
                .contains("hallwatt_alert_transitions_total{alertname=\"Hot\",to=\"inactive\"} 1.0")
                .contains("hallwatt_alert_flaps_total{alertname=\"Hot\"} 0.0");

        exposition.rules(rules("Busy"));
        exposition.told(ends("Hot"));

        assertThat(registry.scrape())
                .doesNotContain("alertname=\"Hot\"")
                .contains("hallwatt_alert_transitions_total{alertname=\"Busy\",to=\"inactive\"} 1.0");
    }

    @Test
    void a_rule_that_comes_back_is_counted_from_0() {
        exposition.told(ends("Hot"));
        exposition.rules(rules("Busy"));
        exposition.rules(rules("Hot", "Busy"));

        assertThat(registry.scrape())
                .contains("hallwatt_alert_transitions_total{alertname=\"Hot\",to=\"inactive\"} 0.0");
        exposition.told(ends("Hot"));
        assertThat(registry.scrape())
                .contains("hallwatt_alert_transitions_total{alertname=\"Hot\",to=\"inactive\"} 1.0");
    }

    @Test
    void a_window_that_the_end_of_the_input_closed_before_its_time_is_not_old() {
        Window minute = new Window(NOW, Resolution.MINUTE);
        HallMetrics hall = new HallMetrics(
                new SiteId("s"),
                new HallId("h01"),
                minute,
                0,
                1.0,
                Quantities.builder().build());

        exposition.saw("task", Sight.of(hall), Outcome.EVALUATED);

        assertThat(registry.scrape())
                .contains("hallwatt_alert_evaluation_age_seconds_count{scope=\"hall\"} 1")
                .contains("hallwatt_alert_evaluation_age_seconds_sum{scope=\"hall\"} 0.0");
    }

    private static RuleSet rules(String... alerts) {
        StringBuilder text = new StringBuilder("groups:\n- name: g\n  rules:\n");
        for (String alert : alerts) {
            text.append("  - {alert: %s, expr: hallwatt_hall_it_power_watts > 1}\n".formatted(alert));
        }
        return RuleSet.read("rules.yaml", text.toString());
    }

    private static AlertTransition ends(String alert) {
        return new AlertTransition(
                "f",
                alert,
                new TreeMap<>(Map.of("alertname", alert)),
                new TreeMap<>(),
                AlertState.FIRING,
                AlertState.INACTIVE,
                NOW,
                NOW,
                1.0,
                null);
    }
}
