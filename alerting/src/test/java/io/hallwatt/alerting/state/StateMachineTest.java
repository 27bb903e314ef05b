package io.hallwatt.alerting.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The truth table. Times are seconds; the step is at second 100; windows are one second long. */
class StateMachineTest {
    private static final Map<String, Observation> SEEN = Map.of(
            "breach", Observation.BREACH,
            "between", Observation.BETWEEN,
            "clear", Observation.CLEAR,
            "missing", new Observation.Missing(at("99")),
            "retired", Observation.RETIRED);

    @ParameterizedTest(name = "for {0}, keep_firing_for {1}, on_missing {2}, max_gap {3}: {4} + {5} = {6}")
    @CsvSource(
            delimiter = '|',
            value = {
                // Prometheus's own rows: a value is there.
                " 0 |  0 | keep    | 0 | inactive        | breach  | firing 100      | told",
                "10 |  0 | keep    | 0 | inactive        | breach  | pending 100     | told",
                "10 |  0 | keep    | 0 | inactive        | between | inactive        | -",
                "10 |  0 | keep    | 0 | inactive        | clear   | inactive        | -",
                "10 |  0 | keep    | 0 | pending 91      | breach  | pending 91      | -",
                "10 |  0 | keep    | 0 | pending 90      | breach  | firing 90       | told",
                "10 |  0 | keep    | 0 | pending 91      | between | inactive        | told",
                "10 |  0 | keep    | 0 | pending 91      | clear   | inactive        | told",
                "10 |  0 | keep    | 0 | firing 50       | breach  | firing 50       | -",
                "10 |  0 | keep    | 0 | firing 50       | between | firing 50       | -",
                "10 |  0 | keep    | 0 | firing 50       | clear   | inactive        | told",
                // keep_firing_for: from the first clear window on.
                "10 |  5 | keep    | 0 | firing 50       | clear   | firing 50 r100  | -",
                "10 |  5 | keep    | 0 | firing 50 r96   | clear   | firing 50 r96   | -",
                "10 |  5 | keep    | 0 | firing 50 r95   | clear   | inactive        | told",
                "10 |  5 | keep    | 0 | firing 50 r96   | breach  | firing 50       | -",
                "10 |  5 | keep    | 0 | firing 50 r96   | between | firing 50       | -",
                // Missing, kept: silence is no recovery.
                "10 |  0 | keep    | 0 | inactive        | missing | inactive        | -",
                "10 |  0 | keep    | 0 | pending 91      | missing | unknown p91 99  | told",
                "10 |  0 | keep    | 0 | firing 50       | missing | unknown f50 99  | told",
                "10 |  5 | keep    | 0 | firing 50 r96   | missing | unknown f50 99  | told",
                "10 |  0 | keep    | 0 | unknown f50 80  | missing | unknown f50 80  | -",
                "10 |  0 | alert   | 0 | firing 50       | missing | unknown f50 99  | told",
                // max_gap: missing time that changes nothing, up to its length.
                "10 |  0 | keep    | 3 | pending 91      | missing | pending 91 m99  | -",
                "10 |  0 | keep    | 3 | pending 91 m97  | missing | pending 91 m97  | -",
                "10 |  0 | keep    | 3 | pending 91 m96  | missing | unknown p91 96  | told",
                "10 |  0 | keep    | 3 | pending 90 m98  | breach  | firing 90       | told",
                "10 |  0 | keep    | 3 | firing 50 m97   | missing | firing 50 m97   | -",
                "10 |  0 | keep    | 3 | firing 50 m96   | missing | unknown f50 96  | told",
                "10 |  0 | keep    | 3 | pending 91 m98  | breach  | pending 91      | -",
                "10 |  0 | keep    | 3 | pending 91 m98  | clear   | inactive        | told",
                "10 |  0 | keep    | 3 | pending 91 m98  | between | inactive        | told",
                "10 |  0 | keep    | 3 | inactive        | missing | inactive        | -",
                "10 |  0 | keep    | 3 | firing 50 m98   | breach  | firing 50       | -",
                "10 |  0 | keep    | 3 | firing 50 m98   | clear   | inactive        | told",
                "10 |  5 | keep    | 3 | firing 50 r96   | missing | firing 50 r96 m99 | -",
                "10 |  5 | keep    | 3 | firing 50 r95 m99 | missing | firing 50 r95 m99 | -",
                "10 |  5 | keep    | 3 | firing 50 r95 m98 | clear | inactive        | told",
                "10 |  5 | keep    | 3 | firing 50 r96 m98 | clear | firing 50 r96   | -",
                "10 |  5 | keep    | 3 | firing 50 r95 m96 | missing | unknown f50 96 | told",
                "10 |  0 | keep    | 3 | unknown p50 80  | breach  | pending 100     | told",
                "10 |  0 | breach  | 3 | pending 91 m98  | missing | pending 91      | -",
                "10 |  0 | alert   | 3 | pending 91      | missing | pending 91 m99  | -",
                // Seen again.
                "10 |  0 | keep    | 0 | unknown p50 80  | breach  | pending 100     | told",
                " 0 |  0 | keep    | 0 | unknown p50 80  | breach  | firing 100      | told",
                "10 |  0 | keep    | 0 | unknown p50 80  | between | inactive        | told",
                "10 |  0 | keep    | 0 | unknown p50 80  | clear   | inactive        | told",
                "10 |  0 | keep    | 0 | unknown f50 80  | breach  | firing 50       | told",
                "10 |  0 | keep    | 0 | unknown f50 80  | between | firing 50       | told",
                "10 |  0 | keep    | 0 | unknown f50 80  | clear   | inactive        | told",
                "10 |  5 | keep    | 0 | unknown f50 80  | clear   | firing 50 r100  | told",
                // Missing as breach.
                "10 |  0 | breach  | 0 | inactive        | missing | pending 100     | told",
                "10 |  0 | breach  | 0 | pending 90      | missing | firing 90       | told",
                "10 |  0 | breach  | 0 | firing 50       | missing | firing 50       | -",
                // Missing as recovery: Prometheus's way.
                "10 |  0 | resolve | 0 | inactive        | missing | inactive        | -",
                "10 |  0 | resolve | 0 | pending 91      | missing | inactive        | told",
                "10 |  0 | resolve | 0 | firing 50       | missing | inactive        | told",
                "10 |  5 | resolve | 0 | firing 50       | missing | firing 50 r100  | -",
                // The device is gone for good.
                "10 |  5 | keep    | 3 | pending 91      | retired | inactive        | told",
                "10 |  5 | keep    | 3 | firing 50       | retired | inactive        | told",
                "10 |  5 | breach  | 3 | unknown f50 80  | retired | inactive        | told",
                // A rule edited while its alert is on: the edited durations hold from the next window on; what fires is
                // not set back.
                "60 |  0 | keep    | 0 | firing 90       | breach  | firing 90       | -",
                " 5 |  0 | keep    | 0 | pending 91      | breach  | firing 91       | told",
            })
    void truth_table(
            String pendingFor,
            String keep,
            String onMissing,
            String maxGap,
            String before,
            String seen,
            String after,
            String told) {
        StateMachine machine = new StateMachine(
                seconds(pendingFor),
                seconds(keep),
                OnMissing.valueOf(onMissing.toUpperCase(Locale.ROOT)),
                seconds(maxGap));

        Step step = machine.next(standing(before), Objects.requireNonNull(SEEN.get(seen)), at("100"));

        assertThat(step.after()).isEqualTo(standing(after));
        assertThat(step.told()).isEqualTo(told.equals("told"));
    }

