package io.hallwatt.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.Window;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CatchUpTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

    private final CatchUp catchUp = new CatchUp();

    @Test
    void before_the_first_window_nothing_is_known_and_nothing_kept_back() {
        assertThat(catchUp.goesOn(NOW)).isFalse();
        catchUp.look(NOW);
        assertThat(catchUp.goesOn(NOW)).isFalse();
    }

    @Test
    void windows_of_the_last_half_minute_are_the_present() {
        catchUp.judges(second(NOW.minusSeconds(30)), NOW);
        assertThat(catchUp.goesOn(NOW)).isFalse();
        catchUp.judges(second(NOW.minusSeconds(31)), NOW);
        assertThat(catchUp.goesOn(NOW)).isTrue();
    }

    @Test
    void it_goes_on_as_long_as_two_seconds_are_read_in_one() {
        catchUp.judges(second(NOW.minusSeconds(600)), NOW);
        Instant later = NOW.plus(CatchUp.LOOK);
        catchUp.judges(second(later.minusSeconds(595)), later);
        assertThat(catchUp.goesOn(later)).isTrue();
        Instant slower = later.plus(CatchUp.LOOK);
        catchUp.judges(second(slower.minusSeconds(591)), slower);
        assertThat(catchUp.goesOn(slower)).isFalse();
    }

    @Test
    void where_no_window_comes_any_more_it_is_over_with_the_next_look() {
        catchUp.judges(second(NOW.minusSeconds(600)), NOW);
        catchUp.look(NOW.plus(CatchUp.LOOK).minusMillis(1));
        assertThat(catchUp.goesOn(NOW)).isTrue();
        catchUp.look(NOW.plus(CatchUp.LOOK));
        assertThat(catchUp.goesOn(NOW)).isFalse();
    }

    @Test
    void a_quarter_hour_comes_later_than_a_second() {
        Instant end = Instant.parse("2026-01-15T11:45:00Z");
        Window quarter = new Window(end.minus(Duration.ofMinutes(15)), Resolution.QUARTER);
        catchUp.judges(quarter, end.plusSeconds(150));
        assertThat(catchUp.goesOn(end.plusSeconds(150))).isFalse();
        catchUp.judges(quarter, end.plusSeconds(151));
        assertThat(catchUp.goesOn(end.plusSeconds(151))).isTrue();
    }

    private static Window second(Instant end) {
        return new Window(end.minusSeconds(1), Resolution.SECOND);
    }
}
