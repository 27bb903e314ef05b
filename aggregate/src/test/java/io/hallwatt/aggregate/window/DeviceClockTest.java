package io.hallwatt.aggregate.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import org.junit.jupiter.api.Test;

/** The truth table of closing: two devices that speak every second, a grace of 2 s, an idle limit of 2 s. */
class DeviceClockTest {
    private final DeviceClock clock = clock(2);

    private static DeviceClock clock(int devices) {
        DeviceClock clock = new DeviceClock(2_000, 2_000);
        for (int device = 0; device < devices; device++) {
            clock.expect(device, 1_000);
        }
        return clock;
    }

    @Test
    void nothing_is_due_before_anybody_spoke() {
        assertThat(clock.due(1_000)).isFalse();
    }

    @Test
    void two_clocks_ahead_of_the_wall_clock_close_nobodys_windows_in_live_time() {
        DeviceClock of20 = clock(20);
        of20.ceiling(1_000);
        for (int device = 2; device < 20; device++) {
            of20.observe(device, 900, 0);
        }
        of20.observe(0, 5_000, 0);
        of20.observe(1, 5_000, 0);

        assertThat(of20.newest()).isEqualTo(1_000);
        assertThat(of20.due(2_000)).isFalse();

        of20.ceiling(2_900);
        assertThat(of20.due(2_000)).as("they may still speak").isFalse();
        of20.ceiling(4_000);
        assertThat(of20.due(2_000)).as("the grace is over").isTrue();
    }

    @Test
    void a_wall_clock_that_all_devices_are_further_ahead_of_than_a_clock_can_be_is_wrong() {
        clock.observe(0, 20_000, 0);
        clock.observe(1, 20_000, 0);

        clock.ceiling(10_000);
        assertThat(clock.newest()).isEqualTo(10_000);
        clock.ceiling(9_999);
        assertThat(clock.newest()).isEqualTo(20_000);
        clock.ceiling(30_000);
        assertThat(clock.newest()).as("it is no time of readings").isEqualTo(20_000);
    }

    @Test
    void a_window_is_due_when_all_have_spoken_past_its_end() {
        clock.observe(0, 500, 0);
        clock.observe(1, 600, 0);
        clock.observe(0, 1_500, 1);
        assertThat(clock.due(1_000)).isFalse();

        clock.observe(1, 1_600, 1);

        assertThat(clock.due(1_000)).isTrue();
        assertThat(clock.due(3_000)).isFalse();
    }

    @Test
    void a_device_is_not_expected_again_before_nine_tenths_of_its_interval() {
        clock.observe(0, 100, 0);
        clock.observe(1, 150, 0);
        clock.observe(0, 1_100, 1);
        clock.observe(1, 1_150, 1);

        assertThat(clock.due(2_000)).isTrue();
    }

    @Test
    void a_device_faster_than_its_model_promises_only_its_own_step() {
        clock.observe(0, 0, 0);
        clock.observe(1, 0, 0);
        clock.observe(0, 100, 1);
        clock.observe(1, 100, 1);

        assertThat(clock.due(1_000)).isFalse();
    }

    @Test
    void a_gap_in_the_sequence_holds_the_window_until_it_is_filled() {
        clock.observe(0, 500, 0);
        clock.observe(1, 500, 0);
        clock.observe(0, 2_500, 2);
        clock.observe(1, 1_500, 1);
        clock.observe(1, 2_500, 2);
        assertThat(clock.due(2_000)).isFalse();

        clock.observe(0, 1_500, 1);

        assertThat(clock.due(2_000)).isTrue();
    }

    @Test
    void a_gap_that_nobody_fills_holds_the_window_for_the_grace_and_then_no_more() {
        clock.observe(0, 500, 0);
        clock.observe(1, 500, 0);
        clock.observe(0, 2_500, 2);
        clock.observe(1, 1_500, 1);
        clock.observe(1, 3_500, 3);
        assertThat(clock.due(2_000)).isFalse();
        clock.observe(1, 4_500, 4);
        assertThat(clock.due(2_000)).isTrue();
        clock.closed(3_000);

        clock.observe(0, 3_500, 3);
        clock.observe(0, 4_500, 4);
        clock.observe(1, 2_500, 2);

        assertThat(clock.due(4_000)).isTrue();
    }

