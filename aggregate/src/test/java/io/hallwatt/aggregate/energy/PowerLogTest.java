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
        PowerLog log = new PowerLog(3_000);
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

    private static PowerLog sampled() {
        PowerLog log = new PowerLog(3_000);
        log.add(0, 36_000_000);
        log.add(1_000, 36_400_000);
        log.add(2_000, 36_100_000);
        log.add(9_000, 35_000_000);
        log.add(12_000, 37_000_000);
        return log;
    }
}
