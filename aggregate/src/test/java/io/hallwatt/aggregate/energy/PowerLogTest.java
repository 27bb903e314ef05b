package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PowerLogTest {
    private static final long NEVER = Long.MAX_VALUE;

    @Test
    void a_sample_holds_until_the_next_but_never_longer_than_the_hold() {
        PowerLog log = sampled();

        assertThat(log.at(15_000, NEVER)).isEqualTo(new PowerLog.Sum(110_194, 1_600_000, 11_000));
    }

    @Test
    void any_order_of_samples_gives_the_same_sum() {
        PowerLog log = new PowerLog(3_000, 1_500);
        log.add(12_000, 37_000_000);
        log.add(2_000, 36_100_000);
        log.add(0, 36_000_000);
        log.add(9_000, 35_000_000);
        log.add(1_000, 36_400_000);
        log.add(2_000, 36_100_000);

        assertThat(log.at(15_000, NEVER)).isEqualTo(sampled().at(15_000, NEVER));
    }

    @Test
    void a_closed_boundary_splits_the_hold_and_loses_nothing() {
        PowerLog log = sampled();

        log.close(3_500, NEVER);

        assertThat(log.at(3_500, NEVER).coveredMillis()).isEqualTo(3_500);
        assertThat(log.at(15_000, NEVER)).isEqualTo(sampled().at(15_000, NEVER));
    }

    @Test
    void nothing_counts_once_the_meter_has_something_better() {
        assertThat(sampled().at(15_000, 1_500).coveredMillis()).isEqualTo(1_500);
    }

    @Test
    void of_two_samples_at_one_instant_the_smaller_counts_whichever_came_first() {
        PowerLog log = new PowerLog(3_000, 1_500);

        assertThat(log.add(0, 7_200)).isTrue();
        assertThat(log.add(0, 7_200)).isFalse();
        assertThat(log.add(0, 7_201)).isFalse();
        assertThat(log.add(0, 3_600)).isTrue();

        assertThat(log.at(1_000, NEVER)).isEqualTo(new PowerLog.Sum(1, 0, 1_000));
    }

    @Test
    void what_is_dropped_is_told_and_no_longer_kept() {
        PowerLog log = sampled();

        assertThat(log.dropFrom(2_000)).containsExactly(2_000L, 9_000L, 12_000L);

        assertThat(log.times()).containsExactly(0L, 1_000L);
        assertThat(log.at(15_000, NEVER).coveredMillis()).isEqualTo(1_000 + 3_000);
    }

    @Test
    void closing_forgets_the_samples_before_the_boundary_and_tells_their_minutes() {
        PowerLog log = sampled();
        log.add(60_000, 1);
        log.add(125_000, 1);

        assertThat(log.close(125_000, NEVER)).containsExactly(0L, 60_000L);

        assertThat(log.times()).containsExactly(125_000L);
        assertThat(log.oldest()).isEqualTo(125_000);
    }

    @Test
    void closed_boundaries_keep_their_sums_until_they_are_settled() {
        PowerLog log = sampled();
        log.close(3_500, NEVER);
        log.close(10_000, NEVER);
        PowerLog.Sum first = log.at(3_500, NEVER);

        log.settle(3_500);
        assertThat(log.at(3_500, NEVER)).isEqualTo(first);
        log.settle(10_000);
        assertThat(log.at(3_500, NEVER)).as("before all that is known").isEqualTo(PowerLog.Sum.NOTHING);
        assertThat(log.at(15_000, NEVER)).isEqualTo(sampled().at(15_000, NEVER));
    }

    @Test
    void knows_its_oldest_and_newest_sample_and_how_long_that_holds() {
        PowerLog log = new PowerLog(3_000, 1_500);
        assertThat(log.oldest()).isEqualTo(Long.MAX_VALUE);
        assertThat(log.newest()).isEqualTo(Long.MIN_VALUE);
        assertThat(log.knownUntil()).isEqualTo(Long.MIN_VALUE);

        log.add(4_000, 1);
        log.add(9_000, 1);
        assertThat(log.oldest()).isEqualTo(4_000);
        assertThat(log.newest()).isEqualTo(9_000);
        assertThat(log.knownUntil()).isEqualTo(12_000);

        log.close(60_000, NEVER);
        assertThat(log.oldest()).isEqualTo(Long.MAX_VALUE);
        assertThat(log.newest()).isEqualTo(9_000);
        assertThat(log.knownUntil()).isEqualTo(12_000);
    }

    @Test
    void speaks_in_a_span_that_holds_a_sample() {
        PowerLog log = sampled();

        assertThat(log.speaksIn(2_000, 2_001)).isTrue();
        assertThat(log.speaksIn(2_001, 9_000)).isFalse();
    }

    @Test
    void comes_back_as_it_was_written() {
        PowerLog log = sampled();
        log.close(10_000, NEVER);
        PartWriter out = new PartWriter();
        log.writeClosed(out);
        log.writeGaps(out);
        log.writeMinute(0, 60_000, out);

        PowerLog read = new PowerLog(3_000, 1_500);
        PartReader in = new PartReader(out.toBytes());
        read.readClosed(in);
        read.readGaps(in);
        read.readMinute(0, in);

        assertThat(read).usingRecursiveComparison().isEqualTo(log);
    }

    private static PowerLog sampled() {
        PowerLog log = new PowerLog(3_000, 1_500);
        log.add(0, 36_000_000);
        log.add(1_000, 36_400_000);
        log.add(2_000, 36_100_000);
        log.add(9_000, 35_000_000);
        log.add(12_000, 37_000_000);
        return log;
    }
}
