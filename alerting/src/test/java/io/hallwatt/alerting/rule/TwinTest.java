package io.hallwatt.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TwinTest {
    @Test
    void what_prometheus_does_not_know_is_left_out_and_said() {
        String twin = Twin.of("rules.yaml", """
                groups:
                  - name: power
                    interval: 15s
                    limit: 100
                    labels: {team: power, severity: info}
                    rules:
                      - alert: Load
                        # eight tenths
                        expr: |
                          hallwatt_rack_feed_load_ratio{rack=~"r\\\\d+"}
                            > 0.8
                        for: 10s
                        clear: 0.75
                        window: 1m
                        labels:
                          severity: critical
                        annotations:
                          summary: 'It''s "{{ $value }}"'
                      - alert: Dark
                        expr: absent(hallwatt_site_supply_power_watts{source="grid"})
                      - alert: Watchdog
                        expr: vector(1)
                """);

        assertThat(twin).isEqualTo("""
                # Made by hallwatt rules export from rules.yaml: edit that file, not this one.
                groups:
                  - name: 'power'
                    interval: 15s
                    # limit: 100 is left out: it counts the alerts of one hall, and Prometheus's those of all
                    rules:
                      # clear is left out: Prometheus ends the alert at the bound that began it
                      # window is left out: Prometheus takes the values of the shortest windows
                      # on_missing: keep is left out: Prometheus ends an alert whose values are missing
                      - alert: 'Load'
                        expr: "hallwatt_rack_feed_load_ratio{rack=~\\"r\\\\\\\\d+\\"}\\n  > 0.8"
                        for: 10s
                        labels:
                          severity: 'critical'
                          source: 'hallwatt'
                          team: 'power'
                        annotations:
                          summary: 'It''s "{{ $value }}"'
                      # absent(…) is one alert with the labels that its matchers name: here it is one for each site
                      - alert: 'Dark'
                        expr: 'absent(hallwatt_site_supply_power_watts{source="grid"})'
                        labels:
                          severity: 'info'
                          team: 'power'
                      # vector(…) has no labels: here it has the site's
                      - alert: 'Watchdog'
                        expr: 'vector(1)'
                        labels:
                          severity: 'info'
                          source: 'hallwatt'
                          team: 'power'
                """);
    }
}
