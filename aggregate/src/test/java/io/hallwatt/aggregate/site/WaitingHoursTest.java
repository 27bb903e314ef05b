package io.hallwatt.aggregate.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.aggregate.energy.EnergyBook;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergySubject.HallIt;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.SiteId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingHoursTest {
    private static final long HOUR = 3_600_000;

    private final WaitingHours waiting = new WaitingHours();
    private final List<String> published = new ArrayList<>();

    @Test
    void hours_are_published_once_they_end_in_order_of_start_subject_and_revision() {
        waiting.add(hour("h02", 0, 0, 5));
        waiting.add(hour("h01", 1, 0, 5));
        waiting.add(hour("h01", 0, 1, 6));
        waiting.add(hour("h01", 0, 0, 5));

        publish(HOUR - 1);
        assertThat(published).isEmpty();
        publish(HOUR);
        assertThat(published).containsExactly("hall/h01/it 0 rev 0", "hall/h01/it 0 rev 1", "hall/h02/it 0 rev 0");
        assertThat(waiting.isEmpty()).isFalse();

        publish(Long.MAX_VALUE);
        assertThat(published).hasSize(4).last().isEqualTo("hall/h01/it 1 rev 0");
        assertThat(waiting.isEmpty()).isTrue();
    }

    @Test
    void what_waits_is_open_by_its_newest_revision() {
        waiting.add(hour("h01", 0, 0, 5));
        waiting.add(hour("h01", 0, 1, 8));
        waiting.add(hour("h02", 0, 0, 100));
        waiting.add(hour("h01", 1, 0, 1_000));

        assertThat(waiting.milliwattHours()).isEqualTo(8 + 100 + 1_000);
    }

    @Test
    void of_a_new_revision_only_what_it_says_beyond_the_published_one_is_open() {
        waiting.add(hour("h01", 0, 0, 5));
        publish(HOUR);
        assertThat(waiting.milliwattHours()).isZero();

        waiting.add(hour("h01", 0, 1, 8));
        assertThat(waiting.milliwattHours()).isEqualTo(3);
        assertThat(restored().milliwattHours()).isEqualTo(3);

        publish(HOUR);
        waiting.add(hour("h01", 0, 2, 6));
        assertThat(waiting.milliwattHours()).isEqualTo(-2);
    }

    @Test
    void what_was_published_is_remembered_as_long_as_a_silence_can_change_it() {
        for (int start = 0; start <= EnergyBook.RESTATABLE_HOURS + EnergyBook.OLDER_HOURS + 1; start++) {
            waiting.add(hour("h01", start, 0, 10));
        }
        publish(Long.MAX_VALUE);

        waiting.add(hour("h01", 1, 1, 11));
        assertThat(waiting.milliwattHours()).isEqualTo(1);
        waiting.add(hour("h01", 0, 1, 11));
        assertThat(waiting.milliwattHours())
                .as("of the first hour nothing is known")
                .isEqualTo(12);
    }

    @Test
    void a_commit_writes_what_came_and_takes_back_what_went() {
        waiting.add(hour("h01", 0, 0, 5));
        waiting.add(hour("h01", 1, 0, 5));
        assertThat(drained()).containsKeys("hour|0|hall/h01/it|0", "hour|3600000|hall/h01/it|0");
        assertThat(drained()).isEmpty();

        waiting.add(hour("h01", 0, 0, 5));
        assertThat(drained()).as("the same again").isEmpty();

        waiting.add(hour("h01", 1, 1, 6));
        assertThat(drained()).containsOnlyKeys("hour|3600000|hall/h01/it|1");

        publish(HOUR);
        assertThat(drained())
                .containsOnlyKeys("hour|0|hall/h01/it|0", "published|hall/h01/it")
                .containsEntry("hour|0|hall/h01/it|0", null);
    }

    @Test
    void goes_on_from_what_it_wrote() {
        waiting.add(hour("h01", 0, 0, 5));
        waiting.add(hour("h01", 1, 0, 7));
        publish(HOUR);

        WaitingHours restored = restored();

        assertThat(restored.milliwattHours()).isEqualTo(7);
        restored.publish(Long.MAX_VALUE, hour -> published.add(text(hour)));
        assertThat(published).containsExactly("hall/h01/it 0 rev 0", "hall/h01/it 1 rev 0");
        Map<String, byte[]> taken = new HashMap<>();
        restored.drainDirty(taken::put);
        assertThat(taken).containsEntry("hour|3600000|hall/h01/it|0", null);
    }

    @Test
    void an_hour_in_its_own_state_that_cannot_be_read_ends_it() {
        assertThatThrownBy(() -> new WaitingHours().restore(Map.of("hour|0|hall/h01/it|0", new byte[] {'{'})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be read");
    }

    private WaitingHours restored() {
        Map<String, byte[]> parts = new HashMap<>();
        drained().forEach((key, bytes) -> {
            if (bytes != null) {
                parts.put(key, bytes);
            }
        });
        WaitingHours restored = new WaitingHours();
        restored.restore(parts);
        return restored;
    }

    private Map<String, byte[]> drained() {
        Map<String, byte[]> parts = new HashMap<>();
        waiting.drainDirty(parts::put);
        return parts;
    }

    private void publish(long end) {
        waiting.publish(end, hour -> published.add(text(hour)));
    }

    private static String text(EnergyHour hour) {
        return "%s %d rev %d".formatted(hour.subject().text(), hour.start().toEpochMilli() / HOUR, hour.revision());
    }

    private static EnergyHour hour(String hall, int start, int revision, long milliwattHours) {
        return new EnergyHour(
                new SiteId("small"),
                new HallIt(new HallId(hall)),
                Instant.ofEpochMilli(start * HOUR),
                revision,
                milliwattHours,
                0,
                3,
                3,
                null,
                new EnergyHour.Evidence(1, null, null, List.of(), List.of(), List.of()));
    }
}
