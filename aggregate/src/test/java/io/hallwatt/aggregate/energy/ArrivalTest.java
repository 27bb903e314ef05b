package io.hallwatt.aggregate.energy;

import static io.hallwatt.aggregate.energy.Arrival.IN_TIME;
import static io.hallwatt.aggregate.energy.Arrival.LATE;
import static io.hallwatt.aggregate.energy.Arrival.REFUSED;
import static io.hallwatt.aggregate.energy.Arrival.RESTATES;
import static io.hallwatt.aggregate.energy.Arrival.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a reading that is handed to a book. */
class ArrivalTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;

    private final EnergyBook book = new EnergyBook(List.of(meter("a"), meter("b")));

    @Test
    void a_register_is_in_time_while_its_hour_is_open_and_changes_nothing_when_it_comes_again() {
        assertThat(book.register(0, 0, 0, 0)).isEqualTo(IN_TIME);
        assertThat(book.register(0, 0, 0, 0)).isEqualTo(UNCHANGED);
        assertThat(book.register(0, 30_000, 10, EnergyBook.NO_POWER)).isEqualTo(IN_TIME);
        assertThat(book.register(0, 20_000, 8, EnergyBook.NO_POWER))
                .as("between the first and the last of its minute")
                .isEqualTo(UNCHANGED);
        book.closeHour();

        assertThat(book.register(0, 20_000, 8, EnergyBook.NO_POWER)).isEqualTo(LATE);
        assertThat(book.register(0, HOUR - 1, 15, EnergyBook.NO_POWER)).isEqualTo(RESTATES);
        assertThat(book.register(0, HOUR - 1, 15, EnergyBook.NO_POWER))
                .as("once")
                .isEqualTo(LATE);
        assertThat(book.register(0, HOUR, 20, EnergyBook.NO_POWER)).isEqualTo(IN_TIME);
    }

    @Test
    void a_register_below_zero_is_refused() {
        assertThat(book.register(0, 0, -1, EnergyBook.NO_POWER)).isEqualTo(REFUSED);
    }

    @Test
    void power_is_in_time_while_its_hour_is_open_and_changes_nothing_when_it_comes_again() {
        assertThat(book.power(0, 0, 0)).isEqualTo(IN_TIME);
        assertThat(book.power(0, 0, 0)).isEqualTo(UNCHANGED);
        assertThat(book.power(0, 0, 1)).as("of two the smaller counts").isEqualTo(UNCHANGED);
        book.closeHour();

        assertThat(book.power(0, 0, 0)).isEqualTo(LATE);
        assertThat(book.power(0, HOUR - 1, 5)).isEqualTo(RESTATES);
        assertThat(book.power(0, HOUR - 1, 5)).isEqualTo(LATE);
        assertThat(book.power(0, HOUR, 5)).isEqualTo(IN_TIME);
    }

    @Test
    void power_changes_nothing_from_where_the_meter_has_something_better() {
        book.register(0, MINUTE, 10, EnergyBook.NO_POWER);

        assertThat(book.power(0, MINUTE, 5)).isEqualTo(UNCHANGED);
        assertThat(book.power(0, MINUTE - 1, 5)).isEqualTo(IN_TIME);
    }

    @Test
    void power_that_no_hour_could_hold_is_refused() {
        long most = Long.MAX_VALUE / 4 / meter("a").holdMillis();

        assertThat(book.power(0, 0, -1)).isEqualTo(REFUSED);
        assertThat(book.power(0, 0, most + 1)).isEqualTo(REFUSED);
        assertThat(book.power(0, 0, most)).isEqualTo(IN_TIME);
    }

    @Test
    void an_interval_is_in_time_while_all_its_hours_are_open_and_restates_those_that_are_not() {
        assertThat(book.interval(0, 0, HOUR, 0)).isEqualTo(IN_TIME);
        assertThat(book.interval(0, 0, HOUR, 0)).isEqualTo(UNCHANGED);
        book.closeHour();

        assertThat(book.interval(0, HOUR, 2 * HOUR, 70)).isEqualTo(IN_TIME);
        assertThat(book.interval(1, HOUR - 1, 2 * HOUR, 70)).isEqualTo(RESTATES);
        assertThat(book.interval(1, HOUR - 1, 2 * HOUR, 70)).isEqualTo(UNCHANGED);
    }

    @Test
    void an_interval_is_late_where_its_hours_are_settled_or_it_overlaps_what_is_settled() {
        book.interval(0, 0, HOUR / 2, 10);
        for (int hour = 0; hour < 5; hour++) {
            book.closeHour();
        }

        assertThat(book.interval(0, HOUR, 2 * HOUR, 5))
                .as("on the settled boundary")
                .isEqualTo(LATE);
        assertThat(book.interval(1, HOUR, 2 * HOUR, 5)).isEqualTo(LATE);
        assertThat(book.interval(0, 0, HOUR / 2, 10)).as("known, but forgotten").isEqualTo(LATE);
        assertThat(book.interval(0, HOUR / 4, 3 * HOUR, 5)).isEqualTo(LATE);
        assertThat(book.interval(0, HOUR, 2 * HOUR + 1, 5)).isEqualTo(RESTATES);
    }

    @Test
    void an_interval_of_less_than_no_energy_or_no_time_is_refused() {
        assertThat(book.interval(0, 0, HOUR, -1)).isEqualTo(REFUSED);
        assertThat(book.interval(0, HOUR, HOUR, 1)).isEqualTo(REFUSED);
        assertThat(book.interval(0, HOUR + 1, HOUR, 1)).isEqualTo(REFUSED);
    }

    private static MeterSpec meter(String name) {
        return new MeterSpec(name, 4_294_967_296_000L, 140_000, Duration.ofSeconds(1), 1);
    }
}