    @Test
    void a_silent_device_holds_up_nobody_after_the_idle_limit() {
        clock.observe(0, 0, 0);
        clock.observe(1, 0, 0);
        for (int second = 1; second <= 4; second++) {
            clock.observe(0, second * 1_000L, second);
        }

        assertThat(clock.due(4_000)).isTrue();
    }

    @Test
    void a_device_that_was_never_seen_holds_up_nobody_after_the_idle_limit() {
        clock.observe(0, 0, 0);
        clock.observe(0, 1_000, 1);
        assertThat(clock.due(1_000)).isFalse();

        clock.observe(0, 2_000, 2);
        clock.observe(0, 3_000, 3);

        assertThat(clock.due(3_000)).isTrue();
    }

    @Test
    void a_first_reading_in_the_middle_of_a_count_waits_for_its_predecessors() {
        clock.observe(0, 1_100, 41);
        clock.observe(1, 1_100, 17);
        clock.observe(0, 2_100, 42);
        clock.observe(1, 2_100, 18);

        assertThat(clock.due(1_000)).isFalse();
        clock.observe(0, 3_100, 43);
        clock.observe(1, 3_100, 19);
        assertThat(clock.due(1_000)).isTrue();
    }

    @Test
    void one_clock_ahead_of_all_others_closes_nobodys_windows() {
        DeviceClock three = clock(3);
        for (int second = 0; second < 3; second++) {
            three.observe(0, second * 1_000L, second);
            three.observe(1, second * 1_000L, second);
            three.observe(2, second * 1_000L + 4_900, second);
        }

        assertThat(three.newest()).isEqualTo(2_000);
        assertThat(three.due(4_000)).isFalse();
    }

    @Test
    void a_device_alone_is_believed_in_the_end() {
        DeviceClock three = clock(3);

        three.observe(0, 0, 0);
        three.observe(0, 3_600_000, 1);

        assertThat(three.due(3_000_000)).isTrue();
    }

    @Test
    void a_count_that_starts_again_goes_on() {
        clock.observe(0, 0, 100);
        clock.observe(1, 0, 100);
        clock.observe(0, 1_000, 0);
        clock.observe(1, 1_000, 0);
        clock.observe(0, 2_000, 1);
        clock.observe(1, 2_000, 1);

        assertThat(clock.due(2_000)).isTrue();
    }

    @Test
    void a_reading_lost_on_the_way_makes_no_device_slower() {
        DeviceClock slowByModel = twiceAMinuteByTheModel();
        for (int second = 0; second < 6; second++) {
            if (second != 2) {
                slowByModel.observe(0, second * 1_000L + 850, second);
            }
            slowByModel.observe(1, second * 1_000L, second);
        }
        slowByModel.observe(1, 6_000, 6);
        slowByModel.closed(4_000); // what was lost is waited for no longer

        slowByModel.observe(1, 7_000, 7);

        assertThat(slowByModel.due(7_000)).as("the first speaks at 6.85 s").isFalse();
        slowByModel.observe(0, 6_850, 6);
        assertThat(slowByModel.due(7_000)).isTrue();
    }

    @Test
    void a_pause_makes_no_device_slower() {
        DeviceClock slowByModel = twiceAMinuteByTheModel();
        slowByModel.observe(0, 850, 100);
        slowByModel.observe(0, 1_850, 101);
        slowByModel.observe(1, 0, 0);
        slowByModel.observe(1, 7_000, 1);
        slowByModel.observe(0, 6_850, 0); // restarted

        slowByModel.observe(1, 8_000, 2);

        assertThat(slowByModel.due(8_000)).as("the first speaks at 7.85 s").isFalse();
        slowByModel.observe(0, 7_850, 1);
        assertThat(slowByModel.due(8_000)).isTrue();
    }

    /** Two devices, of which the model believes that they speak every 30 s. */
    private static DeviceClock twiceAMinuteByTheModel() {
        DeviceClock clock = new DeviceClock(2_000, 2_000);
        clock.expect(0, 30_000);
        clock.expect(1, 30_000);
        return clock;
    }

