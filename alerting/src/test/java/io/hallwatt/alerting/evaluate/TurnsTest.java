package io.hallwatt.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.property.Seeds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** A hall's windows and its racks' come by two ways. Which is faster must not be told apart by what is told. */
class TurnsTest {
    private static final RuleSet RULES = RuleSet.read("rules.yaml", """
            groups:
            - name: silence
              rules:
              - {alert: HallSilent, expr: hallwatt_hall_racks_reporting == 0, for: 2s}
              - {alert: UnitsSilent, expr: hallwatt_hall_cooling_units_silent > 0, for: 1s, max_gap: 1s, parent: HallSilent}
              - {alert: RackSilent, expr: hallwatt_rack_completeness_ratio == 0, for: 3s, parent: HallSilent}
              - {alert: Steady, expr: 'avg_over_time(hallwatt_rack_completeness_ratio[3s]) < 0.5', parent: RackSilent}
              - {alert: HallIdle, expr: hallwatt_hall_it_power_watts < 5, window: 1m}
              - {alert: RackIdle, expr: hallwatt_rack_power_watts < 5, window: 1m, parent: HallIdle}
            """);

    private static final RuleSet WITHOUT = RuleSet.read("rules.yaml", """
            groups:
            - name: silence
              rules:
              - {alert: HallSilent, expr: hallwatt_hall_racks_reporting == 0, for: 2s}
              - {alert: RackSilent, expr: hallwatt_rack_completeness_ratio == 0, for: 3s}
            """);

    @ParameterizedTest
    @Seeds(300)
    void which_way_is_faster_changes_nothing_of_what_is_told_whatever_restarts_there_are(Random seeded) {
        List<Sight> published = published(seeded);
        Stage inOrder = new Stage();
        Stage mixed = new Stage();

        published.forEach(inOrder::take);
        for (Sight window : mixed(published, seeded)) {
            mixed.take(window);
            if (seeded.nextInt(10) == 0) {
                mixed.restart();
            }
        }

        assertThat(mixed.turns.waiting()).as("all have come").isEmpty();
        assertThat(mixed.told()).isEqualTo(inOrder.told());
        assertThat(mixed.memory.alerts()).containsExactlyInAnyOrderElementsOf(inOrder.memory.alerts());
    }

    @Test
    void a_rack_waits_for_its_hall_and_a_hall_for_the_racks_before_it_only() {
        Stage stage = new Stage();

        stage.take(racks("h01", 0, 0, 1));
        assertThat(stage.taken).as("of its hall nothing is known").isEmpty();
        stage.take(hall("h01", 0, 0, 2));
        assertThat(stage.heard()).containsExactly("HALL 0", "RACK 0");
        stage.take(hall("h01", 1, 0, 2));
        assertThat(stage.heard()).containsExactly("HALL 1");
        stage.take(hall("h01", 2, 0, 2));
        assertThat(stage.heard()).as("racks that wait count for it").isEmpty();
        stage.take(racks("h01", 1, 0, 1));
        assertThat(stage.heard()).containsExactly("RACK 1", "HALL 2");
    }

    @Test
    void without_a_parent_in_another_scope_nobody_waits() {
        Stage stage = new Stage(WITHOUT);

        stage.take(racks("h01", 0, 0, 1));
        stage.take(hall("h01", 5, 0, 2));

        assertThat(stage.heard()).containsExactly("RACK 0", "HALL 5");
    }

    @Test
    void who_waited_too_long_goes_and_the_other_is_waited_for_again_when_it_has_caught_up() {
        Stage stage = new Stage();
        stage.take(hall("h01", 0, 0, 2));
        stage.take(racks("h01", 0, 0, 1));
        stage.take(racks("h01", 1, 0, 1));
        stage.take(racks("h01", 2, 0, 1));
        stage.heard();

        stage.turns.giveUp(window -> window.sight().window().end().equals(Windows.START.plusSeconds(9)), stage::close);
        assertThat(stage.heard()).as("not that long").isEmpty();
        stage.turns.giveUp(window -> true, stage::close);
        assertThat(stage.heard()).containsExactly("RACK 1", "RACK 2");
        stage.take(racks("h01", 3, 0, 1));
        assertThat(stage.heard()).containsExactly("RACK 3");
        stage.take(hall("h01", 1, 0, 2));
        stage.take(racks("h01", 4, 0, 1));
        assertThat(stage.heard()).as("late itself").containsExactly("HALL 1", "RACK 4");
        stage.take(hall("h01", 2, 0, 2));
        stage.take(hall("h01", 3, 0, 2));
        stage.take(racks("h01", 5, 0, 1));
        assertThat(stage.heard()).as("it is back").containsExactly("HALL 2", "HALL 3");
        stage.take(hall("h01", 4, 0, 2));
        stage.take(hall("h01", 5, 0, 2));
        assertThat(stage.heard()).containsExactly("HALL 4", "HALL 5", "RACK 5");
    }

    @Test
    void what_waited_under_rules_with_parents_goes_under_rules_without() {
        Stage stage = new Stage();
        stage.take(racks("h01", 0, 0, 1));

        stage.restart(WITHOUT);
        stage.take(racks("h01", 1, 0, 1));

        assertThat(stage.heard()).containsExactly("RACK 0", "RACK 1");
        assertThat(stage.turns.waiting()).isEmpty();
    }

    @Test
    void no_more_wait_than_memory_is_meant_for() {
        Stage stage = new Stage();
        for (int i = 0; i < 3 * Turns.MOST_WAITING; i++) {
            stage.take(racks("h01", i, 0, 1));
        }

        assertThat(stage.turns.waiting()).hasSize(Turns.MOST_WAITING);
        assertThat(stage.taken).hasSize(2 * Turns.MOST_WAITING).startsWith("RACK 0", "RACK 1");
    }

