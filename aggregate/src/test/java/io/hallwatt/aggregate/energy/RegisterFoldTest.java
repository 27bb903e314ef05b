package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.energy.Crossing.Mark;
import io.hallwatt.contract.RegisterNote;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A register in Wh of a meter of 36 kW, which is 10 counts a second, a tenth more and two counts at most. */
class RegisterFoldTest {
    private static final MeterSpec METER = new MeterSpec("r001/A", 100_000_000, 36_000, Duration.ofSeconds(1), 1_000);

    private final Track track = new Track(null);
    private RegisterFold fold = RegisterFold.NOTHING;

    @Test
    void the_first_reading_is_where_energy_starts() {
        read(5, 700, 30);

        assertThat(fold)
                .isEqualTo(new RegisterFold(point(5, 700), 0, null, 5_000, 30, PowerBridge.EMPTY, PowerBridge.EMPTY));
        assertThat(track.after(0)).isEqualTo(new Track.Step(mark(5, 0, 700), Stretch.READ));
        assertThat(track.decided(0)).isEqualTo(5_000);
        assertThat(notes()).isEmpty();
    }

    @Test
    void growth_adds_up_from_reading_to_reading() {
        read(0, 700, 30);
        read(1, 710, 30);
        read(3, 725, 31);

        assertThat(fold)
                .isEqualTo(
                        new RegisterFold(point(3, 725), 25_000, null, 3_000, 31, PowerBridge.EMPTY, PowerBridge.EMPTY));
        assertThat(after(0)).isEqualTo(new Track.Step(mark(1, 10_000, 710), Stretch.READ));
        assertThat(after(1)).isEqualTo(new Track.Step(mark(3, 25_000, 725), Stretch.READ));
    }

    @Test
    void growth_past_the_modulus_adds_up_and_is_noted() {
        read(0, 99_995, 30);
        read(1, 4, 30);

        assertThat(fold.energyMilliwattHours()).isEqualTo(9_000);
        assertThat(after(0)).isEqualTo(new Track.Step(mark(1, 9_000, 4), Stretch.READ));
        assertThat(notes()).containsOnly(Map.entry(RegisterNote.METER_WRAPPED, 1));
    }

    @Test
    void growth_that_can_have_passed_the_modulus_is_the_least_bridged_in_part_and_noted() {
        read(0, 700, 36_000);
        read(9_091, 710, 36_000); // a tenth above 36 kW fills 100 kWh in 9,091 s

        assertThat(fold.energyMilliwattHours()).isEqualTo(10_000);
        assertThat(after(0)).isEqualTo(new Track.Step(mark(9_091, 10_000, 710), Stretch.BRIDGED_IN_PART));
        assertThat(notes()).containsOnly(Map.entry(RegisterNote.METER_AMBIGUOUS, 1));
    }

    @Test
    void a_jitter_books_nothing_is_noted_and_keeps_the_power_that_went_by() {
        read(0, 700, 7_200);
        read(1, 699, 7_200);

        assertThat(fold)
                .isEqualTo(new RegisterFold(
                        point(0, 700),
                        0,
                        null,
                        1_000,
                        7_200,
                        new PowerBridge(2 * 7_200 * 1_000L, 0),
                        PowerBridge.EMPTY));
        assertThat(after(0)).isNull();
        assertThat(notes()).containsOnly(Map.entry(RegisterNote.METER_JITTERED, 1));
    }

    @Test
    void one_in_doubt_books_nothing_until_the_next_decides() {
        read(0, 700, 7_200);
        read(1, 50_000, 7_200);

        assertThat(fold)
                .isEqualTo(new RegisterFold(
                        point(0, 700),
                        0,
                        point(1, 50_000),
                        1_000,
                        7_200,
                        new PowerBridge(2 * 7_200 * 1_000L, 0),
                        PowerBridge.EMPTY));
        assertThat(after(0)).isNull();
        assertThat(notes()).isEmpty();
    }

    @Test
    void a_false_one_is_passed_over_and_noted() {
        read(0, 700, 7_200);
        read(1, 50_000, 7_200);
        read(2, 715, 7_200);

        assertThat(fold)
                .isEqualTo(new RegisterFold(
                        point(2, 715), 15_000, null, 2_000, 7_200, PowerBridge.EMPTY, PowerBridge.EMPTY));
        assertThat(after(0)).isEqualTo(new Track.Step(mark(2, 15_000, 715), Stretch.READ));
        assertThat(notes()).containsOnly(Map.entry(RegisterNote.METER_GLITCHED, 1));
    }

