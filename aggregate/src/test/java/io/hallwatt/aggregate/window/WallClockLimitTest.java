package io.hallwatt.aggregate.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WallClockLimitTest {
    private final WallClockLimit limit = new WallClockLimit(2_000, 3_000, 1_000_000);

    @Test
    void at_the_start_a_backlog_may_be_on_its_way() {
        assertThat(limit.limit(1_002_999)).isEqualTo(DeviceFrontiers.NEVER);
        assertThat(limit.limit(1_003_000)).isEqualTo(1_001_000);
    }

    @Test
    void while_a_backlog_is_worked_off_its_event_time_leads() {
        limit.arrived(500_000, 1_010_000);

        assertThat(limit.limit(1_010_100)).isEqualTo(498_000);
    }

    @Test
    void a_reading_from_the_future_does_not_lead_the_wall_clock() {
        limit.arrived(1_015_000, 1_010_000);

        assertThat(limit.limit(1_010_100)).isEqualTo(1_008_100);
    }

    @Test
    void in_silence_the_wall_clock_leads() {
        limit.arrived(500_000, 1_010_000);

        assertThat(limit.limit(1_013_000)).isEqualTo(1_011_000);
    }
}
