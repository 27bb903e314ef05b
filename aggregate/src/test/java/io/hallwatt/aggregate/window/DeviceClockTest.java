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
