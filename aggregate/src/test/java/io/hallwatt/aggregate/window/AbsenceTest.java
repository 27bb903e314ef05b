package io.hallwatt.aggregate.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AbsenceTest {
    private static final long STARTED = 1_000_000;

    private final Absence absence = new Absence(STARTED);

    @Test
    void a_hole_from_before_the_start_to_the_first_reading_after_it_is_one_and_ends_once() {
        absence.knownUntil(STARTED - 13_000);

        assertThat(absence.ends(STARTED + 2_000)).isTrue();
        assertThat(absence.ends(STARTED + 60_000)).isFalse();
        assertThat(absence.endsInSilence()).isFalse();
    }

    @Test
    void what_was_left_to_read_is_no_hole_and_the_hole_begins_behind_it() {
        absence.knownUntil(STARTED - 13_000);

        assertThat(absence.ends(STARTED - 12_500)).isFalse();
        assertThat(absence.ends(STARTED - 11_000)).isFalse();
        assertThat(absence.ends(STARTED + 2_000)).isTrue();
    }

    @Test
    void where_others_went_on_while_this_stage_stood_still_there_is_none() {
        absence.knownUntil(STARTED - 13_000);

        for (long at = STARTED - 12_000; at <= STARTED + 20_000; at += 1_000) {
            assertThat(absence.ends(at)).isFalse();
        }
    }

    @Test
    void one_of_less_than_five_seconds_is_none() {
        absence.knownUntil(STARTED - 2_000);

        assertThat(absence.ends(STARTED + 2_999)).isFalse();
    }

    @Test
    void a_first_start_ends_none() {
        assertThat(absence.ends(STARTED + 8_000)).isFalse();
        assertThat(new Absence(STARTED).endsInSilence()).isFalse();
    }

    @Test
    void silence_after_the_start_is_counted_from_the_start_on() {
        absence.knownUntil(STARTED - 13_000);

        assertThat(absence.endsInSilence()).isTrue();
        assertThat(absence.endsInSilence()).isFalse();
        assertThat(absence.ends(STARTED + 30_000)).isFalse();
    }
}
