package io.hallwatt.alerting.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/alert-states.md, row by row. */
class StateMachineTest {
    private static final Map<String, Observation> SEEN = Map.of(
            "breach", Observation.BREACH,
            "between", Observation.BETWEEN,
            "clear", Observation.CLEAR,
            "missing", new Observation.Missing(at("99")),
            "retired", Observation.RETIRED);

    @ParameterizedTest(name = "for {0}, keep_firing_for {1}, on_missing {2}, max_gap {3}: {4} + {5}, parent {6} = {7}")
    @MethodSource("rows")
    void each_row_of_the_truth_table_is_so(
            String pendingFor,
            String keep,
            String onMissing,
            String maxGap,
            String before,
            String seen,
            String parent,
            String after,
            String told) {
        StateMachine machine = new StateMachine(
                seconds(pendingFor),
                seconds(keep),
                OnMissing.valueOf(onMissing.toUpperCase(Locale.ROOT)),
                seconds(maxGap));

        Step step = machine.next(
                standing(before),
                Objects.requireNonNull(SEEN.get(seen)),
                ParentState.valueOf(parent.toUpperCase(Locale.ROOT)),
                at("100"));

        assertThat(step.after()).isEqualTo(standing(after));
        assertThat(step.told()).isEqualTo(told.equals("told"));
    }

    static Stream<Arguments> rows() {
        return TruthTable.under("## Step by step").stream().map(row -> Arguments.of(row.toArray()));
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
            case "suppressed" -> new Standing.Suppressed(at(words[1].replace("f", "")), words[1].startsWith("f"));
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
