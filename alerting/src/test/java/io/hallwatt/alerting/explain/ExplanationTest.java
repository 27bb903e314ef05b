package io.hallwatt.alerting.explain;

import static io.hallwatt.alerting.evaluate.Windows.START;
import static io.hallwatt.alerting.evaluate.Windows.hall;
import static io.hallwatt.alerting.evaluate.Windows.racks;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.backtest.Backtest;
import io.hallwatt.alerting.evaluate.AlertWatcher;
import io.hallwatt.alerting.evaluate.Evaluation;
import io.hallwatt.alerting.evaluate.HeapMemory;
import io.hallwatt.alerting.evaluate.Inventory;
import io.hallwatt.alerting.evaluate.Probe;
import io.hallwatt.alerting.evaluate.Probe.Verdict;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.history.Episode;
import io.hallwatt.alerting.maintenance.Maintenance;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Dimension;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.property.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {
    private static final String LOAD = """
            - alert: Load
              expr: hallwatt_rack_feed_load_ratio{rack!="r003"} > 0.8
              clear: 0.75
              for: 3s
              max_gap: 2s
            """;

    @Test
    void what_fires_says_since_when_and_by_which_value() {
        assertThat(why(LOAD, 0.9, 0.9, 0.9, 0.9))
                .isEqualTo(
                        "It fires since %s (first breach: %s). The value 0.9 is > 0.8. It ends when the value is not > 0.75 (clear): 0.15 to go."
                                .formatted(START.plusSeconds(4), START.plusSeconds(1)));
        assertThat(why(LOAD.replace("  clear: 0.75\n  for: 3s", "  keep_firing_for: 5m"), 0.9))
                .isEqualTo(
                        "It fires since %s, its first breach. The value 0.9 is > 0.8. It ends when the value is not > 0.8: 0.1 to go, and that has lasted 5m (keep_firing_for)."
                                .formatted(START.plusSeconds(1)));
    }

    @Test
    void what_is_held_by_clear_says_what_it_takes_to_end() {
        assertThat(why(LOAD, 0.9, 0.9, 0.9, 0.9, 0.78))
                .isEqualTo(
                        "It fires since %s (first breach: %s). The value 0.78 is not > 0.8, but it goes on until it is not > 0.75 either (clear): 0.03 to go."
                                .formatted(START.plusSeconds(4), START.plusSeconds(1)));
    }

    @Test
    void what_is_pending_says_when_it_fires() {
        assertThat(why(LOAD, 0.5, 0.9, 0.9))
                .isEqualTo(
                        "It is pending since %s. The value 0.9 is > 0.8; if that lasts, it fires at %s, in 2s (for: 3s)."
                                .formatted(START.plusSeconds(2), START.plusSeconds(5)));
    }

    @Test
    void silence_is_told_from_recovery() {
        assertThat(why(LOAD, 0.9, 0.9, 0.9, 0.9, Double.NaN))
                .endsWith(
                        "There is no value of hallwatt_rack_feed_load_ratio{rack!=\"r003\"}: see whether the devices report. It stays as it is; after 2s it is called unknown (max_gap).");
        assertThat(why(LOAD, 0.9, 0.9, 0.9, 0.9, Double.NaN, Double.NaN, Double.NaN))
                .startsWith("It fired until values stopped, and is unknown: silence is no recovery.");
        assertThat(why(LOAD, Double.NaN)).contains("There is no value").contains("on_missing: keep");
    }

    /** As the stage that runs: see {@link Backtest}. */
    @Test
    void of_what_the_site_model_has_not_nothing_is_missing() {
        Inventory withoutFeedA = (row, rack, dimension, id) -> dimension != Dimension.FEED || !id.equals("A");
        String blind = LOAD + "  on_missing: alert\n";

        assertThat(last(blind, Maintenance.NONE, withoutFeedA, 0.9, 0.9, 0.9, 0.9, Double.NaN)
                        .why())
                .isEqualTo(
                        "It does not fire. There is no value, and the site model has no such feed, cooling unit or supply source: nothing is missing.");
        assertThat(last(blind, Maintenance.NONE, withoutFeedA, 0.9, 0.9, 0.9, 0.9)
                        .why())
                .as("a value speaks for itself")
                .startsWith("It fires since");
        assertThat(last(blind, Maintenance.NONE, Double.NaN).why())
                .as("where nobody knows what there is")
                .contains("see whether the devices report");
    }

    @Test
    void what_does_not_fire_says_why_not() {
        assertThat(why(LOAD, 0.5)).isEqualTo("It does not fire. The value 0.5 is not > 0.8.");
        assertThat(why(LOAD + "  min_coverage: 0.9\n", 0.9))
                .isEqualTo(
                        "It does not fire. Only 0 of the window is known, and min_coverage asks for 0.9: see which devices are silent. Without one nothing begins (on_missing: keep).");
        assertThat(why(LOAD.replace("r003", "r001"), 0.9))
                .isEqualTo(
                        "It does not fire. The rule does not look here: its matcher rack!=\"r001\" does not match rack \"r001\".");
    }

    /** Of two windows of the hall, 20 °C and 26 °C at the intake, 2 units failed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "T > 30 and F > 0               | The expression lets nothing through: T is 26, which is not > 30.",
                "T > 30 and F > 3               | The expression lets nothing through: T is 26, which is not > 30; F is 2, which is not > 3.",
                "T > 30 or F < 2                | The expression lets nothing through: T is 26, which is not > 30; F is 2, which is not < 2.",
                "T unless F > 1                 | The expression lets nothing through: F is 2, which is > 1, and \"unless\" takes that out.",
                "T > 30 unless F > 1            | The expression lets nothing through: T is 26, which is not > 30.",
                "T < F                          | The expression lets nothing through: T is 26, which is not < F (2).",
                "(T - F > 30) * 2               | The expression lets nothing through: T - F is 24, which is not > 30.",
                "absent(T)                      | The expression lets nothing through: T is 26, so it is not absent.",
                "absent(T{hall=\"h02\"})        | The rule does not look here: its matcher hall=\"h02\" does not match hall \"h01\".",
                "T{hall=~\"h0[23]\"} + F > 30   | The rule does not look here: its matcher hall=~\"h0[23]\" does not match hall \"h01\".",
                "T / F > 20                     | The value 13 is not > 20.",
                "(F - F) / (F - F) > 1          | There is no value of (F - F) / (F - F) (it is no number: a division of 0 by 0, or the like): see whether the devices report. Without one nothing begins (on_missing: keep).",
                "avg_over_time(T[5s]) > 30      | The value 23 is not > 30.",
                "avg_over_time(T[5s]) > 30 and F > 0 | The expression lets nothing through: avg_over_time(T[5s]) is 23, which is not > 30.",
                "delta(W[5s]) > 3               | There is no value of delta(W[5s]) (it needs 2 windows with a value, and has 0 of 5): see whether the devices report. Without one nothing begins (on_missing: keep).",
                "T + W > 1                      | There is no value of W: see whether the devices report. Without one nothing begins (on_missing: keep).",
                "T > 20 and F > 1               | The expression holds: T is 26, which is > 20; F is 2, which is > 1 in the newest window: it begins with the next that is evaluated.",
                "absent(W) unless F > 2         | The expression holds: W has no value in the newest window: it begins with the next that is evaluated.",
                "T > bool 20                    | The expression holds: T > bool 20 is 1 in the newest window: it begins with the next that is evaluated.",
            })
    void the_part_that_decides_is_named(String expr, String why) {
        Rule rule = rule("- alert: A\n  expr: '%s'\n".formatted(written(expr)));
        Probe probe = new Probe(rule);
        probe.pass(warm(0, 20));
        Sight newest = warm(1, 26);
        probe.pass(newest);

        Explanation explanation = new Explanation(rule, probe.look(newest).getFirst(), newest.window(), null, null);

        assertThat(explanation.why()).isEqualTo("It does not fire. " + written(why));
    }

    /** T, F and W stand for metrics of halls: the table is to be read. */
    private static String written(String expr) {
        return expr.replaceAll("\\bT\\b", "hallwatt_hall_inlet_max_celsius")
                .replaceAll("\\bF\\b", "hallwatt_hall_cooling_units_failed")
                .replaceAll("\\bW\\b", "hallwatt_hall_it_power_watts");
    }

    private static Sight warm(int number, double celsius) {
        return Sight.of(hall(
                Resolution.SECOND,
                number,
                Quantities.builder()
                        .put(Metric.HALL_INLET_MAX, celsius)
                        .put(Metric.HALL_COOLING_UNITS_FAILED, 2)
                        .build()));
    }

    @Test
    void what_a_range_rests_on_is_told() {
        Rule rule = rule("- {alert: A, expr: 'delta(hallwatt_hall_inlet_max_celsius[10s]) > 4'}\n");
        Probe probe = new Probe(rule);
        Sight newest = warm(1, 26);
        probe.pass(warm(0, 20));
        probe.pass(newest);

        Explanation explanation = new Explanation(rule, probe.look(newest).getFirst(), newest.window(), null, null);

        assertThat(explanation.facts(START.plusSeconds(3)))
                .contains(
                        "range     delta(hallwatt_hall_inlet_max_celsius[10s]) = 9, of 2 of 10 windows in (2026-01-15T11:59:52Z, 2026-01-15T12:00:02Z]");
    }

    /** Whatever rules come with Hallwatt, of a site that is well: no sentence is left with a hole in it. */
    @Test
    void every_rule_that_comes_with_hallwatt_can_be_explained() {
        for (Rule rule : RuleSet.defaults().rules()) {
            Sight sight = nothing(rule.condition().scope(), rule.resolution());
            Probe probe = new Probe(rule);
            probe.pass(sight);
            for (Probe.Element element : probe.look(sight)) {
                Explanation explanation = new Explanation(rule, element, sight.window(), null, null);

                assertThat(explanation.why())
                        .as(rule.alert())
                        .endsWith(".")
                        .doesNotContain(": .", "null", "  ", "of :");
            }
        }
    }

    private static Sight nothing(Scope scope, Resolution resolution) {
        Window window = new Window(START, resolution);
        return Sight.of(
                scope,
                "s1",
                scope == Scope.SITE ? "" : "h01",
                window,
                List.of(scope == Scope.RACK ? "r001" : ""),
                List.of(1.0),
                Map.of());
    }

    @Test
    void what_comes_and_goes_says_how_long_it_is_held() {
        String flapping = LOAD.replace("for: 3s", "flapping: {firings: 1, within: 1m}");

        assertThat(why(flapping, 0.9, 0.5, 0.9, 0.5))
                .endsWith(
                        "The value 0.5 is not > 0.8. It came and went more than once within 1m, so it is held firing until it has been clear for 1m (flapping).");
        assertThat(why(flapping, 0.9, 0.5, 0.9)).endsWith("until it has been clear for 1m (flapping).");
        assertThat(why(flapping, 0.9)).doesNotContain("flapping");
    }

    @Test
    void planned_work_says_why_nobody_hears_of_it() {
        Maintenance work = Maintenance.read("work.yaml", """
                zone: UTC
                windows:
                  - name: ups-test
                    reason: Yearly test
                    matchers: ['rack="r001"']
                    from: 2026-01-15T12:00
                    to: 2026-01-15T12:10
                """);

        assertThat(last(LOAD, work, 0.9, 0.9, 0.9, 0.9).why())
                .endsWith(
                        "Nobody is told: it began to fire in planned work (ups-test), and is told when that is over, if it still fires.");
        assertThat(last(LOAD, work, 0.5).why())
                .isEqualTo(
                        "It does not fire. The value 0.5 is not > 0.8. Planned work (ups-test) covers it now: if it fires, that is recorded, and nobody is told until the work is over.");
    }

    @Test
    void a_rule_that_did_not_judge_is_doubted() {
        Explanation told = last(LOAD, Maintenance.NONE, 0.9, 0.9, 0.9, 0.9);
        Explanation other = new Explanation(
                rule(LOAD.replace("> 0.8", "> 0.85")), told.element(), told.window(), told.episode(), null);

        assertThat(told.doubt()).isEmpty();
        assertThat(other.doubt())
                .contains(
                        "What was told last was judged against 0.8, and this rule says 0.85: other rules run, or it was changed since.");
    }

    @Test
    void rules_differ_by_what_they_judge_and_tell() {
        Rule rule = rule(LOAD);

        assertThat(RuleDifference.of(rule, rule(LOAD.replace("> 0.8", " >  0.8"))))
                .isEmpty();
        assertThat(RuleDifference.of(
                        rule,
                        rule(LOAD.replace("> 0.8", "> 0.85").replace("max_gap: 2s", "annotations: {summary: hot}"))))
                .containsExactly("expr", "max_gap", "annotations");
        assertThat(RuleDifference.of(rule, rule(LOAD + "  flapping: {firings: 0}\n  on_missing: alert\n")))
                .containsExactly("on_missing", "flapping");
    }

    @Test
    void the_facts_name_what_was_read() {
        Rule rule = rule(LOAD);
        Sight sight = Sight.of(racks(0, Metric.RACK_FEED_LOAD, "A", 0.9));
        Explanation explanation =
                new Explanation(rule, new Probe(rule).look(sight).getFirst(), sight.window(), null, null);

        assertThat(explanation.facts(START.plusSeconds(3)))
                .containsExactly(
                        "window    2026-01-15T12:00:00Z to 2026-01-15T12:00:01Z, 2s ago",
                        "expr      hallwatt_rack_feed_load_ratio{rack!=\"r003\"} > 0.8",
                        "reads     hallwatt_rack_feed_load_ratio = 0.9",
                        "coverage  0 of the window is known");
    }

    /** What it says must be what the engine does: from nothing, an alert begins where and only where the probe sees a breach. */
    @ParameterizedTest
    @Seeds(300)
    void the_probe_sees_what_the_engine_does(Random seeded) {
        RuleSet rules = RuleSet.read("rules.yaml", """
                groups:
                - name: g
                  rules:
                  - {alert: A, expr: 'hallwatt_rack_feed_load_ratio{feed!="B",rack=~"r00[12]"} > 0.5'}
                  - {alert: B, expr: 'hallwatt_rack_inlet_max_celsius - 10 * hallwatt_rack_completeness_ratio > 5', min_coverage: 0.4}
                  - {alert: C, expr: absent(hallwatt_rack_inlet_max_celsius)}
                  - {alert: D, expr: 'avg_over_time(hallwatt_rack_inlet_max_celsius[3s]) >= 10'}
                """);
        List<Probe> probes = rules.rules().stream().map(Probe::new).toList();
        HeapMemory memory = new HeapMemory();
        Evaluation evaluation = new Evaluation(rules, memory, AlertWatcher.NOBODY);
        for (int number = 0; number < 4; number++) {
            Sight sight = Sight.of(racks(
                    number,
                    Map.of(
                            new RackFrame.Column(Metric.RACK_FEED_LOAD, "A"), column(seeded, 1),
                            new RackFrame.Column(Metric.RACK_FEED_LOAD, "B"), column(seeded, 1),
                            new RackFrame.Column(Metric.RACK_COMPLETENESS, ""), column(seeded, 1),
                            new RackFrame.Column(Metric.RACK_INLET, ""), column(seeded, 20)),
                    3));
            List<String> before =
                    memory.alerts().stream().map(alert -> alert.fingerprint()).toList();
            List<String> began = new ArrayList<>();
            evaluation.close(sight, told -> {
                if (!before.contains(told.fingerprint())) {
                    began.add(told.fingerprint());
                }
            });

            probes.forEach(probe -> probe.pass(sight));
            List<String> breaching = probes.stream()
                    .flatMap(probe -> probe.look(sight).stream())
                    .filter(element -> element.verdict() == Verdict.BREACH)
                    .map(element -> element.alert().fingerprint())
                    .filter(fingerprint -> !before.contains(fingerprint))
                    .toList();

            assertThat(breaching).containsExactlyInAnyOrderElementsOf(began);
        }
    }

    private static double[] column(Random seeded, int most) {
        double[] column = new double[3];
        for (int i = 0; i < column.length; i++) {
            column[i] = seeded.nextInt(4) == 0 ? Double.NaN : seeded.nextInt(11) / 10.0 * most;
        }
        return column;
    }

    /** Of the only rack, after windows with these values. */
    private static String why(String rule, double... values) {
        return last(rule, Maintenance.NONE, values).why();
    }

    private static Explanation last(String rule, Maintenance planned, double... values) {
        return last(rule, planned, Inventory.UNKNOWN, values);
    }

    private static Explanation last(String rule, Maintenance planned, Inventory inventory, double... values) {
        Rule read = rule(rule);
        Probe probe = new Probe(read, inventory);
        Backtest past = new Backtest(new RuleSet(List.of(read), planned), inventory);
        Explanation last = null;
        for (int i = 0; i < values.length; i++) {
            Sight sight = Sight.of(racks(i, Metric.RACK_FEED_LOAD, "A", values[i]));
            past.see(sight);
            Episode open = past.episodes().stream()
                    .filter(episode -> episode.ended() == null)
                    .findFirst()
                    .orElse(null);
            probe.pass(sight);
            Probe.Element element = probe.look(sight).getFirst();
            last = new Explanation(
                    read,
                    element,
                    sight.window(),
                    open,
                    planned.during(element.alert().labels(), sight.window().end())
                            .orElse(null));
        }
        return Objects.requireNonNull(last);
    }

    private static Rule rule(String rule) {
        return RuleSet.read("rules.yaml", "groups:\n- name: g\n  rules:\n" + rule.indent(2))
                .rules()
                .getFirst();
    }
}
