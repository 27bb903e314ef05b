package io.hallwatt.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AbreastTest {
    private final Abreast abreast = new Abreast();

    @Test
    void many_readings_of_one_moment_need_no_wait() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(abreast.waitBefore(1_000 + i % 400)).isFalse();
        }
    }

    @Test
    void half_a_second_after_the_oldest_all_is_to_be_acknowledged_once() {
        for (int i = 0; i < Abreast.LEAST_READINGS; i++) {
            assertThat(abreast.waitBefore(1_000 + i % 2)).isFalse();
        }

        assertThat(abreast.waitBefore(1_499)).isFalse();
        assertThat(abreast.waitBefore(1_500)).isTrue();
        assertThat(abreast.waitBefore(1_501)).as("counts anew").isFalse();
    }

    @Test
    void few_readings_a_long_time_apart_wait_for_nothing() {
        int waits = 0;
        for (int hour = 0; hour < 10_000; hour++) {
            waits += abreast.waitBefore(hour * 3_600_000L) ? 1 : 0;
        }

        assertThat(waits).isEqualTo(4);
    }
}
