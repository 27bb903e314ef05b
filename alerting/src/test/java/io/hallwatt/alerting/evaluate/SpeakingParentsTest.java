package io.hallwatt.alerting.evaluate;

import static io.hallwatt.alerting.evaluate.Windows.hall;
import static io.hallwatt.alerting.evaluate.Windows.racks;
import static io.hallwatt.contract.Resolution.SECOND;
import static io.hallwatt.contract.catalogue.Metric.HALL_IT_POWER;
import static io.hallwatt.contract.catalogue.Metric.HALL_RACKS_REPORTING;
import static io.hallwatt.contract.catalogue.Metric.RACK_INLET;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.maintenance.Maintenance;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.alerting.state.TruthTable;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.Quantities;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/alert-states.md, "When a parent speaks", row by row. */
class SpeakingParentsTest {
    private static final String RULES = """
            groups:
            - name: g
              rules:
              - {alert: Top, expr: hallwatt_hall_it_power_watts == 0, for: 1s}
              - {alert: Down, expr: hallwatt_hall_racks_reporting == 0, for: %s, parent: Top%s}
              - {alert: Hot, expr: hallwatt_rack_inlet_max_celsius > 27, for: 1s, parent: Down}
            """;
    private static final double DOWN = 0;
    private static final double UP = 2;
    private static final double UNSEEN = Double.NaN;

    private Bench bench = new Bench(RuleSet.read("rules.yaml", RULES.formatted("1s", "")));
    private int window;

    static Stream<Arguments> rows() {
        return TruthTable.under("## When a parent speaks").stream()
                .filter(row -> !row.getFirst().startsWith("the parent"))
                .map(row -> Arguments.of(row.toArray()));
    }

    @ParameterizedTest(name = "the parent is {0}: the child {1}")
    @MethodSource("rows")
    void each_row_is_so(String parent, String child) {
        double lasting = bring(parent);
        bench.told.clear();

        for (int i = 0; i < 4; i++) {
            see(lasting);
            bench.see(Sight.of(racks(window - 1, RACK_INLET, "", 28)));
        }

        assertThat(bench.told)
                .filteredOn(t -> t.rule().equals("Hot"))
                .last()
                .satisfies(t -> assertThat(t.to())
                        .isEqualTo(child.equals("fires") ? AlertState.FIRING : AlertState.SUPPRESSED));
    }

    @Test
    void a_child_goes_on_waiting_for_its_own_time_when_its_parent_can_be_seen_no_more() {
        rules("1h", "", "");
        see(DOWN);
        bench.see(Sight.of(racks(0, RACK_INLET, "", 28)));
        see(UNSEEN);
        bench.see(Sight.of(racks(1, RACK_INLET, "", 28)));

        assertThat(bench.heard())
                .containsExactly(
                        "Down INACTIVE>PENDING",
                        "Hot r001 INACTIVE>SUPPRESSED",
                        "Down PENDING>UNKNOWN",
                        "Hot r001 SUPPRESSED>FIRING");
    }

    /** @return what is seen of it from then on */
    private double bring(String parent) {
        return switch (parent) {
            case "inactive" -> see(UP);
            case "pending" -> {
                rules("1h", "", "");
                yield see(DOWN);
            }
            case "firing" -> see(DOWN, DOWN);
            case "unknown (p)" -> {
                rules("1h", "", "");
                yield see(DOWN, UNSEEN);
            }
            case "unknown (f)" -> see(DOWN, DOWN, UNSEEN);
            case "recovering, held by keep_firing_for" -> {
                rules("1s", ", keep_firing_for: 1h", "");
                yield see(DOWN, DOWN, UP);
            }
            case "clear, held for flapping" -> {
                rules("1s", ", flapping: {firings: 1, within: 1h}", "");
                yield see(DOWN, DOWN, UP, DOWN, DOWN, UP);
            }
            case "in breach, held for flapping" -> {
                rules("1s", ", flapping: {firings: 1, within: 1h}", "");
                yield see(DOWN, DOWN, UP, DOWN, DOWN, UP, DOWN);
            }
            case "pending in planned work" -> {
                rules("1h", "", "Down");
                yield see(UP, UP, UP, UP, UP, DOWN);
            }
            case "firing in planned work" -> {
                rules("1s", "", "Down");
                yield see(UP, UP, UP, UP, UP, DOWN, DOWN);
            }
            case "unknown in planned work" -> {
                rules("1s", "", "Down");
                yield see(UP, UP, UP, UP, UP, DOWN, DOWN, UNSEEN);
            }
            case "suppressed in planned work" -> {
                rules("1s", "", "Top|Down");
                yield see(UP, UP, UP, UP, UP, -1, -1);
            }
            case "firing since before the planned work" -> {
                rules("1s", "", "Down");
                yield see(DOWN, DOWN, DOWN, DOWN, DOWN, DOWN);
            }
            case "firing in planned work that the child is in" -> {
                rules("1s", "", "Down|Hot");
                yield see(UP, UP, UP, UP, UP, DOWN, DOWN);
            }
            case "suppressed by its own parent" -> see(-1, -1);
            default -> throw new IllegalArgumentException(parent);
        };
    }

    private void rules(String pendingFor, String more, String planned) {
        RuleSet rules = RuleSet.read("rules.yaml", RULES.formatted(pendingFor, more));
        bench = new Bench(planned.isEmpty() ? rules : rules.with(work(planned)));
    }

    /** From the sixth second on. */
    private static Maintenance work(String alerts) {
        return Maintenance.read("work.yaml", """
                zone: UTC
                windows:
                  - {name: work, reason: any, matchers: ['alertname=~"%s"'], from: 2026-01-15T12:00:05, to: 2026-01-16T00:00}
                """.formatted(alerts));
    }

    /** @param reporting racks that report; -1: none, and the hall has no power either */
    private double see(double... reporting) {
        for (double racks : reporting) {
            Quantities.Builder seen = Quantities.builder().put(HALL_IT_POWER, racks < 0 ? 0 : 1);
            if (!Double.isNaN(racks)) {
                seen.put(HALL_RACKS_REPORTING, Math.max(0, racks));
            }
            bench.see(Sight.of(hall(SECOND, window++, seen.build())));
        }
        return reporting[reporting.length - 1];
    }
}
