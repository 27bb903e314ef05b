package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.EnergyHour.MeterSpan;
import io.hallwatt.contract.EnergyHour.RegisterEvent;
import io.hallwatt.contract.RegisterNote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Readings of hours that are closed: what they make of them, and what they must not. */
class LateReadingsTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;

    private final EnergyBook book = new EnergyBook(List.of(METER));

    private static final MeterSpec METER =
            new MeterSpec("r001/A", 4_294_967_296_000L, 140_000, Duration.ofSeconds(1), 1);

    @Test
    void behind_the_newest_of_a_closed_hour_one_moves_its_end() {
        show(0, 0);
        show(30 * MINUTE, 1_000);
        assertThat(book.closeHour().energy().totalMilliwattHours()).isEqualTo(1_000);

        assertThat(late(50 * MINUTE, 3_000)).isEqualTo(Arrival.RESTATES);

        assertThat(book.restatements()).singleElement().satisfies(hour -> {
            assertThat(hour.revision()).isEqualTo(1);
            assertThat(hour.energy()).isEqualTo(new Energy(3_000, 0, 1, 0));
        });
        show(70 * MINUTE, 5_000);
        assertThat(book.restatements()).singleElement().satisfies(hour -> {
            assertThat(hour.revision()).isEqualTo(2);
            assertThat(hour.energy()).isEqualTo(new Energy(3_000, 1_000, 1, 1));
        });
        assertThat(book.openMilliwattHours()).isEqualTo(1_000);
        assertThat(book.registersMilliwattHours()).isEqualTo(5_000);
    }

    @Test
    void between_the_newest_of_a_closed_hour_and_the_next_one_moves_the_boundary() {
        show(0, 0);
        show(30 * MINUTE, 1_000);
        book.closeHour();
        show(70 * MINUTE, 5_000);
        assertThat(book.restatements().getFirst().energy()).isEqualTo(new Energy(1_000, 3_000, 1, 1));

        assertThat(late(50 * MINUTE, 2_000)).isEqualTo(Arrival.RESTATES);

        assertThat(book.restatements().getFirst().energy()).isEqualTo(new Energy(2_000, 1_500, 1, 1));
        assertThat(book.openMilliwattHours()).isEqualTo(1_500);
    }

    @Test
    void what_no_sound_register_shows_books_nothing() {
        show(0, 0);
        show(30 * MINUTE, 1_000);
        book.closeHour();
        show(70 * MINUTE, 5_000);
        book.restatements();

        assertThat(late(30 * MINUTE, 1_000)).as("known").isEqualTo(Arrival.LATE);
        assertThat(late(50 * MINUTE, 4_000_000_000L)).as("false").isEqualTo(Arrival.RESTATES);
        assertThat(late(45 * MINUTE, 999)).as("a jitter below the one before").isEqualTo(Arrival.RESTATES);

        assertThat(book.restatements()).singleElement().satisfies(hour -> {
            assertThat(hour.energy()).isEqualTo(new Energy(1_000, 3_000, 1, 1));
            assertThat(hour.events()).contains(new RegisterEvent(RegisterNote.METER_JITTERED, 1));
        });
        assertThat(book.registersMilliwattHours()).isEqualTo(5_000);
    }

    @Test
    void where_a_register_grew_from_reading_to_reading_one_more_changes_nothing() {
        for (long at = 0; at < 2 * HOUR; at += 2_000) {
            show(at, at / 20);
        }
        closeHours(2);
        assertThat(book.parts().get("folds")).as("a dozen points, not 240").hasSizeLessThan(300);

        assertThat(late(30 * MINUTE + 1_000, 90_050)).isEqualTo(Arrival.LATE);
        assertThat(late(30 * MINUTE + 59_000, 500)).as("nor a false one").isEqualTo(Arrival.LATE);
        assertThat(late(HOUR - 1_000, 179_950)).as("but at an hour's end").isEqualTo(Arrival.RESTATES);

        assertThat(totals()).as("the hour's last register").containsExactly(180_000L);
    }

    @Test
    void a_buffer_behind_a_restart_tells_what_flowed_around_it() {
        long[] shown = {0, 0};
        for (long at = 0; at < 2 * HOUR; at += 1_000) {
            boolean restarts = at == 20 * MINUTE;
            shown[0] = restarts ? 0 : shown[0] + 27_777;
            if (at <= 10 * MINUTE || at >= 50 * MINUTE) {
                show(at, shown[0]);
            }
        }
        closeHours(1);
        assertThat(book.restatements()).isEmpty();
        long before = book.registersMilliwattHours();

        shown[0] = 0;
        for (long at = 0; at < 50 * MINUTE; at += 1_000) {
            shown[0] = at == 20 * MINUTE ? 0 : shown[0] + 27_777;
            if (at > 10 * MINUTE) {
                assertThat(late(at, shown[0])).isEqualTo(Arrival.RESTATES);
            }
        }

        assertThat(before).as("at most what was counted without the gap").isLessThan(170_000_000);
        assertThat(book.restatements()).singleElement().satisfies(hour -> {
            assertThat(hour.energy().totalMilliwattHours()).isBetween(99_800_000L, 100_000_000L);
            assertThat(hour.events()).containsExactly(new RegisterEvent(RegisterNote.METER_RESET, 1));
        });
    }

    @Test
    void one_hours_after_the_newest_fixes_each_boundary_on_the_way() {
        show(0, 0);
        show(30 * MINUTE, 1_000);
        closeHours(3);

        assertThat(late(2 * HOUR, 4_000)).isEqualTo(Arrival.RESTATES);

        assertThat(book.restatements())
                .extracting(BookedHour::energy)
                .containsExactly(new Energy(1_000, 1_000, 1, 1), new Energy(0, 2_000, 1, 1), new Energy(0, 0, 1, 0));
        assertThat(book.openMilliwattHours()).isZero();

        assertThat(late(2 * HOUR + 30 * MINUTE, 5_000)).isEqualTo(Arrival.RESTATES);
        assertThat(book.restatements()).extracting(BookedHour::energy).containsExactly(new Energy(1_000, 0, 1, 0));
    }

    @Test
    void one_on_a_boundary_is_the_boundary() {
        show(0, 0);
        show(30 * MINUTE, 1_000);
        closeHours(2);

        assertThat(late(HOUR, 3_000)).isEqualTo(Arrival.RESTATES);
        assertThat(book.restatements().getFirst().energy()).isEqualTo(new Energy(3_000, 0, 1, 1));

        assertThat(late(90 * MINUTE, 4_000)).isEqualTo(Arrival.RESTATES);
        assertThat(book.restatements()).extracting(BookedHour::energy).containsExactly(new Energy(1_000, 0, 1, 0));
    }

    @Test
    void one_between_the_readings_around_a_boundary_takes_the_place_of_the_left_or_of_the_right() {
        show(0, 0);
        show(50 * MINUTE, 1_000);
        show(70 * MINUTE, 5_000);
        show(2 * HOUR, 6_000);
        closeHours(2);

        assertThat(late(55 * MINUTE, 1_400)).isEqualTo(Arrival.RESTATES);
        assertThat(book.restatements())
                .extracting(BookedHour::energy)
                .containsExactly(new Energy(1_400, 1_200, 1, 1), new Energy(1_000, 2_400, 1, 1));

        assertThat(late(65 * MINUTE, 3_400)).isEqualTo(Arrival.RESTATES);
        assertThat(book.restatements())
                .extracting(BookedHour::energy)
                .containsExactly(new Energy(1_400, 1_000, 1, 1), new Energy(2_600, 1_000, 1, 1));

        assertThat(late(HOUR, 2_000)).isEqualTo(Arrival.RESTATES);
        assertThat(book.restatements())
                .extracting(BookedHour::energy)
                .containsExactly(new Energy(2_000, 0, 1, 1), new Energy(4_000, 0, 1, 1));
    }

    @Test
    void the_readings_around_a_boundary_themselves_and_what_lies_outside_them_change_nothing() {
        show(0, 0);
        show(50 * MINUTE, 1_000);
        show(70 * MINUTE, 5_000);
        show(110 * MINUTE, 5_800);
        show(2 * HOUR, 6_000);
        closeHours(2);

        assertThat(late(50 * MINUTE, 1_000)).isEqualTo(Arrival.LATE);
        assertThat(late(70 * MINUTE, 5_000)).isEqualTo(Arrival.LATE);
        assertThat(late(40 * MINUTE, 900)).as("splits a stretch").isEqualTo(Arrival.RESTATES);
        assertThat(late(80 * MINUTE, 5_500)).isEqualTo(Arrival.RESTATES);

        assertThat(book.restatements()).isEmpty();
    }

    @Test
    void before_the_first_reading_one_is_the_first() {
        show(10 * MINUTE, 1_000);
        closeHours(1);

        assertThat(late(5 * MINUTE, 500)).isEqualTo(Arrival.RESTATES);

        assertThat(book.restatements())
                .singleElement()
                .satisfies(hour ->
                        assertThat(hour.meters()).containsExactly(new MeterSpan("r001/A", 500, 0, 500L, 1_000L)));
        assertThat(book.registersMilliwattHours()).isEqualTo(500);
        assertThat(restored().registersMilliwattHours()).isEqualTo(500);
    }

    @Test
    void before_the_first_reading_of_an_open_hour_one_of_a_closed_hour_is_the_first() {
        EnergyBook two = new EnergyBook(List.of(METER, named("r001/B")));
        two.register(0, 10 * MINUTE, 0, EnergyBook.NO_POWER);
        two.closeHour();
        two.register(1, 70 * MINUTE, 3_000, EnergyBook.NO_POWER);

        assertThat(two.register(1, 50 * MINUTE, 1_000, EnergyBook.NO_POWER)).isEqualTo(Arrival.RESTATES);

        assertThat(two.restatements())
                .extracting(hour -> hour.energy().totalMilliwattHours())
                .containsExactly(1_000L);
        assertThat(two.openMilliwattHours()).isEqualTo(1_000);
    }

    @Test
    void a_meter_that_never_spoke_begins_with_it() {
        EnergyBook two = new EnergyBook(List.of(METER, named("r001/B")));
        two.register(0, 10 * MINUTE, 0, EnergyBook.NO_POWER);
        two.closeHour();

        assertThat(two.register(1, 20 * MINUTE, 5, EnergyBook.NO_POWER)).isEqualTo(Arrival.RESTATES);
        assertThat(two.register(1, 30 * MINUTE, 7, EnergyBook.NO_POWER)).isEqualTo(Arrival.RESTATES);
        assertThat(two.registersMilliwattHours()).isEqualTo(2);
    }

    @Test
    void before_the_first_register_of_a_meter_whose_power_was_booked_until_then_one_changes_nothing() {
        book.power(0, 0, 1_000_000);
        show(30 * MINUTE, 1_000);
        closeHours(1);

        assertThat(late(20 * MINUTE, 900)).isEqualTo(Arrival.LATE);
    }

    @Test
    void before_the_first_hour_one_changes_nothing() {
        show(70 * MINUTE, 1_000);
        closeHours(1);

        assertThat(late(50 * MINUTE, 900)).isEqualTo(Arrival.LATE);
    }

    @Test
    void while_the_newest_reading_is_in_doubt_one_that_bears_it_out_decides() {
        show(0, 0);
        show(30 * MINUTE, 1_000);
        show(40 * MINUTE, 4_000_000_000L); // false, or exchanged: the next reading says
        closeHours(1);

        assertThat(late(35 * MINUTE, 1_500)).isEqualTo(Arrival.RESTATES);
        assertThat(book.registersMilliwattHours()).isEqualTo(1_500);
        assertThat(late(50 * MINUTE, 4_000_002_000L)).isEqualTo(Arrival.RESTATES);

        assertThat(book.registersMilliwattHours()).isEqualTo(3_500);
        assertThat(book.restatements())
                .singleElement()
                .satisfies(hour -> assertThat(hour.events()).contains(new RegisterEvent(RegisterNote.METER_JUMPED, 1)));
    }

    @Test
    void one_before_a_restart_takes_the_place_of_power() {
        book.register(0, 0, 1_000_000, 36_000_000);
        book.register(0, HOUR - 10_000, 2_000_000, 36_000_000);
        book.closeHour();
        book.register(0, HOUR + 20_000, 500, 36_000_000);
        book.register(0, HOUR + 21_000, 10_500, 36_000_000);
        assertThat(book.restatements())
                .extracting(BookedHour::energy)
                .containsExactly(new Energy(1_000_000, 100_000, 1, 1));

        assertThat(book.register(0, HOUR - 5_000, 2_060_000, 36_000_000)).isEqualTo(Arrival.RESTATES);

        assertThat(book.restatements())
                .extracting(BookedHour::energy)
                .containsExactly(new Energy(1_060_000, 50_000, 1, 1));
        assertThat(book.registersMilliwattHours()).isEqualTo(1_060_000 + 250_000 + 10_000);
    }

    @Test
    void one_below_what_is_settled_changes_nothing() {
        show(0, 0);
        show(30 * MINUTE, 1_000);
        show(4 * HOUR + 30 * MINUTE, 9_000);
        closeHours(4); // settles the end of the first: 2,000 mWh there

        assertThat(late(HOUR, 2_000)).as("on the settled boundary").isEqualTo(Arrival.LATE);
        assertThat(late(90 * MINUTE, 1_999)).isEqualTo(Arrival.LATE);
        assertThat(late(90 * MINUTE, 2_000)).isEqualTo(Arrival.RESTATES);

        assertThat(totals()).containsExactly(1_166L, 2_334L, 2_333L);
        assertThat(book.openMilliwattHours()).isEqualTo(1_167);
    }

    @Test
    void one_below_what_is_settled_changes_nothing_between_fixed_readings_either() {
        show(0, 0);
        show(30 * MINUTE, 1_000);
        show(4 * HOUR + 30 * MINUTE, 9_000);
        closeHours(5); // settles the end of the second: 4,000 mWh there

        assertThat(late(150 * MINUTE, 3_999)).isEqualTo(Arrival.LATE);
        assertThat(late(150 * MINUTE, 4_000)).isEqualTo(Arrival.RESTATES);
        assertThat(book.restatements())
                .extracting(hour -> hour.energy().totalMilliwattHours())
                .containsExactly(1_250L, 2_500L, 1_250L);
    }

    @Test
    void what_was_seen_after_it_stays_seen() {
        show(0, 0);
        show(30 * MINUTE, 1_000);
        show(50 * MINUTE, 999); // jitter
        closeHours(1);

        assertThat(late(40 * MINUTE, 1_001)).isEqualTo(Arrival.RESTATES);

        assertThat(restored().knownUntil()).hasValue(50 * MINUTE);
    }

    @Test
    void one_newer_than_all_is_the_newest_seen_before_and_after_a_restart() {
        show(0, 0);
        show(30 * MINUTE, 1_000);
        closeHours(1);

        assertThat(late(40 * MINUTE, 1_001)).isEqualTo(Arrival.RESTATES);

        assertThat(book.knownUntil()).hasValue(40 * MINUTE);
        assertThat(restored().knownUntil()).hasValue(40 * MINUTE);
    }

    @Test
    void its_power_bridges_a_restart_of_the_register_that_follows() {
        book.register(0, 0, 1_000_000, 36_000_000);
        book.register(0, HOUR - 90_000, 2_000_000, 36_000_000);
        book.closeHour();

        assertThat(book.register(0, HOUR - 30_000, 2_500_000, 72_000_000)).isEqualTo(Arrival.RESTATES);
        book.register(0, HOUR + 30_000, 500, 36_000_000);
        book.register(0, HOUR + 31_000, 10_500, 36_000_000);

        assertThat(book.registersMilliwattHours()).isEqualTo(1_500_000 + (72_000_000 + 36_000_000) / 2 / 60 + 10_000);
    }

    @Test
    void windows_that_were_read_before_it_came_are_read_anew() {
        show(0, 0);
        show(30 * MINUTE, 1_000);
        closeHours(1);
        show(70 * MINUTE, 5_000);
        assertThat(book.window(65 * MINUTE, 66 * MINUTE).totalMilliwattHours()).isEqualTo(100);

        assertThat(late(50 * MINUTE, 3_000)).isEqualTo(Arrival.RESTATES);

        assertThat(book.window(66 * MINUTE, 68 * MINUTE).totalMilliwattHours()).isEqualTo(200);
        assertThat(late(58 * MINUTE, 4_400)).isEqualTo(Arrival.RESTATES);
        assertThat(book.window(66 * MINUTE, 68 * MINUTE).totalMilliwattHours()).isEqualTo(100);
    }

    @Test
    void is_written_with_the_next_commit() {
        show(0, 0);
        show(30 * MINUTE, 1_000);
        closeHours(1);
        book.drainDirty((key, bytes) -> {});

        late(50 * MINUTE, 3_000);

        assertThat(drained()).contains("folds");
    }

    private List<String> drained() {
        List<String> keys = new ArrayList<>();
        book.drainDirty((key, bytes) -> keys.add(key));
        return keys;
    }

    private EnergyBook restored() {
        return EnergyBook.restore(book.meters(), book.parts());
    }

    private void closeHours(int count) {
        for (int i = 0; i < count; i++) {
            book.closeHour();
        }
        book.restatements();
    }

    private List<Long> totals() {
        return book.restatements().stream()
                .map(hour -> hour.energy().totalMilliwattHours())
                .toList();
    }

    private void show(long at, long milliwattHours) {
        assertThat(book.register(0, at, milliwattHours, EnergyBook.NO_POWER)).isEqualTo(Arrival.IN_TIME);
    }

    private Arrival late(long at, long milliwattHours) {
        return book.register(0, at, milliwattHours, EnergyBook.NO_POWER);
    }

    private static MeterSpec named(String name) {
        return new MeterSpec(name, 4_294_967_296_000L, 140_000, Duration.ofSeconds(1), 1);
    }
}
