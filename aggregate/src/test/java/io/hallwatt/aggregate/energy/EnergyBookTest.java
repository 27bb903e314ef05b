package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.contract.EnergyHour.MeterSpan;
import io.hallwatt.contract.EnergyHour.RegisterEvent;
import io.hallwatt.contract.RegisterNote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EnergyBookTest {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private final EnergyBook book = new EnergyBook(List.of(meter("r001/A")));

    @Test
    void hours_add_up_to_the_registers_own_difference() {
        show(3_598_400, 1_000_000_000L);
        show(3_600_900, 1_000_026_389L);
        show(7_199_700, 1_037_973_611L);
        show(7_201_700, 1_037_994_722L);
        show(10_800_400, 1_075_990_001L);

        List<BookedHour> hours = close(3);

        assertThat(totals(hours)).containsExactly(16_888L, 37_959_889L, 38_009_000L);
        assertThat(book.registersMilliwattHours()).isEqualTo(75_990_001);
        assertThat(book.openMilliwattHours()).isEqualTo(75_990_001 - 75_985_777);
    }

    @Test
    void a_gap_of_hours_is_spread_over_them_and_estimated() {
        show(1_800_000, 500_000_001L);
        show(18_900_000, 680_000_000L);

        List<BookedHour> hours = close(6);

        assertThat(totals(hours))
                .containsExactly(18_947_368L, 37_894_736L, 37_894_737L, 37_894_737L, 37_894_736L, 9_473_685L);
        assertThat(hours)
                .allSatisfy(hour ->
                        assertThat(hour.energy().measuredMilliwattHours()).isZero());
        assertThat(book.restatements()).isEmpty();
        assertThat(book.openMilliwattHours()).isZero();
        assertThat(hours.getFirst().events()).containsExactly(new RegisterEvent(RegisterNote.METER_GAP, 1));
    }

    @Test
    void a_short_stretch_across_a_boundary_stays_measured() {
        show(HOUR - 500, 1_000);
        show(HOUR + 500, 2_000);

        List<BookedHour> hours = close(2);

        assertThat(hours.get(0).energy()).isEqualTo(new Energy(500, 0, 1, 0));
        assertThat(hours.get(1).energy()).isEqualTo(new Energy(500, 0, 1, 0));
    }

    @Test
    void a_long_stretch_inside_a_window_is_measured_there() {
        show(0, 0);
        show(20 * MINUTE, 9_000_000);
        show(HOUR, 20_000_000);

        assertThat(book.window(0, MINUTE)).isEqualTo(new Energy(0, 450_000, 1, 1));
        assertThat(book.window(0, 15 * MINUTE)).isEqualTo(new Energy(0, 6_750_000, 1, 1));
        assertThat(close(1).getFirst().energy()).isEqualTo(new Energy(20_000_000, 0, 1, 1));
    }

    @Test
    void a_window_read_as_of_a_time_does_not_depend_on_what_came_from_later() {
        show(0, 0);
        show(50 * SECOND, 500_000);
        Energy before = book.window(0, MINUTE, MINUTE + 2 * SECOND);

        show(MINUTE + 2 * SECOND, 620_000);
        Energy after = book.window(0, MINUTE, MINUTE + 2 * SECOND);

        assertThat(before).isEqualTo(new Energy(500_000, 0, 1, 0));
        assertThat(after).isEqualTo(before);
        assertThat(book.window(0, MINUTE, MINUTE + 2 * SECOND + 1).metersComplete())
                .isEqualTo(1);
    }

    @Test
    void minutes_add_up_to_quarters_and_quarters_to_the_hour() {
        for (int second = 0; second <= 3_600; second++) {
            show(second * SECOND + 137, second * 10_007L);
        }

        long minutes = 0;
        for (long start = 0; start < HOUR; start += MINUTE) {
            minutes += book.window(start, start + MINUTE).totalMilliwattHours();
        }
        long quarters = 0;
        for (long start = 0; start < HOUR; start += 15 * MINUTE) {
            quarters += book.window(start, start + 15 * MINUTE).totalMilliwattHours();
        }

        long hour = close(1).getFirst().energy().totalMilliwattHours();
        assertThat(minutes).isEqualTo(hour);
        assertThat(quarters).isEqualTo(hour);
    }

    @Test
    void a_late_reading_changes_two_hours_by_the_same_amount() {
        show(0, 0);
        show(HOUR - 1_500, 1_000_000);
        show(HOUR + 1_500, 1_003_000);
        show(2 * HOUR, 2_000_000);
        List<BookedHour> hours = close(2);

        Arrival arrival = book.register(0, HOUR - 500, 1_002_500, EnergyBook.NO_POWER);

        assertThat(arrival).isEqualTo(Arrival.RESTATES);
        List<BookedHour> restated = book.restatements();
        assertThat(totals(hours)).containsExactly(1_001_500L, 998_500L);
        assertThat(totals(restated)).containsExactly(1_002_625L, 997_375L);
        assertThat(restated).allSatisfy(hour -> assertThat(hour.revision()).isEqualTo(1));
        assertThat(book.restatements()).isEmpty();
    }

    @Test
    void a_late_reading_that_no_sound_register_gives_books_what_it_would_have_booked_in_order() {
        show(0, 0);
        show(HOUR - 1_500, 1_000_000);
        show(HOUR + 1_500, 1_003_000);
        close(1);

        assertThat(book.register(0, HOUR - 500, 4_000_000_000L, EnergyBook.NO_POWER))
                .isEqualTo(Arrival.RESTATES);

        assertThat(totals(book.restatements())).as("a false value").isEmpty();
        assertThat(book.registersMilliwattHours()).isEqualTo(1_003_000);
    }

    @Test
    void a_meter_that_stops_keeps_what_is_known_and_gets_the_rest_estimated_when_it_speaks_again() {
        show(0, 0);
        show(30 * MINUTE, 5_000_000);
        List<BookedHour> silent = close(2);
        assertThat(totals(silent)).containsExactly(5_000_000L, 0L);
        assertThat(silent.getFirst().energy().metersComplete()).isZero();

        show(2 * HOUR + 30 * MINUTE, 17_000_000);

        List<BookedHour> restated = book.restatements();
        assertThat(restated.get(0).energy()).isEqualTo(new Energy(5_000_000, 3_000_000, 1, 1));
        assertThat(restated.get(1).energy()).isEqualTo(new Energy(0, 6_000_000, 1, 1));
        assertThat(book.openMilliwattHours()).isEqualTo(3_000_000);
    }

    @Test
    void a_silence_longer_than_what_readings_can_restate_is_booked_in_all_its_hours() {
        show(0, 0);
        show(30 * MINUTE, 5_000_000);
        List<BookedHour> closed = new ArrayList<>(close(10));

        show(10 * HOUR + 30 * MINUTE, 12_000_000);

        List<BookedHour> restated = book.restatements();
        assertThat(totals(closed).getFirst()).isEqualTo(5_000_000L);
        assertThat(totals(restated))
                .hasSize(10)
                .startsWith(5_350_000L, 700_000L)
                .endsWith(700_000L);
        assertThat(restated.getFirst().start().toEpochMilli()).isZero();
        assertThat(book.openMilliwattHours()).isEqualTo(350_000);
    }

    @Test
    void a_long_silence_that_is_over_keeps_its_line_while_its_hours_become_final_one_by_one() {
        show(0, 0);
        close(5);
        show(8 * HOUR, 9);
        assertThat(totals(book.restatements())).as("1.125 an hour").containsExactly(1L, 1L, 1L, 1L, 1L);

        assertThat(totals(close(1))).containsExactly(1L);
        assertThat(book.openMilliwattHours()).as("9 - 6").isEqualTo(3);
        assertThat(book.restatements()).isEmpty();

        EnergyBook restored = EnergyBook.restore(book.meters(), book.parts());
        assertThat(restored.restatements()).isEmpty();
        assertThat(restored.openMilliwattHours()).isEqualTo(3);
        assertThat(restored.closeHour().energy().totalMilliwattHours()).isEqualTo(1);
        assertThat(restored.openMilliwattHours()).as("9 - 7").isEqualTo(2);
        assertThat(restored.closeHour().energy().totalMilliwattHours()).isEqualTo(2);
        assertThat(restored.openMilliwattHours()).isZero();
        assertThat(restored.restatements()).isEmpty();
    }

    @Test
    void a_reset_is_bridged_by_power_and_estimated() {
        book.register(0, 0, 1_000_000, 36_000_000);
        book.register(0, SECOND, 1_010_000, 36_000_000);
        book.register(0, MINUTE, 500, 36_000_000);
        book.register(0, MINUTE + SECOND, 10_500, 36_000_000);
        book.register(0, HOUR, 30_000_000, 36_000_000);

        BookedHour hour = close(1).getFirst();

        assertThat(hour.energy()).isEqualTo(new Energy(10_000 + 29_999_500, 590_000, 1, 1));
        assertThat(hour.events()).containsExactly(new RegisterEvent(RegisterNote.METER_RESET, 1));
        assertThat(hour.meters())
                .containsExactly(new MeterSpan(
                        "r001/A", 30_009_500, 590_000, 1_000_000L, 10_500L, null, Instant.ofEpochMilli(HOUR)));
    }

    @Test
    void a_reset_without_power_leaves_the_hour_incomplete() {
        show(0, 1_000_000);
        show(MINUTE, 500);
        show(MINUTE + SECOND, 10_500);
        show(HOUR, 30_000_000);

        assertThat(close(1).getFirst().energy()).isEqualTo(new Energy(29_999_500, 0, 1, 0));
    }

    @Test
    void an_interval_counts_only_in_windows_that_hold_it_whole() {
        book.interval(0, 0, HOUR, 354_543_750);

        assertThat(book.window(0, 15 * MINUTE).totalMilliwattHours()).isZero();
        assertThat(close(1).getFirst().energy()).isEqualTo(new Energy(354_543_750, 0, 1, 1));
        assertThat(book.registersMilliwattHours()).isEqualTo(354_543_750);
        assertThat(book.openMilliwattHours()).isZero();
    }

    @Test
    void an_interval_of_several_hours_is_spread_over_them() {
        book.interval(0, HOUR / 2, 3 * HOUR, 1_000);

        List<BookedHour> hours = close(3);

        assertThat(totals(hours)).containsExactly(200L, 400L, 400L);
        assertThat(hours)
                .allSatisfy(hour ->
                        assertThat(hour.energy().measuredMilliwattHours()).isZero());
    }

    @Test
    void an_interval_that_ends_after_its_hours_were_closed_restates_them() {
        book.interval(0, 0, HOUR, 1_000);
        close(3);

        assertThat(book.interval(0, HOUR, 4 * HOUR, 3_000)).isEqualTo(Arrival.RESTATES);

        assertThat(totals(book.restatements())).containsExactly(1_000L, 1_000L);
        assertThat(book.openMilliwattHours()).isEqualTo(1_000);
    }

    @Test
    void sampled_power_counts_only_until_the_meter_shows_a_register() {
        for (int second = 0; second < 60; second++) {
            book.power(0, second * SECOND, 3_600_000);
        }
        show(30 * SECOND, 5_000);
        show(31 * SECOND, 6_000);

        assertThat(book.registersMilliwattHours()).isEqualTo(30 * 1_000 + 1_000);
    }

    @Test
    void power_alone_gives_the_energy_of_what_it_covers() {
        for (int second = 0; second < 3_600; second++) {
            book.power(0, second * SECOND, 36_000_000);
        }

        assertThat(close(1).getFirst().energy()).isEqualTo(new Energy(36_000_000, 0, 1, 1));
        assertThat(book.openMilliwattHours()).isEqualTo(20_000);
        assertThat(book.knownUntil()).isEqualTo(OptionalLong.of(HOUR + 2 * SECOND));
    }

    @Test
    void an_hour_without_any_word_is_empty() {
        show(0, 0);
        show(1_000, 10);

        List<BookedHour> hours = close(2);

        assertThat(hours.get(0).empty()).isFalse();
        assertThat(hours.get(1).empty()).isTrue();
    }

    @Test
    void waits_for_meters_that_spoke_lately_and_not_for_the_silent() {
        EnergyBook two = new EnergyBook(List.of(meter("r001/A"), meter("r001/B")));
        two.register(0, 59_000, 0, EnergyBook.NO_POWER);
        two.register(1, 50_000, 0, EnergyBook.NO_POWER);

        assertThat(two.waiting(MINUTE, 0)).isEqualTo(2);
        assertThat(two.waiting(MINUTE, 55_000)).isEqualTo(1);

        two.register(0, 60_000, 10, EnergyBook.NO_POWER);

        assertThat(two.waiting(MINUTE, 55_000)).isZero();
    }

    @Test
    void refuses_what_cannot_be() {
        assertThat(book.register(0, 0, -1, 0)).isEqualTo(Arrival.REFUSED);
        assertThat(book.power(0, 0, -1)).isEqualTo(Arrival.REFUSED);
        assertThat(book.power(0, 0, Long.MAX_VALUE)).isEqualTo(Arrival.REFUSED);
        assertThat(book.interval(0, HOUR, HOUR, 1)).isEqualTo(Arrival.REFUSED);
        assertThat(book.nextHour()).isEmpty();
    }

    @Test
    void a_window_in_a_closed_hour_is_not_given() {
        show(0, 0);
        close(1);

        assertThatThrownBy(() -> book.window(0, MINUTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("before its hour is closed");
    }

    @Test
    void a_window_is_of_whole_minutes() {
        assertThatThrownBy(() -> book.window(0, 30 * SECOND)).hasMessageContaining("give whole UTC minutes");
        assertThatThrownBy(() -> book.window(SECOND, MINUTE)).hasMessageContaining("give whole UTC minutes");
        assertThatThrownBy(() -> book.window(MINUTE, MINUTE)).hasMessageContaining("give whole UTC minutes");
    }

    @Test
    void before_the_first_reading_there_is_no_hour_to_close() {
        assertThatThrownBy(book::closeHour)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no reading yet: no hour to close");
    }

    @Test
    void a_window_holds_what_intervals_and_sampled_power_say_of_it() {
        EnergyBook two = new EnergyBook(List.of(meter("utility"), meter("clamp")));
        two.interval(0, 0, 15 * MINUTE, 800);
        for (int second = 0; second < 900; second++) {
            two.power(1, second * SECOND, 3_600_000);
        }

        assertThat(two.window(0, 15 * MINUTE)).isEqualTo(new Energy(800 + 900_000, 0, 2, 2));
        assertThat(two.window(0, MINUTE)).isEqualTo(new Energy(60_000, 0, 2, 1));
    }

    @Test
    void a_window_holds_a_meter_that_left_and_expects_it_only_where_it_is_complete() {
        EnergyBook two = new EnergyBook(List.of(meter("stays"), meter("leaves")));
        two.register(1, 0, 0, EnergyBook.NO_POWER);
        two.register(1, MINUTE, 700, EnergyBook.NO_POWER);
        two.register(1, 90 * SECOND, 900, EnergyBook.NO_POWER);

        EnergyBook one = two.with(List.of(meter("stays")));

        assertThat(one.window(0, MINUTE)).isEqualTo(new Energy(700, 0, 2, 1));
        assertThat(one.window(MINUTE, 2 * MINUTE)).isEqualTo(new Energy(200, 0, 1, 0));
    }

    @Test
    void a_reading_before_windows_that_were_asked_for_changes_those_after_it_too() {
        show(0, 0);
        show(6 * MINUTE, 6_000);
        assertThat(book.window(4 * MINUTE, 5 * MINUTE).totalMilliwattHours()).isEqualTo(1_000);

        show(3 * MINUTE, 300);

        assertThat(book.window(4 * MINUTE, 5 * MINUTE).totalMilliwattHours()).isEqualTo(1_900);
        assertThat(book.window(5 * MINUTE, 6 * MINUTE).totalMilliwattHours()).isEqualTo(1_900);
    }

    @Test
    void power_that_a_register_makes_needless_is_taken_back_from_the_store() {
        book.power(0, 5 * MINUTE, 3_600_000);
        book.drainDirty((key, bytes) -> {});

        show(5 * MINUTE, 10);

        List<String> takenBack = new ArrayList<>();
        book.drainDirty((key, bytes) -> {
            if (bytes == null) {
                takenBack.add(key);
            }
        });
        assertThat(takenBack).containsExactly("power/" + 5 * MINUTE);
        assertThat(book.knownUntil()).hasValue(5 * MINUTE);
    }

    private void show(long at, long milliwattHours) {
        assertThat(book.register(0, at, milliwattHours, EnergyBook.NO_POWER)).isEqualTo(Arrival.IN_TIME);
    }

    private List<BookedHour> close(int hours) {
        List<BookedHour> closed = new ArrayList<>();
        for (int i = 0; i < hours; i++) {
            closed.add(book.closeHour());
        }
        return closed;
    }

    private static List<Long> totals(List<BookedHour> hours) {
        return hours.stream().map(hour -> hour.energy().totalMilliwattHours()).toList();
    }

    private static MeterSpec meter(String name) {
        return new MeterSpec(name, 4_294_967_296_000L, 140_000, Duration.ofSeconds(1), 1);
    }
}
