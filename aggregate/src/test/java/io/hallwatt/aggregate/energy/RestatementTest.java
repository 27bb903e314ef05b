package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.EnergyHour.MeterSpan;
import io.hallwatt.contract.EnergyHour.RegisterEvent;
import io.hallwatt.contract.RegisterNote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which closed hours are given again, and which are not: exactly those that say something else than before. */
class RestatementTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;

    private final EnergyBook book = new EnergyBook(List.of(meter("a")));

    @Test
    void an_hour_that_becomes_complete_and_changes_in_nothing_else() {
        show(0, 0);
        show(HOUR - 500, 1_000);
        book.closeHour();

        show(HOUR + 500, 1_000);

        assertThat(book.restatements()).extracting(BookedHour::energy).containsExactly(new Energy(1_000, 0, 1, 1));
    }

    @Test
    void an_hour_whose_first_register_changes_and_nothing_else() {
        show(0, 0);
        show(HOUR - 500, 1_000);
        show(HOUR + 500, 2_000);
        show(2 * HOUR, 9_000);
        closeHours(2);

        assertThat(late(HOUR, 1_500)).isEqualTo(Arrival.RESTATES);

        assertThat(book.restatements())
                .singleElement()
                .satisfies(hour -> assertThat(hour.meters()).containsExactly(span(7_500, 1_500, 2_000, 2 * HOUR)));
    }

    @Test
    void an_hour_whose_last_register_changes_and_nothing_else() {
        show(0, 0);
        show(HOUR - 500, 1_000);
        show(HOUR + 500, 2_000);
        show(2 * HOUR, 9_000);
        closeHours(2);

        assertThat(late(HOUR - 250, 1_250)).isEqualTo(Arrival.RESTATES);

        assertThat(book.restatements())
                .singleElement()
                .satisfies(hour -> assertThat(hour.meters()).containsExactly(span(1_500, 0, 1_250, HOUR + 500)));
    }

    @Test
    void the_oldest_one_also_when_the_next_is_closed_before_it_was_asked_for() {
        show(0, 0);
        show(90 * MINUTE, 1_000);
        closeHours(4);
        assertThat(late(100 * MINUTE, 2_000)).isEqualTo(Arrival.RESTATES);

        book.closeHour(); // with it the end of the oldest is final

        assertThat(book.restatements())
                .extracting(hour -> hour.start().toEpochMilli() / HOUR)
                .containsExactly(1L);
    }

    @Test
    void a_restart_in_an_hour_that_only_a_reading_of_the_next_one_tells() {
        book.register(0, 58 * MINUTE, 1_000_000, 36_000_000);
        book.register(0, 59 * MINUTE, 500, 36_000_000);
        assertThat(book.closeHour().energy()).isEqualTo(new Energy(0, 0, 1, 0));

        book.register(0, 59 * MINUTE + 60_000, 600_500, 36_000_000);
        assertThat(book.restatements())
                .extracting(BookedHour::energy)
                .containsExactly(new Energy(600_000, 600_000, 1, 0));

        book.closeHour();
        assertThat(book.restatements()).as("the same once more").isEmpty();
    }

    @Test
    void a_restart_bridged_in_part_leaves_its_hour_incomplete_for_good() {
        show(0, 0);
        show(58 * MINUTE, 1_000_000);
        show(59 * MINUTE, 500);
        book.closeHour();

        show(HOUR, 600_500);
        assertThat(book.restatements()).extracting(BookedHour::energy).containsExactly(new Energy(1_600_000, 0, 1, 0));

        book.closeHour();
        assertThat(book.restatements()).isEmpty();
    }

    @Test
    void an_interval_from_before_the_first_hour_is_booked_in_it() {
        book.interval(0, 70 * MINUTE, 80 * MINUTE, 100);
        assertThat(book.closeHour().energy().totalMilliwattHours()).isEqualTo(100);

        assertThat(book.interval(0, 30 * MINUTE, 70 * MINUTE, 800)).isEqualTo(Arrival.RESTATES);

        assertThat(book.restatements())
                .singleElement()
                .satisfies(
                        hour -> assertThat(hour.energy().totalMilliwattHours()).isEqualTo(900));
        assertThat(book.registersMilliwattHours()).isEqualTo(900);
    }

    @Test
    void a_jitter_that_comes_late_books_nothing_and_is_told() {
        show(0, 0);
        show(30 * MINUTE, 1_000);
        closeHours(1);

        assertThat(late(40 * MINUTE, 999)).isEqualTo(Arrival.RESTATES);
        assertThat(book.restatements()).singleElement().satisfies(hour -> {
            assertThat(hour.energy()).isEqualTo(new Energy(1_000, 0, 1, 0));
            assertThat(hour.events()).containsExactly(new RegisterEvent(RegisterNote.METER_JITTERED, 1));
        });
    }

    @Test
    void a_wrap_that_comes_late_is_growth() {
        EnergyBook small =
                new EnergyBook(List.of(new MeterSpec("small", 10_000_000, 140_000, Duration.ofSeconds(1), 1)));
        small.register(0, 0, 9_999_000, EnergyBook.NO_POWER);
        small.closeHour();

        assertThat(small.register(0, MINUTE, 500, EnergyBook.NO_POWER)).isEqualTo(Arrival.RESTATES);
        assertThat(small.registersMilliwattHours()).isEqualTo(1_500);
    }

    private void closeHours(int count) {
        for (int i = 0; i < count; i++) {
            book.closeHour();
        }
        book.restatements();
    }

    private void show(long at, long milliwattHours) {
        assertThat(book.register(0, at, milliwattHours, EnergyBook.NO_POWER)).isEqualTo(Arrival.IN_TIME);
    }

    /** Nothing before the hour counts. */
    private static MeterSpan span(long measured, long first, long last, long until) {
        return new MeterSpan("a", measured, 0, first, last, null, Instant.ofEpochMilli(until));
    }

    private Arrival late(long at, long milliwattHours) {
        return book.register(0, at, milliwattHours, EnergyBook.NO_POWER);
    }

    private static MeterSpec meter(String name) {
        return new MeterSpec(name, 4_294_967_296_000L, 140_000, Duration.ofSeconds(1), 1);
    }
}
