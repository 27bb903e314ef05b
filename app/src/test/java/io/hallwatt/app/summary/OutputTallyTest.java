package io.hallwatt.app.summary;

import static io.hallwatt.contract.AlertState.FIRING;
import static io.hallwatt.contract.AlertState.INACTIVE;
import static io.hallwatt.contract.AlertState.PENDING;
import static io.hallwatt.contract.AlertState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.app.summary.OutputTally.Arrival;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutputTallyTest {
    private static final Instant AT = Instant.parse("2026-01-15T12:00:00Z");
    private static final double BELOW = 0.5;
    private static final double ABOVE = 0.9;

    private final OutputTally tally = new OutputTally();

    @Test
    void what_fired_and_is_measured_clear_is_resolved() {
        say(INACTIVE, PENDING, ABOVE);
        say(PENDING, FIRING, ABOVE);
        say(FIRING, INACTIVE, BELOW);

        assertThat(tally.alerts()).containsExactly(new Summary.Alert("Hot", 1, 1, 1));
    }

    @Test
    void what_fired_and_could_not_be_seen_and_is_measured_clear_is_resolved_once() {
        say(INACTIVE, FIRING, ABOVE);
        say(FIRING, UNKNOWN, null);
        assertThat(tally.alerts()).as("silence is no recovery").containsExactly(new Summary.Alert("Hot", 0, 1, 0));
        assertThat(tally.glimpse(AT).firing()).as("it still fires").hasSize(1);

        say(UNKNOWN, INACTIVE, BELOW);

        assertThat(tally.alerts()).containsExactly(new Summary.Alert("Hot", 0, 1, 1));
        assertThat(tally.glimpse(AT).firing()).isEmpty();
    }

    @Test
    void what_was_only_pending_before_it_could_not_be_seen_is_not_resolved() {
        say(INACTIVE, FIRING, ABOVE);
        say(FIRING, INACTIVE, BELOW);
        say(INACTIVE, PENDING, ABOVE);
        say(PENDING, UNKNOWN, null);
        say(UNKNOWN, INACTIVE, BELOW);

        assertThat(tally.alerts())
                .as("the first episode's, and no other")
                .containsExactly(new Summary.Alert("Hot", 1, 1, 1));
    }

    @Test
    void what_was_taken_out_of_the_site_while_it_could_not_be_seen_is_over_but_not_resolved() {
        say(INACTIVE, FIRING, ABOVE);
        say(FIRING, UNKNOWN, null);
        say(UNKNOWN, INACTIVE, null);

        assertThat(tally.alerts()).containsExactly(new Summary.Alert("Hot", 0, 1, 0));
        assertThat(tally.glimpse(AT).firing()).isEmpty();
    }

    @Test
    void what_fired_in_an_earlier_run_and_is_over_in_this_one_counts_as_resolved_in_this_one() {
        say(INACTIVE, FIRING, ABOVE, false);
        say(FIRING, UNKNOWN, null, false);
        say(UNKNOWN, INACTIVE, BELOW);

        assertThat(tally.alerts()).containsExactly(new Summary.Alert("Hot", 0, 0, 1));
    }

    @Test
    void the_view_shows_an_alert_as_pending_then_as_firing_then_for_a_minute_as_resolved() {
        say(INACTIVE, PENDING, ABOVE);
        assertThat(tally.glimpse(AT).pending()).hasSize(1);

        say(PENDING, FIRING, ABOVE);
        assertThat(tally.glimpse(AT).pending()).isEmpty();
        assertThat(tally.glimpse(AT).firing()).hasSize(1);

        say(FIRING, INACTIVE, BELOW);
        assertThat(tally.glimpse(AT).firing()).isEmpty();
        assertThat(tally.glimpse(AT.plusSeconds(59)).resolved()).hasSize(1);
        assertThat(tally.glimpse(AT.plusSeconds(60)).resolved()).isEmpty();
    }

    @Test
    void what_fires_again_is_no_longer_shown_as_resolved() {
        say(INACTIVE, FIRING, ABOVE);
        say(FIRING, INACTIVE, BELOW);
        say(INACTIVE, FIRING, ABOVE);

        assertThat(tally.glimpse(AT).resolved()).isEmpty();
    }

    @Test
    void what_was_resolved_before_this_run_is_not_shown() {
        say(INACTIVE, FIRING, ABOVE, false);
        say(FIRING, INACTIVE, BELOW, false);

        assertThat(tally.glimpse(AT).resolved()).isEmpty();
    }

    private void say(AlertState from, AlertState to, @Nullable Double value) {
        say(from, to, value, true);
    }

    private void say(AlertState from, AlertState to, @Nullable Double value, boolean ofThisRun) {
        tally.alert(
                new AlertTransition(
                        "0123456789abcdef", "Hot", new TreeMap<>(), new TreeMap<>(), from, to, AT, AT, value, 0.8),
                new Arrival(ofThisRun, AT, OptionalLong.empty()));
    }
}
