package io.hallwatt.aggregate.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import org.junit.jupiter.api.Test;

/** Two devices whose reports hold 3 s. */
class FirstReportsTest {
    private static final long HOLD = 3_000;

    private final FirstReports reports = new FirstReports();

    FirstReportsTest() {
        reports.grow(2);
    }

    @Test
    void a_device_is_awaited_from_the_next_window_on_as_long_as_a_report_of_it_holds() {
        reports.expect(0);
        assertThat(reports.awaited(0, HOLD, 60_000)).as("no window has begun").isTrue();

        assertThat(reports.begin(10_000)).isTrue();

        assertThat(reports.awaited(0, HOLD, 13_000)).isTrue();
        assertThat(reports.awaited(0, HOLD, 13_001)).isFalse();
        assertThat(reports.awaited(1, HOLD, 10_000)).as("is not expected").isFalse();
    }

    @Test
    void windows_that_begin_later_change_nothing() {
        reports.expect(0);
        reports.begin(10_000);

        assertThat(reports.begin(11_000)).isFalse();
        reports.expect(0);
        assertThat(reports.begin(12_000)).as("expected before").isFalse();

        assertThat(reports.awaited(0, HOLD, 13_001)).isFalse();
    }

    @Test
    void a_device_that_comes_later_has_its_own_time() {
        reports.expect(0);
        reports.begin(10_000);

        reports.expect(1);
        assertThat(reports.begin(20_000)).isTrue();

        assertThat(reports.awaited(0, HOLD, 14_000)).isFalse();
        assertThat(reports.awaited(1, HOLD, 23_000)).isTrue();
    }

    @Test
    void one_that_could_not_be_heard_has_its_time_anew_and_one_not_expected_has_none() {
        reports.expect(0);
        reports.begin(10_000);

        reports.renew(0);
        reports.renew(1);
        assertThat(reports.begin(20_000)).isTrue();

        assertThat(reports.awaited(0, HOLD, 23_000)).isTrue();
        assertThat(reports.awaited(0, HOLD, 23_001)).isFalse();
        assertThat(reports.awaited(1, HOLD, 20_000)).isFalse();
    }

    @Test
    void renewing_nobody_begins_nothing() {
        reports.renew(0);

        assertThat(reports.begin(10_000)).isFalse();
    }

    @Test
    void one_that_left_is_not_awaited_and_comes_back_as_a_new_one() {
        reports.expect(0);
        reports.begin(10_000);
        reports.retire(0);
        assertThat(reports.awaited(0, HOLD, 11_000)).isFalse();

        reports.expect(0);
        reports.begin(20_000);

        assertThat(reports.awaited(0, HOLD, 23_000)).isTrue();
    }

    @Test
    void when_the_input_ended_all_that_are_expected_have_their_time_anew() {
        reports.expect(1);
        reports.begin(10_000);

        reports.reset();
        assertThat(reports.begin(50_000)).isTrue();

        assertThat(reports.awaited(1, HOLD, 53_000)).isTrue();
        assertThat(reports.awaited(0, HOLD, 50_000)).isFalse();
    }

    @Test
    void devices_that_come_later_take_nothing_from_those_that_are_there() {
        reports.expect(1);
        reports.begin(10_000);

        reports.grow(3);
        reports.grow(1);

        assertThat(reports.awaited(1, HOLD, 13_000)).isTrue();
        assertThat(reports.awaited(2, HOLD, 0)).isFalse();
    }

    @Test
    void goes_on_from_what_it_wrote() {
        reports.expect(0);
        reports.begin(10_000);
        reports.expect(1);

        FirstReports read = read();

        assertThat(read.awaited(0, HOLD, 13_000)).isTrue();
        assertThat(read.awaited(0, HOLD, 13_001)).isFalse();
        assertThat(read.begin(20_000)).as("the other is still to begin").isTrue();
        assertThat(read.awaited(1, HOLD, 23_000)).isTrue();
        assertThat(read.awaited(1, HOLD, 23_001)).isFalse();
    }

    @Test
    void where_all_have_begun_before_it_was_written_none_begins_after() {
        reports.expect(0);
        reports.begin(10_000);

        assertThat(read().begin(20_000)).isFalse();
    }

    private FirstReports read() {
        StateWriter out = new StateWriter(1);
        reports.write(out);
        FirstReports read = new FirstReports();
        read.read(new StateReader(out.toBytes(), 1));
        return read;
    }
}
