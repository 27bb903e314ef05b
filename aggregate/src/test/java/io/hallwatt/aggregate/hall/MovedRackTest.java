package io.hallwatt.aggregate.hall;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.rack.RackReports;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Sites;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What ADR 8 says of a rack that is moved from one hall to another, to the milliwatt-hour: each hall's book knows its own readings alone. */
class MovedRackTest {
    private static final int MINUTE = 60_000;

    private final Taken old = new Taken();
    private final Taken other = new Taken();

    /** The rack that moves is r001, the other hall's own is r002; each feed gives 100 mWh a minute. */
    @Test
    void a_rack_moved_for_good_loses_what_flowed_between_its_readings_in_either_hall() {
        HallWindows from = old.begun(hall("h01", 15, "r001"), false);
        HallWindows to = other.begun(hall("h02", 15, "r002"), false);
        say(from, "h01", "r001", 0, 15);
        say(to, "h02", "r002", 0, 15);
        from.apply(hall("h01", 15, "r009"));
        to.apply(hall("h02", 15, "r001..r002"));
        say(to, "h02", "r002", 30, 45, 60);
        say(to, "h02", "r001", 30, 45, 60);
        from.end();
        to.end();

        assertThat(old.total()).isEqualTo(2 * 15 * 100);
        assertThat(other.total()).isEqualTo(2 * 60 * 100 + 2 * 30 * 100);
        assertThat(hour(old, "h01").metersExpected()).as("nothing says so").isZero();
        assertThat(hour(other, "h02").metersExpected()).isEqualTo(2);
        assertThat(hour(other, "h02").metersComplete()).isEqualTo(2);
    }

    @Test
    void a_rack_that_comes_back_within_the_hour_has_its_absence_in_both_halls_and_nothing_says_so() {
        HallWindows from = old.begun(hall("h01", 1, "r001"), false);
        HallWindows to = other.begun(hall("h02", 1, "r009"), false);
        for (int minute = 0; minute <= 10; minute++) {
            say(from, "h01", "r001", minute);
        }
        from.apply(hall("h01", 1, "r009"));
        to.apply(hall("h02", 1, "r001"));
        for (int minute = 11; minute <= 29; minute++) {
            say(to, "h02", "r001", minute);
        }
        from.apply(hall("h01", 1, "r001"));
        to.apply(hall("h02", 1, "r009"));
        for (int minute = 30; minute <= 60; minute++) {
            say(from, "h01", "r001", minute);
        }
        from.end();
        to.end();

        assertThat(hour(old, "h01").measuredMilliwattHours()).isEqualTo(2 * 60 * 100);
        assertThat(hour(old, "h01").estimatedMilliwattHours()).isZero();
        assertThat(hour(other, "h02").measuredMilliwattHours()).as("again").isEqualTo(2 * 18 * 100);
    }

    private static EnergyHour hour(Taken taken, String hall) {
        return taken.hour("hall/" + hall + "/it");
    }

    private static Hall hall(String hall, int minutes, String racks) {
        return Sites.site("small")
                .halls(hall, h -> h.every(Duration.ofMinutes(minutes)).racks(racks))
                .build()
                .halls()
                .getFirst();
    }

    private static void say(HallWindows windows, String hall, String rack, int... minutes) {
        for (int minute : minutes) {
            long at = Taken.START + minute * (long) MINUTE;
            windows.rack(RackReports.of(Readings.rack(hall, rack, at, minute, 10, minute * 100L, 22)), 0, minute);
        }
    }
}
