package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IntervalLogTest {
    private final IntervalLog log = new IntervalLog(Long.MIN_VALUE);

    @Test
    void intervals_add_up() {
        log.add(0, 60, 100);
        log.add(60, 120, 7);
        log.add(180, 240, 30);

        assertThat(log.energyAt(0)).isZero();
        assertThat(log.energyAt(60)).isEqualTo(100);
        assertThat(log.energyAt(120)).isEqualTo(107);
        assertThat(log.energyAt(180)).isEqualTo(107);
        assertThat(log.energyAt(240)).isEqualTo(137);
        assertThat(log.totalEnergy()).isEqualTo(137);
        assertThat(log.oldestStart()).isZero();
        assertThat(log.newestEnd()).isEqualTo(240);
    }

    @Test
    void an_interval_that_overlaps_an_earlier_one_is_left_out() {
        log.add(0, 60, 100);
        log.add(59, 90, 5_000);
        log.add(60, 120, 7);

        assertThat(log.totalEnergy()).isEqualTo(107);
        assertThat(log.inside(0, 120)).isEqualTo(107);
        assertThat(log.coveredMillis(0, 120, true)).isEqualTo(120);
    }

    @Test
    void what_overlaps_an_interval_that_was_left_out_is_not_left_out_for_that() {
        log.add(0, 60, 100);
        log.add(30, 200, 5_000);
        log.add(90, 120, 7);

        assertThat(log.totalEnergy()).isEqualTo(107);
    }

    @Test
    void of_intervals_with_one_start_the_shortest_counts_and_of_its_like_the_smallest_whatever_came_first() {
        IntervalLog other = new IntervalLog(Long.MIN_VALUE);

        log.add(0, 60, 100);
        log.add(0, 30, 10);
        log.add(0, 30, 9);
        other.add(0, 30, 9);
        other.add(0, 30, 10);
        other.add(0, 60, 100);

        assertThat(log.totalEnergy()).isEqualTo(9);
        assertThat(other.totalEnergy()).isEqualTo(9);
    }

    @Test
    void the_same_interval_twice_counts_once() {
        assertThat(log.has(0, 60, 100)).isFalse();
        assertThat(log.add(0, 60, 100)).isTrue();
        assertThat(log.has(0, 60, 100)).isTrue();
        assertThat(log.add(0, 60, 100)).isTrue();

        assertThat(log.totalEnergy()).isEqualTo(100);
        assertThat(log.has(0, 60, 101)).isFalse();
    }

    @Test
    void an_interval_is_spread_over_a_boundary_by_time() {
        log.add(0, 10, 1);
        log.add(10, 20, 7);

        assertThat(log.energyAt(15)).isEqualTo(1 + 3);
        assertThat(log.energyAt(19)).isEqualTo(1 + 6);
        assertThat(log.inside(10, 20)).isEqualTo(7);
        assertThat(log.inside(11, 20)).isZero();
        assertThat(log.inside(10, 19)).isZero();
    }

    @Test
    void a_window_is_covered_by_the_parts_of_intervals_in_it_or_by_whole_ones_alone() {
        log.add(10, 20, 7);
        log.add(20, 40, 7);

        assertThat(log.coveredMillis(15, 30, false)).isEqualTo(5 + 10);
        assertThat(log.coveredMillis(15, 30, true)).isZero();
        assertThat(log.coveredMillis(0, 30, true)).isEqualTo(10);
        assertThat(log.coveredMillis(50, 60, false)).isZero();
        assertThat(log.coveredMillis(0, 5, false)).isZero();
    }

    @Test
    void settled_energy_stays_and_what_is_settled_is_forgotten() {
        log.add(0, 10, 5);
        log.add(10, 20, 7);

        log.settle(15);

        assertThat(log.energyAt(15)).isEqualTo(5 + 3);
        assertThat(log.energyAt(20)).isEqualTo(5 + 7);
        assertThat(log.oldestStart()).isEqualTo(10);
        log.settle(20);
        assertThat(log.energyAt(20)).isEqualTo(12);
        assertThat(log.totalEnergy()).isEqualTo(12);
        assertThat(log.oldestStart()).isEqualTo(Long.MAX_VALUE);
        assertThat(log.newestEnd()).isEqualTo(20);
    }

    @Test
    void an_interval_that_ended_before_the_settled_boundary_comes_too_late() {
        log.settle(100);

        assertThat(log.add(90, 100, 5)).isFalse();
        assertThat(log.add(100, 101, 5)).isTrue();
        assertThat(log.totalEnergy()).isEqualTo(5);
    }

    @Test
    void an_interval_from_before_the_settled_boundary_is_spread_over_what_can_still_be_restated() {
        log.add(0, 10, 5);
        log.settle(20);

        assertThat(log.add(10, 40, 8)).isTrue();

        assertThat(log.energyAt(20)).isEqualTo(5);
        assertThat(log.energyAt(30)).isEqualTo(5 + 4);
        assertThat(log.energyAt(40)).isEqualTo(5 + 8);
        assertThat(log.inside(0, 100))
                .as("of its energy nothing is known to be of this window")
                .isZero();
        assertThat(log.coveredMillis(20, 40, false)).isEqualTo(20);
        assertThat(log.has(10, 40, 8)).isTrue();
    }

    @Test
    void an_interval_from_before_the_settled_boundary_does_not_take_the_place_of_what_is_kept() {
        log.settle(20);
        log.add(30, 40, 8);

        assertThat(log.add(10, 31, 100)).isFalse();
        assertThat(log.add(10, 30, 100)).isTrue();
        assertThat(log.add(12, 25, 100)).isFalse();

        assertThat(log.totalEnergy()).isEqualTo(108);
    }

    @Test
    void an_interval_that_overlaps_a_settled_one_is_left_out() {
        log.add(0, 10, 5);
        log.settle(20);

        assertThat(log.add(9, 40, 8)).isFalse();
        assertThat(log.totalEnergy()).isEqualTo(5);
    }

    @Test
    void an_interval_across_the_settled_boundary_is_known_when_it_comes_again() {
        log.add(10, 30, 8);
        log.settle(20);

        assertThat(log.has(10, 30, 8)).isTrue();
        assertThat(log.has(10, 30, 9)).isFalse();
    }

    @Test
    void comes_back_as_it_was_written() {
        log.add(0, 10, 5);
        log.add(10, 40, 8);
        log.settle(20);
        log.add(50, 60, 3);
        PartWriter out = new PartWriter();
        log.write(out);

        IntervalLog read = IntervalLog.read(new PartReader(out.toBytes()));

        assertThat(read).usingRecursiveComparison().isEqualTo(log);
        assertThat(read.totalEnergy()).isEqualTo(16);
    }
}
