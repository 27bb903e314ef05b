package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Late samples of a device that tells only its power, every 10 s, so that each holds for 30 s at most. A sample holds until the next: a late one makes a difference only
 * where one is missing. {@link #ONE} gives 10,000 mWh a second, so 100,000 mWh until the next sample and at most 300,000 where none follows.
 */
class LatePowerTest {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;
    private static final long ONE = 36_000_000; // mW
    private static final long TWO = 72_000_000;
    private static final long THREE = 108_000_000;

    private EnergyBook book = new EnergyBook(List.of(meter(Duration.ofSeconds(10))));

    @Test
    void one_that_was_missing_takes_over_from_the_one_before_until_the_next() {
        sample(0, ONE);
        sample(20 * SECOND, THREE);
        assertThat(closeHour()).isEqualTo(200_000 + 900_000);

        assertThat(late(10 * SECOND, TWO)).isEqualTo(Arrival.RESTATES);

        assertThat(restated()).containsExactly("hour 0 revision 1: 1200000"); // 10 s of one, of two, 30 s of three
    }

    @Test
    void of_a_long_silence_what_comes_later_fills_its_part_whatever_the_order() {
        sample(0, ONE);
        sample(2 * MINUTE, ONE);
        assertThat(closeHour()).isEqualTo(300_000 + 300_000);

        late(100 * SECOND, TWO);
        late(20 * SECOND, TWO);
        late(60 * SECOND, THREE);

        // One until 20 s, two until 50 s, nothing until 60 s, three until 90 s, nothing until 100 s, two until 120 s.
        assertThat(restated()).containsExactly("hour 0 revision 1: 2400000");
    }

    @Test
    void one_before_an_hours_end_holds_into_the_next_hour() {
        sample(HOUR - 60 * SECOND, ONE);
        sample(HOUR + 60 * SECOND, ONE);
        assertThat(closeHour()).isEqualTo(300_000);
        assertThat(closeHour()).isEqualTo(300_000);

        late(HOUR - 10 * SECOND, TWO);

        assertThat(restated()).containsExactly("hour 0 revision 1: 500000", "hour 1 revision 1: 700000");
    }

    @Test
    void one_of_the_last_closed_hour_holds_into_the_open_one() {
        sample(HOUR - 60 * SECOND, ONE);
        closeHour();
        late(HOUR - 10 * SECOND, TWO);
        assertThat(restated()).containsExactly("hour 0 revision 1: 500000");

        assertThat(book.openMilliwattHours()).isEqualTo(400_000);
        sample(HOUR + 5 * SECOND, ONE);
        assertThat(closeHour()).isEqualTo(100_000 + 300_000);
    }

    @Test
    void one_before_the_first_of_all_counts_until_that() {
        EnergyBook two = new EnergyBook(List.of(meter(Duration.ofSeconds(10)), named("other")));
        two.power(1, 0, ONE);
        two.power(0, HOUR + 10 * SECOND, ONE);
        two.closeHour();
        two.closeHour();
        two.restatements();

        assertThat(two.power(0, HOUR - 10 * SECOND, TWO)).isEqualTo(Arrival.RESTATES);
        assertThat(two.power(0, HOUR - 20 * SECOND, THREE)).isEqualTo(Arrival.RESTATES);

        assertThat(two.restatements())
                .extracting(hour -> hour.energy().totalMilliwattHours())
                .containsExactly(300_000L + 300_000 + 200_000, 200_000L + 300_000);
    }

    @Test
    void the_first_ever_of_a_meter_may_be_late() {
        EnergyBook two = new EnergyBook(List.of(meter(Duration.ofSeconds(10)), named("other")));
        two.power(1, 0, ONE);
        two.closeHour();
        two.closeHour();
        two.restatements();

        assertThat(two.power(0, HOUR - 10 * SECOND, TWO)).isEqualTo(Arrival.RESTATES);

        assertThat(two.restatements())
                .extracting(hour -> hour.energy().totalMilliwattHours())
                .containsExactly(500_000L, 400_000L);
    }

    @Test
    void where_none_is_missing_one_is_refused() {
        sample(0, ONE);
        sample(15 * SECOND, ONE); // late by less than half an interval: nobody would look for another between them
        closeHour();

        assertThat(late(10 * SECOND, TWO)).isEqualTo(Arrival.LATE);
        assertThat(restated()).isEmpty();
    }

    @Test
    void one_that_came_before_is_refused() {
        sample(0, ONE);
        sample(40 * SECOND, ONE);
        closeHour();
        assertThat(late(20 * SECOND, TWO)).isEqualTo(Arrival.RESTATES);

        assertThat(late(0, ONE)).as("behind it one was missing").isEqualTo(Arrival.LATE);
        assertThat(late(20 * SECOND, TWO)).as("late itself").isEqualTo(Arrival.LATE);
        assertThat(late(40 * SECOND, ONE)).as("the last of all").isEqualTo(Arrival.LATE);
    }

    @Test
    void of_two_at_one_instant_the_smaller_counts_where_its_next_is_known() {
        sample(0, TWO);
        sample(20 * SECOND, TWO);
        sample(30 * SECOND, TWO);
        sample(40 * SECOND, TWO);
        closeHour();

        assertThat(late(0, ONE)).isEqualTo(Arrival.RESTATES);
        assertThat(late(0, THREE)).isEqualTo(Arrival.LATE);
        assertThat(late(30 * SECOND, ONE)).as("between two others").isEqualTo(Arrival.LATE);
        assertThat(late(40 * SECOND, ONE)).as("the last").isEqualTo(Arrival.RESTATES);

        assertThat(restated()).containsExactly("hour 0 revision 1: 900000"); // 20 s of one and of two, 30 s of one
    }

    @Test
    void an_hour_becomes_complete_with_them() {
        for (long at = 0; at <= HOUR; at += 10 * SECOND) {
            if (at < 10 * MINUTE || at >= 20 * MINUTE) {
                sample(at, ONE);
            }
        }
        assertThat(book.closeHour().energy().metersComplete()).isZero();

        for (long at = 10 * MINUTE; at < 20 * MINUTE; at += 10 * SECOND) {
            assertThat(late(at, ONE)).isEqualTo(Arrival.RESTATES);
        }

        assertThat(book.restatements())
                .singleElement()
                .satisfies(hour -> assertThat(hour.energy()).isEqualTo(new Energy(36_000_000, 0, 1, 1)));
    }

    @Test
    void an_hour_that_is_final_takes_none() {
        sample(0, ONE);
        sample(HOUR + 60 * SECOND, ONE);
        for (int hour = 0; hour < 1 + EnergyBook.RESTATABLE_HOURS; hour++) {
            closeHour();
        }

        assertThat(late(HOUR - 10 * SECOND, TWO)).isEqualTo(Arrival.LATE);
        assertThat(late(HOUR, TWO)).as("in a gap that began in the final one").isEqualTo(Arrival.RESTATES);
        assertThat(restated()).containsExactly("hour 1 revision 1: 900000");
    }

    @Test
    void none_counts_where_a_register_was_shown() {
        sample(0, ONE);
        book.register(0, 40 * SECOND, 0, EnergyBook.NO_POWER);
        closeHour();

        assertThat(late(50 * SECOND, TWO)).isEqualTo(Arrival.LATE);
        assertThat(late(30 * SECOND, TWO)).isEqualTo(Arrival.RESTATES);
        assertThat(restated()).containsExactly("hour 0 revision 1: 500000"); // 30 s of one, 10 s of two
    }

    @Test
    void gaps_are_known_after_a_restart() {
        sample(0, ONE);
        sample(60 * SECOND, THREE);
        closeHour();
        late(40 * SECOND, TWO);

        book = EnergyBook.restore(book.meters(), book.parts());
        late(20 * SECOND, TWO);

        // 20 s of one, 40 s of two, 30 s of three; before the stop it was not published
        assertThat(restated()).containsExactly("hour 0 revision 1: 1900000");
    }

    @Test
    void a_state_of_before_gaps_were_kept_takes_those_behind_the_newest_of_closed_hours() {
        sample(0, ONE);
        sample(60 * SECOND, ONE);
        closeHour();
        var parts = book.parts();
        parts.remove("gaps");

        book = EnergyBook.restore(book.meters(), parts);

        assertThat(late(30 * SECOND, TWO)).isEqualTo(Arrival.LATE);
        assertThat(late(2 * MINUTE, TWO)).isEqualTo(Arrival.RESTATES);
    }

    @Test
    void what_was_summed_up_for_another_report_interval_takes_none() {
        sample(0, ONE);
        sample(2 * MINUTE, ONE);
        assertThat(closeHour()).isEqualTo(300_000 + 300_000);

        book = book.with(List.of(meter(Duration.ofSeconds(60))));

        assertThat(late(30 * SECOND, 0))
                .as("a minute's hold would take back what never counted")
                .isEqualTo(Arrival.LATE);
        assertThat(late(3 * MINUTE, 0)).isEqualTo(Arrival.LATE);
        sample(HOUR, ONE);
        assertThat(closeHour()).isEqualTo(180 * 10_000);
        assertThat(late(HOUR + 2 * MINUTE, TWO)).isEqualTo(Arrival.RESTATES);
        assertThat(restated()).containsExactly("hour 1 revision 1: " + (120 * 10_000 + 180 * 20_000));
        book = EnergyBook.restore(book.meters(), book.parts());
        assertThat(late(3 * MINUTE, 0)).as("after a restart").isEqualTo(Arrival.LATE);
    }

    @Test
    void one_of_a_device_of_registers_does_not_keep_its_late_registers_out() {
        EnergyBook two = new EnergyBook(List.of(meter(Duration.ofSeconds(10)), named("other")));
        two.power(1, 0, ONE);
        two.closeHour();
        two.restatements();
        two.register(0, HOUR + 5 * SECOND, 1_000, EnergyBook.NO_POWER);

        assertThat(two.power(0, HOUR - 60 * SECOND, ONE)).isEqualTo(Arrival.LATE);
        assertThat(two.register(0, HOUR - 50 * SECOND, 450, EnergyBook.NO_POWER))
                .isEqualTo(Arrival.RESTATES);
    }

    @Test
    void one_of_before_the_meter_came_is_refused() {
        sample(0, ONE);
        closeHour();
        book = book.with(List.of(meter(Duration.ofSeconds(10)), named("new")), HOUR);

        assertThat(book.power(1, HOUR - 10 * SECOND, TWO)).isEqualTo(Arrival.LATE);
    }

    @Test
    void a_late_interval_does_not_count_what_samples_told() {
        sample(0, ONE);
        closeHour();

        assertThat(book.interval(0, 0, 15 * MINUTE, 100_000)).isEqualTo(Arrival.LATE);
        assertThat(restated()).isEmpty();
    }

    @Test
    void of_a_device_that_never_misses_one_no_gap_is_kept() {
        int before = gaps();
        for (long at = 0; at <= 3 * HOUR; at += 10 * SECOND) {
            sample(at, ONE);
        }
        closeHour();
        closeHour();

        assertThat(gaps()).isLessThan(before + 40);
    }

    @Test
    void of_too_many_gaps_the_longest_are_kept_and_the_newest_of_equal_ones() {
        sample(0, ONE);
        sample(60 * SECOND, ONE);
        for (long i = 1; i <= PowerGaps.MOST; i++) {
            sample(60 * SECOND + i * 16 * SECOND, ONE); // slower than the site model says
        }
        closeHour();
        closeHour();

        assertThat(late(70 * SECOND, TWO)).as("the oldest of the short ones").isEqualTo(Arrival.LATE);
        assertThat(late(86 * SECOND, TWO)).as("the next").isEqualTo(Arrival.RESTATES);
        assertThat(late(30 * SECOND, TWO)).as("a long one").isEqualTo(Arrival.RESTATES);
    }

    private int gaps() {
        return book.parts().getOrDefault("gaps", new byte[0]).length;
    }

    private void sample(long at, long milliwatts) {
        assertThat(book.power(0, at, milliwatts)).isEqualTo(Arrival.IN_TIME);
    }

    private Arrival late(long at, long milliwatts) {
        return book.power(0, at, milliwatts);
    }

    private long closeHour() {
        BookedHour hour = book.closeHour();
        assertThat(book.restatements()).isEmpty();
        return hour.energy().totalMilliwattHours();
    }

    private List<String> restated() {
        return book.restatements().stream()
                .map(hour -> "hour %d revision %d: %d"
                        .formatted(
                                hour.start().toEpochMilli() / HOUR,
                                hour.revision(),
                                hour.energy().totalMilliwattHours()))
                .toList();
    }

    private static MeterSpec named(String name) {
        return new MeterSpec(name, 0, 200_000, Duration.ofSeconds(10), 1);
    }

    private static MeterSpec meter(Duration interval) {
        return new MeterSpec("clamp", 0, 200_000, interval, 1);
    }
}
