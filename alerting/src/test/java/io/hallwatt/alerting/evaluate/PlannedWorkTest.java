package io.hallwatt.alerting.evaluate;

import static io.hallwatt.alerting.evaluate.Windows.racks;
import static io.hallwatt.contract.catalogue.Metric.RACK_INLET;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.maintenance.Maintenance;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.site.Sites;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Work from the third second after 12:00 to the sixth. */
class PlannedWorkTest {
    private static final String HOT = "alert: Hot\nexpr: hallwatt_rack_inlet_max_celsius > 27\n";
    private static final RuleSet RULES = Bench.rules(HOT).with(Maintenance.read("work.yaml", """
            zone: UTC
            windows:
              - name: ups-test
                reason: Battery test
                matchers: ['rack="r001"']
                from: 2026-01-15T12:00:03
                to: 2026-01-15T12:00:06
            """));

    private final Bench bench = new Bench(RULES);

    @Test
    void what_fires_and_ends_within_it_is_recorded_and_nobody_is_told() {
        see(0, 20, 20);
        see(2, 28, 28);
        see(3, 20, 20);

        assertThat(said())
                .containsExactly(
                        "r001 INACTIVE>FIRING ups-test",
                        "r002 INACTIVE>FIRING null",
                        "r001 FIRING>INACTIVE ups-test",
                        "r002 FIRING>INACTIVE null");
        assertThat(bench.told.getFirst().audible()).isFalse();
        assertThat(bench.ended())
                .as("to be told again")
                .extracting(alert -> alert.labels().get("rack"))
                .containsExactly("r002");
    }

    @Test
    void what_still_fires_when_it_is_over_is_told_then() {
        see(2, 28, 20);
        see(3, 28, 20);
        see(4, 28, 20);
        bench.restart(RULES);
        see(5, 28, 20);
        see(6, 28, 20);

        assertThat(said()).containsExactly("r001 INACTIVE>FIRING ups-test", "r001 FIRING>FIRING null");
        assertThat(bench.told.getLast().audible()).isTrue();
        assertThat(bench.told.getLast().annotations())
                .containsEntry("maintenance", "Began to fire in ups-test, which is over");
        assertThat(bench.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.fired())
                        .isEqualTo(new Fired(
                                bench.told.getLast().at(), bench.told.getLast().annotations(), null)));
    }

    @Test
    void what_people_were_told_before_it_they_are_told_the_end_of() {
        see(0, 28, 20);
        see(1, 28, 20);
        see(2, 28, 20);
        see(3, 20, 20);

        assertThat(said()).containsExactly("r001 INACTIVE>FIRING null", "r001 FIRING>INACTIVE null");
    }

    @Test
    void times_without_a_zone_are_those_of_the_site_that_the_alert_is_of() {
        Maintenance local = Maintenance.read("work.yaml", """
                windows:
                  - {name: work, reason: any, matchers: ['alertname="Hot"'], from: 2026-01-15T12:00, to: 2026-01-15T13:00}
                """);
        Inventory casablanca = SiteInventory.of(Sites.site("s1")
                .zone("Africa/Casablanca")
                .grid("grid", 1)
                .halls("h01", hall -> hall.racks("r001"))
                .build());
        PlannedWork work = new PlannedWork(local, casablanca);
        Instant eleven = Instant.parse("2026-01-15T11:00:00Z");

        assertThat(work.during(Map.of("site", "s1", "alertname", "Hot"), eleven))
                .contains("work");
        assertThat(work.during(Map.of("site", "s1", "alertname", "Hot"), eleven.plusSeconds(3600)))
                .isEmpty();
        assertThat(work.during(Map.of("site", "other", "alertname", "Hot"), eleven.plusSeconds(3600)))
                .as("of whose zone nothing is known: UTC")
                .contains("work");
    }

    private void see(int window, double first, double second) {
        bench.see(Sight.of(racks(window, RACK_INLET, "", first, second)));
    }

    private List<String> said() {
        return bench.told.stream()
                .map(t -> "%s %s>%s %s".formatted(t.labels().get("rack"), t.from(), t.to(), t.maintenance()))
                .toList();
    }
}