    @Test
    void a_device_that_left_holds_up_nobody_and_is_none_of_three() {
        DeviceClock three = clock(3);
        assertThat(three.expected(2)).isTrue();
        three.observe(0, 500, 0);
        three.observe(1, 600, 0);
        three.observe(0, 1_500, 1);
        three.observe(1, 1_600, 1);
        assertThat(three.due(1_000)).isFalse();

        three.retire(2);
        three.retire(2);

        assertThat(three.expected(2)).isFalse();
        assertThat(three.expected(3)).isFalse();
        assertThat(three.due(1_000)).isTrue();
        three.observe(1, 60_000, 2);
        assertThat(three.newest()).as("of two either is believed").isEqualTo(60_000);
    }

    @Test
    void a_device_that_comes_back_is_waited_for_again() {
        clock.retire(1);
        clock.expect(1, 1_000);
        clock.observe(0, 500, 0);
        clock.observe(0, 1_500, 1);

        assertThat(clock.expected(1)).isTrue();
        assertThat(clock.due(1_000)).isFalse();
    }

    @Test
    void of_three_the_one_ahead_is_believed_once_another_follows_or_it_is_ahead_by_more_than_a_clock_can_be() {
        DeviceClock three = clock(3);
        three.observe(0, 1_000, 0);
        three.observe(1, 6_000, 0);
        assertThat(three.newest()).isEqualTo(1_000);

        three.observe(2, 4_000, 0);
        assertThat(three.newest()).isEqualTo(4_000);
        three.observe(1, 20_000, 1);
        assertThat(three.newest()).isEqualTo(10_000);
        three.observe(0, 30_000, 1);
        assertThat(three.newest()).as("the one that was ahead is an other now").isEqualTo(20_000);
    }

    @Test
    void a_window_is_due_a_whole_grace_after_its_end_whoever_is_missing() {
        DeviceClock clock = new DeviceClock(2_000, 60_000);
        clock.expect(0, 1_000);
        clock.expect(1, 1_000);
        clock.observe(0, 500, 0);
        clock.observe(1, 500, 0);
        clock.observe(0, 1_000, 1);
        clock.observe(0, 2_999, 2);
        assertThat(clock.due(1_000)).isFalse();

        clock.observe(0, 3_000, 3);

        assertThat(clock.due(1_000)).isTrue();
    }

    @Test
    void a_device_is_silent_after_three_of_its_intervals_and_the_idle_limit_at_most() {
        assertThat(dueWhenTheOtherSpeaksAt(2_600, 500))
                .as("at 100 + 3 · 500 ms")
                .isTrue();
        assertThat(dueWhenTheOtherSpeaksAt(1_600, 500)).isFalse();
        assertThat(dueWhenTheOtherSpeaksAt(1_601, 500)).isTrue();
        assertThat(dueWhenTheOtherSpeaksAt(2_100, 2_000))
                .as("the idle limit is 2 s")
                .isFalse();
        assertThat(dueWhenTheOtherSpeaksAt(2_101, 2_000)).isTrue();
        assertThat(dueWhenTheOtherSpeaksAt(6_103, 2_001))
                .as("slower than the idle limit")
                .isFalse();
        assertThat(dueWhenTheOtherSpeaksAt(6_104, 2_001)).isTrue();
    }

    /** One device spoke at 100 ms; an interval of its own, a grace that does not matter. */
    private static boolean dueWhenTheOtherSpeaksAt(long at, long interval) {
        DeviceClock clock = new DeviceClock(60_000, 2_000);
        clock.expect(0, interval);
        clock.expect(1, interval);
        clock.observe(0, 100, 0);
        clock.observe(1, 100, 0);
        clock.observe(1, at, 1);
        return clock.due(at);
    }

    @Test
    void who_falls_silent_holds_up_nobody_from_that_moment_on() {
        DeviceClock patient = new DeviceClock(60_000, 2_000);
        patient.expect(0, 1_000);
        patient.expect(1, 100);
        patient.observe(0, 0, 0);
        for (int i = 0; i <= 20; i++) {
            patient.observe(1, 100L * i, i);
        }
        assertThat(patient.due(1_000)).isFalse();

        patient.observe(1, 2_001, 21);
        assertThat(patient.due(1_000)).isTrue();
    }

