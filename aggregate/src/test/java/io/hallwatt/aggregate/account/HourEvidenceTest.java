package io.hallwatt.aggregate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.EnergyHour.OffsetRange;
import org.junit.jupiter.api.Test;

class HourEvidenceTest {
    private static final long HOUR = 3_600_000;
    private static final long MINUTE = 60_000;

    private final HourEvidence evidence = new HourEvidence("rack.readings");

    @Test
    void an_hour_knows_how_many_readings_it_has_from_when_to_when_and_at_which_offsets() {
        evidence.add(HOUR + 30, 2, 71);
        evidence.add(HOUR + 10, 0, 500);
        evidence.add(HOUR + 20, 2, 70);
        evidence.add(2 * HOUR - 1, 2, 75);

        assertThat(evidence.readings(HOUR)).isEqualTo(4);
        assertThat(evidence.firstAt(HOUR)).isEqualTo(HOUR + 10);
        assertThat(evidence.lastAt(HOUR)).isEqualTo(2 * HOUR - 1);
        assertThat(evidence.offsets(HOUR))
                .containsExactly(
                        new OffsetRange("rack.readings", 0, 500, 500), new OffsetRange("rack.readings", 2, 70, 75));
    }

    @Test
    void an_hour_without_a_reading_has_none() {
        assertThat(evidence.newestHour()).isEqualTo(Long.MIN_VALUE);
        evidence.add(HOUR, 0, 1);

        assertThat(evidence.readings(0)).isZero();
        assertThat(evidence.offsets(0)).isEmpty();
        assertThat(evidence.readings(2 * HOUR)).isZero();
        assertThat(evidence.newestHour()).isEqualTo(HOUR);
    }

    @Test
    void the_minutes_beside_an_hour_are_known_apart_from_the_rest_of_its_neighbours() {
        evidence.add(10 * MINUTE, 0, 1);
        evidence.add(HOUR - MINUTE, 0, 2);
        evidence.add(HOUR, 0, 3);
        evidence.add(2 * HOUR - 1, 0, 4);
        evidence.add(2 * HOUR, 0, 5);
        evidence.add(2 * HOUR + MINUTE, 0, 6);

        assertThat(evidence.offsets(HOUR)).containsExactly(range(3, 4));
        assertThat(evidence.offsets(HOUR - 10, 2 * HOUR + 10)).containsExactly(range(2, 5));
        assertThat(evidence.offsets(HOUR - MINUTE - 1, 2 * HOUR - 1)).containsExactly(range(1, 4));
        assertThat(evidence.offsets(HOUR, 2 * HOUR + MINUTE)).containsExactly(range(3, 6));
    }

    private static OffsetRange range(long from, long to) {
        return new OffsetRange("rack.readings", 0, from, to);
    }

    @Test
    void hours_that_cannot_be_restated_are_forgotten_and_others_are_not() {
        evidence.add(0, 0, 1);
        evidence.add(HOUR, 0, 2);

        evidence.forgetBefore(HOUR);

        assertThat(evidence.readings(0)).isZero();
        assertThat(evidence.offsets(0)).isEmpty();
        assertThat(evidence.readings(HOUR)).isEqualTo(1);
        assertThat(evidence.offsets(HOUR)).hasSize(1);
    }

    @Test
    void comes_back_as_it_was_written() {
        evidence.add(HOUR + 30, 2, 71);
        evidence.add(HOUR + 10, 0, 500);
        evidence.add(2 * HOUR, 0, 501);
        StateWriter out = new StateWriter(1);
        evidence.write(out);

        HourEvidence read = new HourEvidence("rack.readings");
        read.read(new StateReader(out.toBytes(), 1));

        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("current", "currentPartition", "currentRange")
                .isEqualTo(evidence);
        assertThat(read.readings(HOUR)).isEqualTo(2);
    }
}
