package io.hallwatt.aggregate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class UnreadTest {
    private static final TopicPartition RACKS = new TopicPartition("racks", 0);
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 77 * SECOND;

    private final Unread unread = new Unread(SECOND);

    @Test
    void what_is_committed_may_trail_what_is_written_by_the_time_between_two_commits() {
        for (int look = 0; look < 40; look++) {
            long now = START + look * SECOND / 4;
            long written = 100L * look;
            long committed = Math.max(0, written - 400); // of a second ago

            boolean behind = look(now, written, committed);

            if (look >= 6) {
                assertThat(behind).as("look %d", look).isFalse();
            }
        }
    }

    @Test
    void who_reads_later_than_that_is_behind() {
        boolean behind = false;
        for (int look = 0; look < 40; look++) {
            long written = 100L * look;
            behind = look(START + look * SECOND / 4, written, Math.max(0, written - 1_200)); // of three seconds ago
        }
        assertThat(behind).isTrue();
    }

    @Test
    void a_stage_that_stopped_reading_is_behind_soon_after_something_was_published() {
        for (int look = 0; look < 20; look++) {
            look(START + look * SECOND / 4, 10, 10);
        }
        long published = START + 5 * SECOND;
        assertThat(look(published, 500, 10)).as("just published").isFalse();
        assertThat(look(published + SECOND, 900, 10)).isFalse();
        assertThat(look(published + 2 * SECOND, 1_300, 10)).isTrue();
    }

    @Test
    void before_anything_is_old_enough_only_what_is_read_to_the_end_is_read() {
        assertThat(look(START, 10, 9)).isTrue();
        assertThat(look(START + SECOND / 4, 10, 10)).isFalse();
    }

    @Test
    void marks_behind_the_last_record_hold_nobody_up_for_longer_than_a_minute() {
        for (int second = 0; second < 60; second++) {
            boolean behind = look(START + second * SECOND, 12, 10);
            assertThat(behind).as("second %d", second).isTrue();
        }
        assertThat(look(START + 60 * SECOND, 12, 10)).isFalse();
        assertThat(look(START + 61 * SECOND, 13, 10))
                .as("a record came behind them")
                .isTrue();
        assertThat(look(START + 62 * SECOND, 13, 13)).as("read and committed").isFalse();
    }

    private boolean look(long nanos, long end, long committed) {
        return unread.look(nanos, Map.of(RACKS, end), Map.of(RACKS, committed)).equals(Set.of(RACKS));
    }
}
