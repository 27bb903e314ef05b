package io.hallwatt.alerting.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.evaluate.Windows;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.property.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class BacktestTest {
    private static final RuleSet RULES = RuleSet.read("rules.yaml", """
            groups:
            - name: g
              rules:
              - {alert: Busy, expr: hallwatt_hall_it_power_watts > 5, for: 2s, keep_firing_for: 1s}
              - {alert: Hot, expr: hallwatt_rack_inlet_max_celsius > 5, max_gap: 1s, on_missing: alert}
              - {alert: Much, expr: hallwatt_hall_it_energy_joules > 5}
              - {alert: Wasteful, expr: hallwatt_site_it_power_watts > 5, clear: 3}
              - {alert: Watchdog, expr: vector(1)}
            """);

    /** The same, and a rule on racks with a parent on halls. */
    private static final RuleSet RELATED = RuleSet.read("rules.yaml", """
            groups:
            - name: g
              rules:
              - {alert: Busy, expr: hallwatt_hall_it_power_watts > 5, for: 2s, keep_firing_for: 1s}
              - {alert: Hot, expr: hallwatt_rack_inlet_max_celsius > 5, max_gap: 1s, on_missing: alert, parent: Busy}
              - {alert: Much, expr: hallwatt_hall_it_energy_joules > 5}
              - {alert: Wasteful, expr: hallwatt_site_it_power_watts > 5, clear: 3}
            """);

    /** Site, hall and rack windows reach one task from several partitions' topics; how Kafka mixes them is nobody's promise. */
    @ParameterizedTest
    @Seeds(200)
    void how_rows_are_mixed_changes_nothing(Random seeded) {
        RuleSet rules = seeded.nextBoolean() ? RULES : RELATED;
        List<List<Sight>> rows = List.of(
                halls("h01", Resolution.SECOND, seeded),
                halls("h02", Resolution.SECOND, seeded),
                halls("h01", Resolution.MINUTE, seeded),
                racks("h01", seeded),
                racks("h02", seeded),
                sites(seeded));

        Backtest apart = new Backtest(rules);
        rows.forEach(row -> row.forEach(apart::see));
        apart.end();
        Backtest mixed = new Backtest(rules);
        mix(rows, seeded).forEach(mixed::see);
        mixed.end();

        assertThat(mixed.transitions()).isEqualTo(apart.transitions());
        assertThat(mixed.episodes()).isEqualTo(apart.episodes());
        assertThat(mixed.figures()).isEqualTo(apart.figures());
    }

    @Test
    void the_figures_say_what_a_rule_costs() {
        Backtest backtest = new Backtest(RULES);
        // over 5 in the windows 1 to 4, 8 to 10, and in 14 alone
        double[] power = {1, 9, 9, 9, 9, 1, 1, 1, 9, 9, 9, 1, 1, 1, 9, 1, 1};
        for (int i = 0; i < power.length; i++) {
            backtest.see(Sight.of(Windows.hall(
                    Resolution.SECOND,
                    i,
                    Quantities.builder().put(Metric.HALL_IT_POWER, power[i]).build())));
        }

        RuleFigures busy = backtest.figures().getFirst();

        assertThat(busy.alert()).isEqualTo("Busy");
        assertThat(busy.fired()).isEqualTo(2);
        assertThat(busy.unfired()).as("for: 2s").isEqualTo(1);
        assertThat(busy.longest())
                .as("from the third window in breach to the second clear one")
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(busy.firing()).isEqualTo(Duration.ofSeconds(5));
        assertThat(busy.flaps()).as("again within a quarter of an hour").isEqualTo(1);
        assertThat(busy.span()).isEqualTo(Duration.ofSeconds(17));
        assertThat(busy.perWeek()).as("17 s say nothing of a week").isNull();
        assertThat(backtest.figures()).extracting(RuleFigures::alert).contains("Hot", "Watchdog");
    }

    @Test
    void a_week_is_told_of_rules_whose_own_windows_span_a_day() {
        Backtest backtest = new Backtest(RULES);
        for (int minute = 0; minute < 2 * 24 * 60; minute++) {
            backtest.see(hall(Resolution.MINUTE, minute, Metric.HALL_IT_ENERGY, minute == 100 ? 9_000 : 0));
        }
        for (int second = 0; second < 60; second++) {
            backtest.see(hall(Resolution.SECOND, second, Metric.HALL_IT_POWER, second > 10 ? 9 : 0));
        }

        assertThat(backtest.figures())
                .filteredOn(figures -> List.of("Busy", "Much").contains(figures.alert()))
                .satisfiesExactly(
                        busy -> assertThat(busy.perWeek())
                                .as("a minute of seconds")
                                .isNull(),
                        much -> assertThat(much.perWeek())
                                .as("once in two days")
                                .isEqualTo(3.5));
        assertThat(backtest.looked())
                .extracting(Looked::resolution, Looked::windows)
                .containsExactly(tuple(Resolution.SECOND, 60L), tuple(Resolution.MINUTE, 2_880L));
    }

    @Test
    void a_transition_counts_where_its_own_rules_windows_were_seen() {
        Backtest backtest = new Backtest(RULES);
        for (int minute = 0; minute < 5; minute++) {
            backtest.see(hall(Resolution.MINUTE, minute, Metric.HALL_IT_ENERGY, 0));
        }
        backtest.see(hall(Resolution.SECOND, 299, Metric.HALL_IT_POWER, 1));

        assertThat(backtest.covers(told("Much", 60, Map.of()))).isTrue();
        assertThat(backtest.covers(told("Busy", 60, Map.of())))
                .as("no second was seen")
                .isFalse();
        assertThat(backtest.covers(told("Busy", 300, Map.of()))).isTrue();
        assertThat(backtest.covers(told("HallwattBlind", 60, Map.of("blind", "Much"))))
                .isTrue();
        assertThat(backtest.covers(told("Wasteful", 60, Map.of())))
                .as("nor the site")
                .isFalse();
        assertThat(backtest.covers(told("Gone", 60, Map.of())))
                .as("a rule that is no more")
                .isTrue();
        assertThat(backtest.covers(told("Gone", 301, Map.of()))).isFalse();
    }

    @Test
    void what_was_told_twice_was_told_once_too_often() {
        AlertTransition once = told("Much", 60, Map.of("hall", "h01"));
        AlertTransition other = told("Much", 60, Map.of("hall", "h02"));

        assertThat(LogDifference.between(List.of(once), List.of(once, once)))
                .isEqualTo(new LogDifference(List.of(), List.of(once), List.of(), List.of()));
        assertThat(LogDifference.between(List.of(once, once, other), List.of(once, other)))
                .isEqualTo(new LogDifference(List.of(once), List.of(), List.of(), List.of()));
        assertThat(LogDifference.between(List.of(once, other), List.of(other, once))
                        .none())
                .isTrue();
    }

    @Test
    void what_both_have_and_not_alike_says_what_differs() {
        AlertTransition here = told("Much", 60, Map.of("hall", "h01"), Map.of("affected", "3", "summary", "m"), 9.0);
        AlertTransition inLog = told("Much", 60, Map.of("hall", "h01"), Map.of("summary", "m"), 8.0);
        AlertTransition other = told("Much", 61, Map.of("hall", "h01"), Map.of(), 8.0);

        LogDifference difference = LogDifference.between(List.of(here), List.of(inLog, other));

        assertThat(difference.onlyHere()).isEmpty();
        assertThat(difference.onlyInLog()).containsExactly(other);
        assertThat(difference.otherwise())
                .singleElement()
                .satisfies(one -> assertThat(one.fields())
                        .containsExactly(
                                new LogDifference.Field("annotations.affected", "3", null),
                                new LogDifference.Field("value", "9.0", "8.0")));
        assertThat(difference.none()).isFalse();
    }

    @Test
    void a_note_that_a_new_start_cannot_make_is_no_difference_and_one_too_many_in_the_log_is() {
        AlertTransition once = told("Much", 60, Map.of("hall", "h01"));
        AlertTransition note = new AlertTransition(
                once.fingerprint(),
                once.rule(),
                once.labels(),
                once.annotations(),
                AlertState.FIRING,
                AlertState.FIRING,
                once.at(),
                once.since(),
                9.0,
                5.0,
                null,
                1,
                null,
                null);

        assertThat(LogDifference.between(List.of(once, note), List.of(once)))
                .isEqualTo(new LogDifference(List.of(), List.of(), List.of(), List.of(note)))
                .matches(LogDifference::none);
        assertThat(LogDifference.between(List.of(once), List.of(once, note)).none())
                .isFalse();
    }

    @Test
    void a_time_without_windows_is_a_hole_and_nobody_fired_in_it() {
        Backtest backtest = new Backtest(RULES);
        for (int second = 0; second < 10; second++) {
            backtest.see(hall(Resolution.SECOND, second, Metric.HALL_IT_POWER, 9));
        }
        for (int second = 610; second < 620; second++) {
            backtest.see(hall(Resolution.SECOND, second, Metric.HALL_IT_POWER, second < 615 ? 9 : 1));
        }

        assertThat(backtest.looked())
                .singleElement()
                .satisfies(looked -> assertThat(looked.holes())
                        .containsExactly(
                                new Looked.Hole(Windows.START.plusSeconds(10), Windows.START.plusSeconds(610))));
        RuleFigures busy = backtest.figures().getFirst();
        assertThat(busy.fired()).isEqualTo(1);
        assertThat(busy.firing())
                .as("from its third window to the hole, and from there to the second clear one")
                .isEqualTo(Duration.ofSeconds(7 + 7));
        assertThat(busy.longest()).isEqualTo(busy.firing());
        assertThat(busy.span()).isEqualTo(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @Seeds(100)
    void holes_are_where_no_row_has_a_window_in_whatever_order_they_come(Random seeded) {
        boolean[] seen = new boolean[40];
        List<Sight> windows = new ArrayList<>();
        for (int number = 0; number < seen.length; number++) {
            for (int times = seeded.nextInt(3); times > 0; times--) {
                seen[number] = true;
                windows.add(hall(Resolution.SECOND, number, Metric.HALL_IT_POWER, 1));
            }
        }
        windows.add(hall(Resolution.SECOND, 0, Metric.HALL_IT_POWER, 1));
        seen[0] = true;
        Collections.shuffle(windows, seeded);
        Backtest backtest = new Backtest(RULES);

        windows.forEach(backtest::see);

        Looked looked = backtest.looked().getFirst();
        boolean[] covered = new boolean[seen.length];
        for (int number = 0; number < seen.length; number++) {
            Instant at = Windows.START.plusSeconds(number);
            covered[number] = !at.isBefore(looked.first())
                    && at.isBefore(looked.last())
                    && looked.holes().stream().noneMatch(hole -> !at.isBefore(hole.from()) && at.isBefore(hole.to()));
        }
        assertThat(covered).isEqualTo(seen);
    }

    @Test
    void what_is_told_of_a_hall_counts_as_far_as_its_own_windows_were_seen() {
        Backtest backtest = new Backtest(RULES);
        backtest.see(hall(Resolution.SECOND, 0, Metric.HALL_IT_POWER, 1));
        backtest.see(Sight.of(new HallMetrics(
                new SiteId("s1"), new HallId("h02"), Windows.window(Resolution.SECOND, 9), 0, 1, Quantities.NONE)));

        assertThat(backtest.covers(told("Busy", 1, Map.of("site", "s1", "hall", "h01"))))
                .isTrue();
        assertThat(backtest.covers(told("Busy", 10, Map.of("site", "s1", "hall", "h01"))))
                .isFalse();
        assertThat(backtest.covers(told("Busy", 10, Map.of("site", "s1", "hall", "h02"))))
                .isTrue();
    }

    private static AlertTransition told(String rule, int second, Map<String, String> labels) {
        return told(rule, second, labels, Map.of(), 9.0);
    }

    private static AlertTransition told(
            String rule, int second, Map<String, String> labels, Map<String, String> annotations, double value) {
        return new AlertTransition(
                "0123456789abcdef",
                rule,
                new TreeMap<>(labels),
                new TreeMap<>(annotations),
                AlertState.INACTIVE,
                AlertState.PENDING,
                Windows.START.plusSeconds(second),
                Windows.START.plusSeconds(second),
                value,
                5.0);
    }

    private static Sight hall(Resolution resolution, int number, Metric metric, double value) {
        return Sight.of(Windows.hall(
                resolution, number, Quantities.builder().put(metric, value).build()));
    }

    @Test
    void a_changed_rule_differs_by_what_fired_under_one_only() {
        Backtest strict = new Backtest(RULES);
        Backtest mild = new Backtest(
                RuleSet.read(
                        "mild.yaml",
                        "groups: [{name: g, rules: [{alert: Busy, expr: hallwatt_hall_it_power_watts > 8, for: 2s, keep_firing_for: 1s}]}]"));
        double[] power = {6, 6, 6, 1, 1, 9, 9, 9, 1, 1};
        for (int i = 0; i < power.length; i++) {
            Sight window = Sight.of(Windows.hall(
                    Resolution.SECOND,
                    i,
                    Quantities.builder().put(Metric.HALL_IT_POWER, power[i]).build()));
            strict.see(window);
            mild.see(window);
        }

        Difference difference =
                Difference.between(mild.episodes(), strict.episodes()).getFirst();

        assertThat(difference.here()).isEqualTo(1);
        assertThat(difference.there()).isEqualTo(2);
        assertThat(difference.onlyHere()).isEmpty();
        assertThat(difference.onlyThere())
                .singleElement()
                .satisfies(episode -> assertThat(episode.began()).isEqualTo(Windows.START.plusSeconds(1)));
        assertThat(Difference.between(mild.episodes(), mild.episodes())).allMatch(Difference::none);
    }

    private static List<Sight> halls(String hall, Resolution resolution, Random seeded) {
        Metric metric = resolution == Resolution.SECOND ? Metric.HALL_IT_POWER : Metric.HALL_IT_ENERGY;
        return row(seeded, number -> {
            Quantities.Builder quantities = Quantities.builder();
            if (seeded.nextInt(5) > 0) {
                quantities.put(metric, seeded.nextInt(10));
            }
            return Sight.of(new HallMetrics(
                    new SiteId("s1"), new HallId(hall), Windows.window(resolution, number), 0, 1, quantities.build()));
        });
    }

    private static List<Sight> sites(Random seeded) {
        return row(
                seeded,
                number -> Sight.of(new SiteMetrics(
                        new SiteId("s1"),
                        Windows.window(Resolution.SECOND, number),
                        0,
                        1,
                        Quantities.builder()
                                .put(Metric.SITE_IT_POWER, seeded.nextInt(10))
                                .build())));
    }

    private static List<Sight> racks(String hall, Random seeded) {
        return row(
                seeded,
                number -> Sight.of(new RackFrame(
                        new SiteId("s1"),
                        new HallId(hall),
                        Windows.window(Resolution.SECOND, number),
                        0,
                        List.of(new RackId("r001"), new RackId("r002")),
                        Map.of(
                                new RackFrame.Column(Metric.RACK_INLET, ""),
                                new double[] {seeded.nextInt(10), seeded.nextInt(5) == 0 ? Double.NaN : 7}))));
    }

    /** Some windows are missing, some come twice. */
    private static List<Sight> row(Random seeded, IntFunction<Sight> window) {
        List<Sight> row = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            if (seeded.nextInt(6) > 0) {
                Sight sight = window.apply(number);
                row.addAll(Collections.nCopies(seeded.nextInt(8) == 0 ? 2 : 1, sight));
            }
        }
        return row;
    }

    private static List<Sight> mix(List<List<Sight>> rows, Random seeded) {
        List<Integer> turns = new ArrayList<>();
        IntStream.range(0, rows.size())
                .forEach(i -> turns.addAll(Collections.nCopies(rows.get(i).size(), i)));
        Collections.shuffle(turns, seeded);
        int[] next = new int[rows.size()];
        return turns.stream().map(i -> rows.get(i).get(next[i]++)).toList();
    }
}