    /** As aggregate publishes: both of a hall's windows at once, some again, some seconds not at all. */
    private static List<Sight> published(Random seeded) {
        List<Sight> published = new ArrayList<>();
        for (int number = 0; number < 70; number++) {
            for (String hall : List.of("h01", "h02")) {
                if (seeded.nextInt(12) == 0) {
                    continue;
                }
                boolean silent = seeded.nextInt(4) == 0;
                published.add(racks(hall, number, silent ? 0 : seeded.nextInt(2), seeded.nextInt(2)));
                published.add(hall(hall, number, silent ? 0 : 2, seeded.nextInt(3)));
                if (number > 3 && seeded.nextInt(6) == 0) {
                    int again = number - 1 - seeded.nextInt(3);
                    published.add(
                            seeded.nextBoolean()
                                    ? racks(hall, again, seeded.nextInt(2), seeded.nextInt(2))
                                    : hall(hall, again, seeded.nextInt(2), seeded.nextInt(3)));
                }
                if (number % 20 == 19) {
                    published.addAll(minute(hall, number / 20, seeded));
                }
            }
        }
        return published;
    }

    private static List<Sight> minute(String hall, int number, Random seeded) {
        return List.of(
                Sight.of(new RackFrame(
                        new SiteId("s1"),
                        new HallId(hall),
                        Windows.window(Resolution.MINUTE, number),
                        0,
                        List.of(new RackId("r001")),
                        Map.of(new RackFrame.Column(Metric.RACK_POWER, ""), new double[] {seeded.nextInt(9)}))),
                Sight.of(new HallMetrics(
                        new SiteId("s1"),
                        new HallId(hall),
                        Windows.window(Resolution.MINUTE, number),
                        0,
                        1,
                        Quantities.builder()
                                .put(Metric.HALL_IT_POWER, seeded.nextInt(9))
                                .build())));
    }

    /** Those of a hall, and of one length, keep their order; all others pass each other by. */
    private static List<Sight> mixed(List<Sight> published, Random seeded) {
        Map<String, Deque<Sight>> ways = new java.util.TreeMap<>();
        published.forEach(window -> ways.computeIfAbsent(
                        window.scope() + window.row() + window.window().resolution(), way -> new ArrayDeque<>())
                .add(window));
        List<Sight> mixed = new ArrayList<>();
        List<Deque<Sight>> left = new ArrayList<>(ways.values());
        while (!left.isEmpty()) {
            Deque<Sight> way = left.get(seeded.nextInt(left.size()));
            for (int more = seeded.nextInt(6); more >= 0 && !way.isEmpty(); more--) {
                mixed.add(way.remove());
            }
            left.removeIf(Deque::isEmpty);
        }
        return mixed;
    }

    private static Sight hall(String hall, int number, double reporting, double unitsSilent) {
        return Sight.of(new HallMetrics(
                new SiteId("s1"),
                new HallId(hall),
                Windows.window(Resolution.SECOND, number),
                0,
                1,
                Quantities.builder()
                        .put(Metric.HALL_RACKS_REPORTING, reporting)
                        .put(Metric.HALL_COOLING_UNITS_SILENT, unitsSilent)
                        .build()));
    }

    private static Sight racks(String hall, int number, double... completeness) {
        return Sight.of(new RackFrame(
                new SiteId("s1"),
                new HallId(hall),
                Windows.window(Resolution.SECOND, number),
                0,
                List.of(new RackId("r001"), new RackId("r002")),
                Map.of(new RackFrame.Column(Metric.RACK_COMPLETENESS, ""), completeness)));
    }

    private record Taken(int number, Sight sight) {}

    /** What a task does: windows in turn, evaluated. */
    private static final class Stage {
        private final Memory memory = new HeapMemory();
        private final List<AlertTransition> told = new ArrayList<>();
        private final List<String> taken = new ArrayList<>();
        /** What the store keeps of those that wait, in the order in which they came. */
        private final List<Taken> kept = new ArrayList<>();

        private RuleSet rules;
        private Evaluation evaluation;
        private Turns<Taken> turns;
        private int number;

        Stage() {
            this(RULES);
        }

        Stage(RuleSet rules) {
            this.rules = rules;
            this.evaluation = new Evaluation(rules, memory, AlertWatcher.NOBODY);
            this.turns = new Turns<>(rules, memory, Taken::sight);
        }

        void restart() {
            restart(rules);
        }

        void restart(RuleSet by) {
            Evaluation before = evaluation;
            rules = by;
            evaluation = new Evaluation(rules, memory, AlertWatcher.NOBODY);
            evaluation.adopt(before);
            turns = new Turns<>(rules, memory, Taken::sight);
            kept.forEach(turns::restore);
        }

        void take(Sight window) {
            Taken taking = new Taken(number++, window);
            kept.add(taking);
            turns.see(taking, this::close);
        }

        void close(Taken next) {
            kept.removeIf(one -> one.number() == next.number());
            Sight window = next.sight();
            taken.add("%s %d"
                    .formatted(
                            window.scope(), window.window().start().getEpochSecond() - Windows.START.getEpochSecond()));
            evaluation.close(window, told::add);
        }

        List<String> heard() {
            List<String> heard = List.copyOf(taken);
            taken.clear();
            return heard;
        }

        /** Notes on windows that were published again are of what this process has judged: a restart forgets it. */
        List<AlertTransition> told() {
            return told.stream()
                    .filter(transition -> transition.restated() == null)
                    .sorted(Comparator.comparing(AlertTransition::at)
                            .thenComparing(AlertTransition::rule)
                            .thenComparing(transition -> transition.labels().toString()))
                    .toList();
        }
    }
}
