package io.hallwatt.aggregate.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BoundaryWaitTest {
    @Test
    void devices_of_a_minute_at_most_are_waited_for_one_and_a_half_of_their_intervals() {
        assertThat(BoundaryWait.of(Duration.ofSeconds(1))).isEqualTo(1_500);
        assertThat(BoundaryWait.of(Duration.ofSeconds(30))).isEqualTo(45_000);
        assertThat(BoundaryWait.of(Duration.ofSeconds(60))).isEqualTo(90_000);
    }

    @Test
    void slower_ones_are_not_waited_for_till_they_report_again() {
        assertThat(BoundaryWait.of(Duration.ofMillis(60_001))).isEqualTo(15_000);
        assertThat(BoundaryWait.of(Duration.ofMinutes(15))).isEqualTo(15_000);
    }
}
