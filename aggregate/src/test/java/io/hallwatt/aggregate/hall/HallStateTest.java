package io.hallwatt.aggregate.hall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.aggregate.rack.RackReports;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Sites;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HallStateTest {
    private static final long START = Taken.START;
    private static final int RACKS = 9;

    private final Taken taken = new Taken();
    private final Hall model = Sites.site("small")
            .halls("h01", h -> h.racks("r001..r00" + RACKS))
            .build()
            .halls()
            .getFirst();
    private final Map<String, byte[]> store = new HashMap<>();
    private HallWindows hall = windows();

    @Test
    void a_commit_after_which_little_changed_writes_one_part_though_a_second_closed() {
        hall.apply(model);
        all(START, 0);
        assertThat(commit()).contains("names", "clock", "seconds", "held", "spans", "it|meters", "it|evidence");

        say(1, START + 1_000, 1);
        assertThat(commit()).containsExactly("changes/0");
        hall.closeThrough(START + 1_000);
        say(2, START + 1_100, 1);
        assertThat(taken.between(START, START + 1_000)).hasSize(1);
        assertThat(commit()).as("since when who is awaited, too").containsExactlyInAnyOrder("changes/1", "first");
        hall.closeThrough(START + 2_000);
        assertThat(taken.between(START + 1_000, START + 2_000)).hasSize(1);
        assertThat(commit()).containsExactly("changes/2");
        assertThat(commit()).as("nothing came").isEmpty();
    }

    @Test
    void a_second_that_closed_since_all_was_written_is_in_its_minute_after_a_restart_and_not_published_again() {
        hall.apply(model);
        all(START, 0);
        commit();
        hall.closeThrough(START + 1_000);
        commit();

        hall = windows();
        HallState.restore(hall, model, store);
        assertThat(hall.closedUntil()).isEqualTo(START + 1_000);
        for (int second = 1; second <= 60; second++) {
            all(START + second * 1_000L, second);
        }
        hall.end();

        assertThat(taken.between(START, START + 1_000)).hasSize(1);
        HallWindows straight = hall;
        Taken restarted = new Taken();
        restarted.metrics.addAll(taken.metrics);
        taken.metrics.clear();
        hall = windows();
        hall.apply(model);
        for (int second = 0; second <= 60; second++) {
            all(START + second * 1_000L, second);
        }
        hall.end();
        assertThat(restarted.minutes()).isEqualTo(taken.minutes());
        assertThat(straight.registersMilliwattHours()).isEqualTo(hall.registersMilliwattHours());
    }

    @Test
    void a_commit_in_which_everybody_spoke_writes_what_they_said_and_now_and_then_all() {
        hall.apply(model);
        all(START, 0);
        commit();

        assertThat(wholeOf(40, 100, 0)).as("a restart reads 16 rows of a rack").containsExactly(16, 32);
    }

    @Test
    void a_row_of_a_closed_second_counts_as_one_of_the_clock_does() {
        hall.apply(model);
        all(START, 0);
        commit();

        assertThat(wholeOf(20, 1_000, 500)).containsExactly(8, 16);
    }

    /** All racks speak so long before each commit: which of so many commits wrote all. */
    private List<Integer> wholeOf(int commits, long everyMillis, long before) {
        List<Integer> whole = new ArrayList<>();
        for (int commit = 1; commit <= commits; commit++) {
            all(START + commit * everyMillis - before, commit);
            hall.closeThrough(START + commit * everyMillis);
            if (commit().contains("spans")) {
                whole.add(commit);
            }
        }
        return whole;
    }

    @Test
    void a_commit_of_many_seconds_in_which_nobody_spoke_writes_all() {
        hall.apply(model);
        all(START, 0);
        commit();

        hall.closeThrough(START + 30_000);
        assertThat(commit())
                .as("30 seconds to close again")
                .contains("changes/0")
                .doesNotContain("spans");
        hall.closeThrough(START + 30_000 + 31_000);
        assertThat(commit()).contains("spans");
    }

    @Test
    void commits_of_many_seconds_write_all_until_one_has_few() {
        hall.apply(model);
        all(START, 0);
        commit();
        int second = 1;
        for (int commit = 0; commit < 3; commit++) {
            for (int last = second + 20; second < last; second++) {
                all(START + second * 1_000L, second);
            }
            hall.closeThrough(START + second * 1_000L);
            assertThat(commit()).contains("spans", "held").noneMatch(key -> key.startsWith("changes/"));
        }

        all(START + second * 1_000L, second);
        hall.closeThrough(START + (second + 1) * 1_000L);
        assertThat(commit()).as("the last one was of many").contains("spans");
        second++;
        all(START + second * 1_000L, second);
        hall.closeThrough(START + (second + 1) * 1_000L);
        assertThat(commit()).as("those are over").contains("changes/0").doesNotContain("spans");
    }

    @Test
    void state_of_another_layout_is_refused_with_the_remedy() {
        hall.apply(model);
        commit();
        Objects.requireNonNull(store.get("names"))[0] = 4;

        assertThatThrownBy(() -> HallState.restore(windows(), model, store))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("layout 4, this program reads layout 8")
                .hasMessageContaining("new application id");
    }

    private HallWindows windows() {
        HallSettings settings = new HallSettings(2_000, 2_000, 3_600_000, true, "rack", "cooling");
        return new HallWindows(new SiteId("small"), model, settings, taken);
    }

    private void all(long at, long sequence) {
        for (int rack = 1; rack <= RACKS; rack++) {
            say(rack, at, sequence);
        }
    }

    private void say(int rack, long at, long sequence) {
        long register = (at - START) * rack;
        hall.rack(RackReports.of(Readings.rack("h01", "r00" + rack, at, sequence, 10 + rack, register, 22)), 0, 0);
    }

    private Set<String> commit() {
        Map<String, byte[]> written = new HashMap<>();
        HallState.drainDirty(hall, written::put);
        store.putAll(written);
        return written.keySet();
    }
}
