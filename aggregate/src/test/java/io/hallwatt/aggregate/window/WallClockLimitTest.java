package io.hallwatt.aggregate.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WallClockLimitTest {
    private static final long START = 1_000_000;

    private final WallClockLimit limit = new WallClockLimit(2_000, 3_000, START);
    private long now = START;

    @Test
    void at_the_start_those_who_speak_may_be_starting_too() {
        assertThat(lookFor(9_900, true)).isEqualTo(DeviceFrontiers.NEVER);
        assertThat(lookFor(100, true)).isEqualTo(START + 8_000);
    }

    @Test
    void what_was_left_to_read_is_of_no_one_who_starts_with_us() {
        limit.arrived(START - 500_000);

        assertThat(lookFor(9_900, true)).isEqualTo(START - 502_000);
        assertThat(lookFor(100, true)).isEqualTo(START + 8_000);
    }

    @Test
    void while_a_backlog_is_worked_off_its_event_time_leads() {
        limit.arrived(START);

        assertThat(lookFor(100, false)).isEqualTo(START - 2_000);
    }

    @Test
    void a_reading_from_the_future_does_not_lead_the_wall_clock() {
        limit.arrived(START + 60_000);

        assertThat(lookFor(100, true)).isEqualTo(START + 100 - 2_000);
    }

    @Test
    void in_silence_the_wall_clock_leads() {
        limit.arrived(START);

        assertThat(lookFor(3_000, true)).isEqualTo(START + 3_000 - 2_000);
    }

    @Test
    void silence_with_something_left_to_read_is_no_silence() {
        limit.arrived(START);

        assertThat(lookFor(60_000, false)).isEqualTo(START - 2_000);
    }

    @Test
    void those_that_come_another_way_wait_for_what_has_been_read_until_there_is_silence() {
        assertThat(limit.read()).isEqualTo(DeviceFrontiers.NEVER);
        limit.arrived(START);
        lookFor(2_900, true);
        assertThat(limit.read()).isEqualTo(START);

        lookFor(100, true);

        assertThat(limit.read()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_process_that_stood_still_did_not_hear_silence() {
        limit.arrived(START);
        now += 60_000;

        assertThat(limit.limit(now, true)).isEqualTo(START - 2_000);
    }

    /** Looks ten times a second; gives what the last look says. */
    private long lookFor(long millis, boolean caughtUp) {
        long said = DeviceFrontiers.NEVER;
        for (long end = now + millis; now < end; ) {
            now += 100;
            said = limit.limit(now, caughtUp);
        }
        return said;
    }
}