    @Test
    void who_speaks_again_after_a_silence_is_waited_for_from_that_moment_on() {
        DeviceClock patient = new DeviceClock(60_000, 2_000);
        patient.expect(0, 1_000);
        patient.expect(1, 100);
        patient.observe(0, 0, 0);
        for (int i = 0; i <= 30; i++) {
            patient.observe(1, 100L * i, i);
        }
        assertThat(patient.due(3_000)).isTrue();
        assertThat(patient.due(4_000)).isFalse();

        patient.observe(0, 3_010, 1);
        for (int i = 31; i <= 40; i++) {
            patient.observe(1, 100L * i, i);
        }

        assertThat(patient.due(4_000)).as("0 promised nothing up to 4,000").isFalse();
        patient.observe(0, 3_950, 2);
        assertThat(patient.due(4_000)).isTrue();
    }

    @Test
    void a_devices_first_count_settles_while_others_speak() {
        DeviceClock settling = new DeviceClock(500, 2_000);
        settling.expect(0, 1_000);
        settling.expect(1, 100);
        settling.observe(0, 1_000, 7); // what came before 7 may be under way until 1,500
        settling.observe(0, 1_100, 8);
        for (int i = 0; i < 15; i++) {
            settling.observe(1, 100L * i, i);
            assertThat(settling.due(1_190)).as("at %d", 100 * i).isFalse();
        }

        settling.observe(1, 1_500, 15);

        assertThat(settling.due(1_190)).isTrue();
    }

    @Test
    void what_was_seen_before_is_known() {
        clock.observe(0, 500, 7);

        assertThat(clock.seen(0, 500, 7)).isTrue();
        assertThat(clock.seen(0, 500, 8)).isFalse();
        assertThat(clock.seen(1, 500, 7)).isFalse();
    }

    @Test
    void when_the_input_ended_the_clock_starts_anew() {
        clock.observe(0, 50_000, 70);
        clock.observe(1, 60_000, 70);
        assertThat(clock.due(1_000)).isTrue();

        clock.reset();

        assertThat(clock.newest()).isEqualTo(DeviceFrontiers.NEVER);
        assertThat(clock.due(1_000)).isFalse();
        clock.observe(0, 500, 0);
        assertThat(clock.newest()).isEqualTo(500);
        clock.observe(0, 1_500, 1);
        assertThat(clock.due(1_000)).as("the other is waited for from now on").isFalse();
        clock.observe(1, 600, 0);
        clock.observe(1, 1_600, 1);
        assertThat(clock.due(1_000)).isTrue();
    }

    @Test
    void what_changed_since_all_was_written_brings_all_up_to_date() {
        clock.observe(0, 500, 0);
        clock.observe(1, 600, 0);
        StateWriter whole = new StateWriter(1);
        clock.write(whole);
        clock.observe(1, 1_600, 1);
        clock.observe(1, 2_600, 2);
        assertThat(clock.changes()).isEqualTo(1);
        StateWriter changes = new StateWriter(1);
        clock.writeChanges(changes);
        assertThat(clock.changes()).isZero();

        DeviceClock read = new DeviceClock(2_000, 2_000);
        read.read(new StateReader(whole.toBytes(), 1));
        read.readChanges(new StateReader(changes.toBytes(), 1));

        assertThat(read.newest()).isEqualTo(2_600);
        assertThat(read.seen(1, 2_600, 2)).isTrue();
        StateWriter one = new StateWriter(1);
        StateWriter other = new StateWriter(1);
        read.write(one);
        clock.write(other);
        assertThat(one.toBytes()).isEqualTo(other.toBytes());
    }

    @Test
    void what_was_written_is_read() {
        clock.observe(0, 500, 0);
        clock.observe(0, 2_500, 2);
        clock.observe(1, 500, 7);
        StateWriter out = new StateWriter(1);
        clock.write(out);

        DeviceClock read = new DeviceClock(2_000, 2_000);
        read.read(new StateReader(out.toBytes(), 1));
        read.expect(0, 1_000);
        read.expect(1, 1_000);
        StateWriter again = new StateWriter(1);
        read.write(again);

        assertThat(again.toBytes()).isEqualTo(out.toBytes());
    }
}