    @Test
    void a_feed_cut_while_firing_resolves_only_when_recovery_is_measured() {
        StateMachine machine = new StateMachine(Duration.ZERO, Duration.ZERO, OnMissing.KEEP, Duration.ZERO);
        List<Observation> seen = List.of(
                Observation.BREACH,
                new Observation.Missing(at("101")),
                new Observation.Missing(at("102")),
                Observation.CLEAR);

        Standing standing = Standing.INACTIVE;
        StringBuilder told = new StringBuilder();
        for (int i = 0; i < seen.size(); i++) {
            Step step = machine.next(standing, seen.get(i), at(Integer.toString(101 + i)));
            standing = step.after();
            told.append(step.told() ? standing.state() + " " : "- ");
        }

        assertThat(told).hasToString("FIRING UNKNOWN - INACTIVE ");
    }

    /** {@code firing 50 r96 m99}, {@code unknown p91 99}. */
    private static Standing standing(String text) {
        String[] words = text.split(" ");
        return switch (words[0]) {
            case "inactive" -> Standing.INACTIVE;
            case "pending" -> new Standing.Pending(at(words[1]), note(words, "m"));
            case "firing" -> new Standing.Firing(at(words[1]), note(words, "r"), note(words, "m"));
            default -> new Standing.Unknown(words[1].startsWith("f"), at(words[1].substring(1)), at(words[2]));
        };
    }

    private static @Nullable Instant note(String[] words, String letter) {
        for (String word : words) {
            if (word.matches(letter + "[0-9]+")) {
                return at(word.substring(1));
            }
        }
        return null;
    }

    private static Instant at(String second) {
        return Instant.ofEpochSecond(Long.parseLong(second));
    }

    private static Duration seconds(String text) {
        return Duration.ofSeconds(Long.parseLong(text.strip()));
    }
}
