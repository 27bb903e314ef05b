package io.hallwatt.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.app.Cli;
import io.hallwatt.app.Cli.Outcome;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.ingest.simulate.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedTimeTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.250Z");
    private static final Pace SIXTYFOLD = new Pace.Accelerated(60);

    @Test
    void without_options_it_is_the_present_in_real_time_without_end() {
        assertThat(SimulatedTime.of(null, null, null, NOW)).isEqualTo(new SimulatedTime(null, null, Pace.REAL_TIME));
        assertThat(SimulatedTime.of(null, null, null, NOW).past()).isFalse();
    }

    @Test
    void a_past_that_ends_before_now_goes_as_fast_as_possible_unless_told() {
        Instant start = NOW.minus(Duration.ofHours(2));

        assertThat(SimulatedTime.of(start, Duration.ofHours(1), null, NOW))
                .isEqualTo(new SimulatedTime(start, Duration.ofHours(1), Pace.AS_FAST_AS_POSSIBLE));
        assertThat(SimulatedTime.of(start, Duration.ofHours(1), SIXTYFOLD, NOW).pace())
                .isEqualTo(SIXTYFOLD);
        assertThat(SimulatedTime.of(start, Duration.ofHours(1), SIXTYFOLD, NOW).past())
                .isTrue();
    }

    @Test
    void a_past_in_real_time_never_overtakes_the_clock_and_needs_no_end() {
        Instant start = NOW.minus(Duration.ofHours(2));

        assertThat(SimulatedTime.of(start, null, Pace.REAL_TIME, NOW))
                .isEqualTo(new SimulatedTime(start, null, Pace.REAL_TIME));
        assertThat(SimulatedTime.of(start, Duration.ofHours(9), Pace.REAL_TIME, NOW)
                        .length())
                .isEqualTo(Duration.ofHours(9));
    }

    @Test
    void a_start_in_the_future_says_by_how_much() {
        assertRefused(
                NOW.plus(Duration.ofMinutes(90)), null, null, "is 1h30m1s ahead of the clock", "TIME_AHEAD", "past");
    }

    @Test
    void a_start_before_1970_is_refused() {
        assertRefused(Instant.parse("1969-12-31T23:59:59Z"), Duration.ofHours(1), null, "before 1970");
    }

    @Test
    void an_accelerated_present_says_where_to_start() {
        assertRefused(
                null,
                Duration.ofHours(1),
                SIXTYFOLD,
                "--speed 60 without --start",
                "TIME_AHEAD",
                "--start 2026-03-01T11:00:00Z or earlier");
        assertRefused(null, null, Pace.AS_FAST_AS_POSSIBLE, "--speed max without --start", "--length that ends before");
    }

    @Test
    void a_slow_present_is_refused() {
        assertRefused(null, null, new Pace.Accelerated(0.5), "--speed 0.5 without --start", "fall behind the clock");
    }

    @Test
    void an_accelerated_past_without_end_says_how_long_it_may_be() {
        assertRefused(
                Instant.parse("2026-03-01T11:30:00Z"),
                null,
                SIXTYFOLD,
                "at --speed 60 without --length",
                "Give --length 30m or less");
    }

    @Test
    void an_accelerated_past_that_ends_ahead_of_the_clock_says_by_how_much_and_both_ways_out() {
        assertRefused(
                Instant.parse("2026-03-01T11:30:00Z"),
                Duration.ofMinutes(45),
                null,
                "end 15m ahead of the clock",
                "at --speed max",
                "--start 2026-03-01T11:15:00Z or earlier",
                "--length 30m or less");
    }

    private static void assertRefused(
            @Nullable Instant start, @Nullable Duration length, @Nullable Pace speed, String... parts) {
        assertThatThrownBy(() -> SimulatedTime.of(start, length, speed, NOW))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContainingAll(parts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "ingest --simulate", "run --simulate"})
    void every_command_that_simulates_refuses_it_with_exit_2_before_anything_starts(String command) {
        Outcome outcome = Cli.run(Map.of(), (command + " --speed 60 --port 0").split(" "));

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("--speed 60 without --start").doesNotContain("metrics  http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--speed fast", "--speed 0", "--speed 1e9", "--start yesterday", "--length soon"})
    void what_is_no_time_is_shown_how_to_be_written(String option) {
        Outcome outcome = Cli.run(Map.of(), ("demo " + option).split(" "));

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("\"" + option.substring(option.indexOf(' ') + 1) + "\"");
    }

    @Test
    void a_rate_out_of_range_is_refused_before_anything_is_published() {
        Outcome outcome = Cli.run(Map.of(), "ingest", "--simulate", "--rate", "0", "--port", "0");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("rate is 0.0 Hz; give 0.1 to 10");
    }
}