    @Test
    void a_jitter_after_a_false_one_is_both() {
        read(0, 700, 7_200);
        read(1, 50_000, 7_200);
        read(2, 699, 7_200);

        assertThat(fold.accepted()).isEqualTo(point(0, 700));
        assertThat(fold.suspect()).isNull();
        assertThat(notes())
                .containsOnly(Map.entry(RegisterNote.METER_GLITCHED, 1), Map.entry(RegisterNote.METER_JITTERED, 1));
    }

    @Test
    void of_two_false_ones_in_a_row_the_older_is_dropped_and_the_newer_is_in_doubt() {
        read(0, 700, 7_200);
        read(1, 50_000, 7_200);
        read(2, 20_000, 7_200);

        assertThat(fold.suspect()).isEqualTo(point(2, 20_000));
        assertThat(fold.sinceSuspect()).isEqualTo(PowerBridge.EMPTY);
        assertThat(fold.sinceAccepted()).isEqualTo(new PowerBridge(4 * 7_200 * 1_000L, 0));
        assertThat(notes()).containsOnly(Map.entry(RegisterNote.METER_GLITCHED, 1));
    }

    @Test
    void a_restart_is_bridged_by_power_up_to_it() {
        read(0, 700, 7_200);
        read(1, 0, 7_200);
        read(2, 5, 14_400);

        assertThat(fold)
                .isEqualTo(new RegisterFold(
                        point(2, 5), 2_000 + 5_000, null, 2_000, 14_400, PowerBridge.EMPTY, PowerBridge.EMPTY));
        assertThat(after(0)).isEqualTo(new Track.Step(mark(1, 2_000, 0), Stretch.BRIDGED));
        assertThat(after(1)).isEqualTo(new Track.Step(mark(2, 7_000, 5), Stretch.READ));
        assertThat(track.decided(1)).as("the reading after it said so").isEqualTo(2_000);
        assertThat(notes()).containsOnly(Map.entry(RegisterNote.METER_RESET, 1));
    }

    @Test
    void an_exchange_is_bridged_likewise_and_noted_as_such() {
        read(0, 700, 7_200);
        read(1, 50_000, 7_200);
        read(2, 50_005, 7_200);

        assertThat(fold.energyMilliwattHours()).isEqualTo(2_000 + 5_000);
        assertThat(after(0)).isEqualTo(new Track.Step(mark(1, 2_000, 50_000), Stretch.BRIDGED));
        assertThat(notes()).containsOnly(Map.entry(RegisterNote.METER_JUMPED, 1));
    }

    @Test
    void a_bridge_where_power_is_missing_is_one_in_part() {
        read(0, 700, -1);
        read(1, 0, 7_200);
        read(2, 5, 7_200);

        assertThat(after(0)).isEqualTo(new Track.Step(mark(1, 0, 0), Stretch.BRIDGED_IN_PART));
        assertThat(fold.energyMilliwattHours()).isEqualTo(5_000);
    }

    @Test
    void power_is_drawn_through_a_minute_and_no_longer() {
        read(0, 700, 7_200);
        read(60, 0, 7_200);
        read(61, 5, 7_200);
        assertThat(after(0)).isEqualTo(new Track.Step(mark(60, 120_000, 0), Stretch.BRIDGED));

        read(122, 50_000, 7_200);
        read(123, 50_005, 7_200);
        assertThat(after(61)).isEqualTo(new Track.Step(mark(122, 125_000, 50_000), Stretch.BRIDGED_IN_PART));
    }

    @Test
    void power_is_drawn_through_three_intervals_of_a_slow_meter() {
        MeterSpec slow = new MeterSpec("slow", 0, 36_000, Duration.ofMinutes(1), 1_000);
        fold = fold.then(slow, point(0, 700), 7_200, track);
        fold = fold.then(slow, point(180, 0), 7_200, track);
        fold = fold.then(slow, point(181, 5), 7_200, track);

        assertThat(after(0)).isEqualTo(new Track.Step(mark(180, 360_000, 0), Stretch.BRIDGED));
    }

    private void read(long second, long counts, int watts) {
        fold = fold.then(METER, point(second, counts), watts, track);
    }

    private Track.@Nullable Step after(long second) {
        return track.after(second * 1_000);
    }

    private Map<RegisterNote, Integer> notes() {
        Map<RegisterNote, Integer> notes = new EnumMap<>(RegisterNote.class);
        track.countNotes(0, Long.MAX_VALUE, notes);
        return notes;
    }

    private static RegisterPoint point(long second, long counts) {
        return new RegisterPoint(second * 1_000, counts * 1_000);
    }

    private static Mark mark(long second, long energy, long counts) {
        return new Mark(second * 1_000, energy, counts * 1_000);
    }
}
