package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.energy.Crossing.Mark;
import org.junit.jupiter.api.Test;

class WindowSumTest {
    private static final long HOUR = 3_600_000;
    private static final long QUARTER = HOUR / 4;
    private static final long GAP = 60_000;

    @Test
    void what_every_kind_of_reading_gave_adds_up() {
        WindowSum sum = new WindowSum(0, HOUR);
        IntervalLog intervals = new IntervalLog(Long.MIN_VALUE);
        intervals.add(0, QUARTER, 40);

        sum.register(read(0, 100), read(HOUR, 1_100), 300, false, GAP);
        sum.intervals(intervals);
        sum.power(new PowerLog.Sum(5, 0, 0), new PowerLog.Sum(12, 0, QUARTER));

        assertThat(sum.measured()).isEqualTo(700 + 40 + 7);
        assertThat(sum.estimated()).isEqualTo(300);
        assertThat(sum.complete()).isTrue();
    }

    @Test
    void registers_read_around_both_ends_are_complete_unless_power_was_missing_on_a_bridge() {
        assertThat(registers(read(0, 0), read(HOUR, 10), false)).isTrue();
        assertThat(registers(read(0, 0), read(HOUR, 10), true)).isFalse();
        assertThat(registers(read(0, 0), Crossing.between(HOUR, mark(0, 0), null, Stretch.READ), false))
                .isFalse();
    }

    @Test
    void an_hour_takes_its_share_of_an_interval_across_its_end_as_estimated() {
        WindowSum hour = intervals(HOUR, 2 * HOUR, HOUR / 2, 2 * HOUR, 300);

        assertThat(hour.measured()).isZero();
        assertThat(hour.estimated()).isEqualTo(200);
        assertThat(hour.complete()).isTrue();
    }

    @Test
    void a_shorter_window_counts_only_intervals_that_it_holds_whole() {
        assertThat(intervals(0, QUARTER, 0, QUARTER, 300).measured()).isEqualTo(300);
        assertThat(intervals(0, QUARTER, 0, QUARTER, 300).complete()).isTrue();
        assertThat(intervals(0, QUARTER, 0, HOUR, 300).measured()).isZero();
        assertThat(intervals(0, QUARTER, 0, HOUR, 300).estimated()).isZero();
        assertThat(intervals(0, QUARTER, 0, HOUR, 300).complete()).isFalse();
    }

    @Test
    void an_hours_length_that_does_not_start_on_the_hour_is_no_hour() {
        assertThat(intervals(QUARTER, HOUR + QUARTER, 0, 2 * HOUR, 800).estimated())
                .isZero();
    }

    @Test
    void intervals_that_leave_a_part_uncovered_are_not_complete() {
        assertThat(intervals(0, HOUR, 0, HOUR, 800).complete()).isTrue();
        assertThat(intervals(0, HOUR, 1, HOUR, 800).complete()).isFalse();
    }

    @Test
    void sampled_power_is_complete_from_95_percent_on() {
        assertThat(power(HOUR * 95 / 100).complete()).isTrue();
        assertThat(power(HOUR * 95 / 100 - 1).complete()).isFalse();
    }

    @Test
    void what_is_complete_by_one_kind_of_reading_stays_so() {
        WindowSum sum = new WindowSum(0, HOUR);
        sum.register(read(0, 0), read(HOUR, 10), 0, false, GAP);

        sum.intervals(new IntervalLog(Long.MIN_VALUE));
        sum.power(PowerLog.Sum.NOTHING, PowerLog.Sum.NOTHING);

        assertThat(sum.complete()).isTrue();
    }

    private static boolean registers(Crossing from, Crossing to, boolean bridgedInPart) {
        WindowSum sum = new WindowSum(0, HOUR);
        sum.register(from, to, 0, bridgedInPart, GAP);
        return sum.complete();
    }

    private static WindowSum intervals(long start, long end, long from, long to, long milliwattHours) {
        IntervalLog log = new IntervalLog(Long.MIN_VALUE);
        log.add(from, to, milliwattHours);
        WindowSum sum = new WindowSum(start, end);
        sum.intervals(log);
        return sum;
    }

    private static WindowSum power(long coveredMillis) {
        WindowSum sum = new WindowSum(0, HOUR);
        sum.power(new PowerLog.Sum(0, 0, 7_000), new PowerLog.Sum(0, 0, 7_000 + coveredMillis));
        return sum;
    }

    private static Crossing read(long at, long energy) {
        return Crossing.between(at, mark(at - 1, energy), mark(at, energy), Stretch.READ);
    }

    private static Mark mark(long at, long energy) {
        return new Mark(at, energy, energy);
    }
}
