package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeterSpecTest {
    @Test
    void a_gap_is_twice_the_interval_and_a_minute_at_most() {
        assertThat(every(Duration.ofSeconds(5)).gapMillis()).isEqualTo(10_000);
        assertThat(every(Duration.ofSeconds(30)).gapMillis()).isEqualTo(60_000);
        assertThat(every(Duration.ofSeconds(31)).gapMillis()).isEqualTo(60_000);
    }

    @Test
    void power_holds_for_three_intervals() {
        assertThat(every(Duration.ofMinutes(15)).holdMillis()).isEqualTo(45 * 60_000);
    }

    @Test
    void two_counts_back_are_jitter_and_two_counts_above_a_tenth_more_than_the_greatest_power_can_be() {
        MeterSpec meter = every(Duration.ofSeconds(1));

        assertThat(meter.jitterMilliwattHours()).isEqualTo(2_000);
        assertThat(meter.mostMilliwattHours(3_600)).isEqualTo(1.1 * 36_000 + 2_000);
        assertThat(meter.mostMilliwattHours(0)).isEqualTo(2_000);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void a_greatest_power_that_tells_nothing_is_refused(double watts) {
        assertThatThrownBy(() -> new MeterSpec("r001/A", 0, watts, Duration.ofSeconds(1), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("meter r001/A: greatest power is %s W; give a finite number above 0".formatted(watts));
    }

    @Test
    void a_negative_modulus_a_count_of_nothing_and_no_interval_are_refused() {
        assertThatThrownBy(() -> new MeterSpec("m", -1, 1, Duration.ofSeconds(1), 1))
                .hasMessageContaining("modulus -1 mWh (0 or more)");
        assertThatThrownBy(() -> new MeterSpec("m", 0, 1, Duration.ofSeconds(1), 0))
                .hasMessageContaining("count 0 mWh (1 or more)");
        assertThatThrownBy(() -> new MeterSpec("m", 0, 1, Duration.ZERO, 1))
                .hasMessageContaining("report interval PT0S (above 0)");
    }

    private static MeterSpec every(Duration interval) {
        return new MeterSpec("r001/A", 0, 36_000, interval, 1_000);
    }
}
