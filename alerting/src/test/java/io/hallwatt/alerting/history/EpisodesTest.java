package io.hallwatt.alerting.history;

import static io.hallwatt.contract.AlertState.FIRING;
import static io.hallwatt.contract.AlertState.INACTIVE;
import static io.hallwatt.contract.AlertState.PENDING;
import static io.hallwatt.contract.AlertState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.state.Observation;
import io.hallwatt.alerting.state.OnMissing;
import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.state.StateMachine;
import io.hallwatt.alerting.state.Step;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.property.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class EpisodesTest {
    private static final Instant START = Instant.parse("2026-01-15T12:00:00Z");

    @Test
    void an_episode_goes_from_the_first_breach_to_the_end() {
        Episode episode = only(
                told("a", INACTIVE, PENDING, 10, 10, 28.0),
                told("a", PENDING, FIRING, 20, 10, 31.0),
                told("a", FIRING, UNKNOWN, 30, 10, null),
                told("a", UNKNOWN, FIRING, 50, 10, 29.0),
                told("a", FIRING, INACTIVE, 60, 10, 20.0));

        assertThat(episode.state()).isEqualTo(INACTIVE);
        assertThat(episode.began()).isEqualTo(START.plusSeconds(10));
        assertThat(episode.firedAt()).isEqualTo(START.plusSeconds(20));
        assertThat(episode.ended()).isEqualTo(START.plusSeconds(60));
        assertThat(episode.highest()).isEqualTo(31.0);
        assertThat(episode.lowest()).as("what ended it was no breach").isEqualTo(28.0);
        assertThat(episode.lasted(START)).isEqualTo(Duration.ofSeconds(50));
        assertThat(episode.firedFor(START)).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void what_lasts_is_open_and_counts_until_now() {
        Episode episode = only(told("a", INACTIVE, FIRING, 10, 10, 1.0));

        assertThat(episode.ended()).isNull();
        assertThat(episode.firedFor(START.plusSeconds(100))).isEqualTo(Duration.ofSeconds(90));
        assertThat(episode.overlaps(START.plusSeconds(500), START.plusSeconds(600)))
                .isTrue();
    }

    @Test
    void what_never_fired_is_an_episode_that_never_fired() {
        Episode episode = only(told("a", INACTIVE, PENDING, 10, 10, 1.0), told("a", PENDING, INACTIVE, 12, 10, 0.0));

        assertThat(episode.fired()).isFalse();
        assertThat(episode.firedFor(START)).isEqualTo(Duration.ZERO);
    }

    @Test
    void a_gap_before_it_fired_makes_no_second_episode() {
        Episode episode = only(
                told("a", INACTIVE, PENDING, 10, 10, 1.0),
                told("a", PENDING, UNKNOWN, 12, 10, null),
                told("a", UNKNOWN, PENDING, 20, 20, 1.0),
                told("a", PENDING, FIRING, 25, 20, 1.0));

        assertThat(episode.began()).isEqualTo(START.plusSeconds(10));
        assertThat(episode.firedAt()).isEqualTo(START.plusSeconds(25));
    }

    @Test
    void a_log_that_begins_in_the_middle_tells_what_it_knows() {
        Episode episode = only(told("a", FIRING, INACTIVE, 60, 10, 20.0));

        assertThat(episode.began()).isEqualTo(START.plusSeconds(10));
        assertThat(episode.fired()).isTrue();
        assertThat(episode.firedAt()).as("before the log begins").isNull();
    }

    @Test
    void a_rule_that_takes_over_anothers_labels_has_an_episode_of_its_own() {
        List<Episode> episodes = episodes(List.of(
                told("a", INACTIVE, FIRING, 10, 10, 1.0),
                told("a", INACTIVE, FIRING, 20, 20, 1.0),
                told("a", FIRING, INACTIVE, 20, 10, null)));

        assertThat(episodes).extracting(Episode::ended).containsExactly(START.plusSeconds(20), null);
    }

    @Test
    void a_window_that_is_published_anew_changes_no_episode() {
        AlertTransition fired = told("a", INACTIVE, FIRING, 10, 10, 1.0);
        AlertTransition restated = new AlertTransition(
                "a",
                "Hot",
                fired.labels(),
                fired.annotations(),
                FIRING,
                FIRING,
                START,
                START,
                0.5,
                27.0,
                null,
                1,
                null,
                null);

        assertThat(episodes(List.of(fired, restated))).isEqualTo(episodes(List.of(fired)));
    }

    @ParameterizedTest
    @Seeds(500)
    void each_beginning_has_its_end_and_what_comes_twice_counts_once(Random seeded) {
        List<List<AlertTransition>> logs = new ArrayList<>();
        for (String fingerprint : List.of("a", "b", "c")) {
            logs.add(log(fingerprint, seeded));
        }
        List<AlertTransition> whole = shuffledTogether(logs, seeded);

        List<Episode> episodes = episodes(whole);

        assertThat(episodes)
                .hasSize((int) whole.stream().filter(t -> t.from() == INACTIVE).count());
        assertThat(episodes.stream().filter(episode -> episode.ended() == null))
                .allMatch(episode -> episode.state() != INACTIVE)
                .hasSize((int) logs.stream()
                        .filter(log -> !log.isEmpty() && log.getLast().to() != INACTIVE)
                        .count());
        assertThat(episodes.stream().filter(Episode::fired).count())
                .isEqualTo(logs.stream().mapToLong(EpisodesTest::firings).sum());
        assertThat(episodes(withRepeats(whole, seeded))).isEqualTo(episodes);
    }

    /** Episodes that fired, counted on foot. */
    private static long firings(List<AlertTransition> log) {
        long firings = 0;
        boolean fired = false;
        for (AlertTransition transition : log) {
            if (transition.to() == FIRING && !fired) {
                firings++;
                fired = true;
            }
            fired &= transition.to() != INACTIVE;
        }
        return firings;
    }

    private static List<AlertTransition> log(String fingerprint, Random seeded) {
        StateMachine machine =
                new StateMachine(Duration.ofSeconds(2), Duration.ofSeconds(1), OnMissing.KEEP, Duration.ofSeconds(1));
        Standing standing = Standing.INACTIVE;
        List<AlertTransition> log = new ArrayList<>();
        for (int second = 1; second <= seeded.nextInt(40); second++) {
            Instant at = START.plusSeconds(second);
            Observation seen = switch (seeded.nextInt(6)) {
                case 0 -> Observation.CLEAR;
                case 1 -> new Observation.Missing(at.minusSeconds(1));
                default -> Observation.BREACH;
            };
            Step step = machine.next(standing, seen, at);
            if (step.told()) {
                Instant since = step.after().since() == null
                        ? Objects.requireNonNull(standing.since())
                        : step.after().since();
                log.add(told(
                        fingerprint,
                        standing.state(),
                        step.after().state(),
                        second,
                        Duration.between(START, since).toSeconds(),
                        1.0 * second));
            }
            standing = step.after();
        }
        return log;
    }

    /** Each log in its own order. */
    private static List<AlertTransition> shuffledTogether(List<List<AlertTransition>> logs, Random seeded) {
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < logs.size(); i++) {
            turns.addAll(Collections.nCopies(logs.get(i).size(), i));
        }
        Collections.shuffle(turns, seeded);
        int[] next = new int[logs.size()];
        return turns.stream().map(i -> logs.get(i).get(next[i]++)).toList();
    }

    private static List<AlertTransition> withRepeats(List<AlertTransition> log, Random seeded) {
        List<AlertTransition> twice = new ArrayList<>();
        for (AlertTransition transition : log) {
            twice.add(transition);
            if (seeded.nextInt(3) == 0) {
                twice.add(twice.get(seeded.nextInt(twice.size())));
            }
        }
        return twice;
    }

    private static Episode only(AlertTransition... log) {
        List<Episode> episodes = episodes(List.of(log));
        assertThat(episodes).hasSize(1);
        return episodes.getFirst();
    }

    private static List<Episode> episodes(List<AlertTransition> log) {
        Episodes episodes = new Episodes();
        log.forEach(episodes::add);
        return episodes.all();
    }

    static AlertTransition told(
            String fingerprint, AlertState from, AlertState to, long at, long since, @Nullable Double value) {
        return new AlertTransition(
                fingerprint,
                "Hot",
                new TreeMap<>(Map.of("alertname", "Hot", "hall", "h01", "severity", "critical")),
                new TreeMap<>(Map.of("summary", "hot")),
                from,
                to,
                START.plusSeconds(at),
                START.plusSeconds(since),
                value,
                27.0);
    }
}
