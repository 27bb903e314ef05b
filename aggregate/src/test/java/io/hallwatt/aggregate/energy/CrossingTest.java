package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.energy.Crossing.Mark;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CrossingTest {
    private static final long GAP = 100;

    @Test
    void energy_is_interpolated_between_the_readings_around_the_boundary() {
        assertThat(crossing(130, mark(100, 10), mark(200, 110)).energy()).isEqualTo(40);
        assertThat(crossing(200, mark(100, 10), mark(200, 110)).energy()).isEqualTo(110);
    }

    @Test
    void nothing_is_extrapolated() {
        assertThat(crossing(130, mark(100, 10), null).energy()).isEqualTo(10);
        assertThat(crossing(130, null, mark(200, 110)).energy()).isEqualTo(110);
        assertThat(crossing(130, null, null).energy()).isZero();
    }

    @Test
    void is_known_by_readings_on_both_sides_or_by_one_on_the_boundary() {
        assertThat(crossing(130, mark(100, 10), mark(200, 110)).known()).isTrue();
        assertThat(crossing(200, null, mark(200, 110)).known()).isTrue();
        assertThat(crossing(130, null, mark(200, 110)).known()).isFalse();
        assertThat(crossing(130, mark(100, 10), null).known()).isFalse();
        assertThat(crossing(130, null, null).known()).isFalse();
    }

    @Test
    void a_stretch_longer_than_the_gap_is_known_in_total_only() {
        assertThat(crossing(130, mark(100, 0), mark(200, 1)).spread(GAP)).isFalse();
        assertThat(crossing(130, mark(100, 0), mark(201, 1)).spread(GAP)).isTrue();
    }

    @Test
    void nothing_is_spread_over_a_boundary_that_was_read_or_that_has_readings_on_one_side_only() {
        assertThat(crossing(201, mark(100, 0), mark(201, 1)).spread(GAP)).isFalse();
        assertThat(crossing(130, null, mark(201, 1)).spread(GAP)).isFalse();
        assertThat(crossing(130, mark(0, 0), null).spread(GAP)).isFalse();
    }

    @Test
    void what_is_bridged_by_power_is_known_in_total_only_however_short() {
        assertThat(bridged(130, Stretch.BRIDGED).spread(GAP)).isTrue();
        assertThat(bridged(130, Stretch.BRIDGED_IN_PART).spread(GAP)).isTrue();
        assertThat(bridged(150, Stretch.BRIDGED).spread(GAP)).isFalse();
    }

    @Test
    void between_short_stretches_nothing_is_estimated() {
        Crossing from = crossing(100, mark(90, 0), mark(110, 20));
        Crossing to = crossing(1_000, mark(990, 400), mark(1_010, 420));

        assertThat(from.until(to)).isEqualTo(400);
        assertThat(from.estimatedUntil(to, 0, GAP)).isZero();
        assertThat(from.estimatedUntil(to, 30, GAP)).isEqualTo(30);
        assertThat(from.estimatedUntil(to, 500, GAP))
                .as("never more than there is")
                .isEqualTo(400);
    }

    @Test
    void what_a_long_stretch_brings_over_the_start_is_estimated() {
        Crossing from = crossing(100, mark(0, 0), mark(200, 200));
        Crossing to = crossing(1_000, mark(990, 400), mark(1_010, 420));

        assertThat(from.estimatedUntil(to, 7, GAP)).isEqualTo(100 + 7);
    }

    @Test
    void what_a_long_stretch_takes_over_the_end_is_estimated() {
        Crossing from = crossing(100, mark(90, 0), mark(110, 20));
        Crossing to = crossing(1_000, mark(900, 400), mark(1_100, 600));

        assertThat(from.estimatedUntil(to, 7, GAP)).isEqualTo(100 + 7);
    }

    @Test
    void where_one_long_stretch_goes_over_both_ends_all_is_estimated() {
        Mark left = mark(0, 0);
        Mark right = mark(2_000, 2_000);

        assertThat(crossing(100, left, right).estimatedUntil(crossing(1_000, left, right), 0, GAP))
                .isEqualTo(900);
        assertThat(crossing(100, left, right).estimatedUntil(crossing(2_000, left, right), 0, GAP))
                .as("it ends on the end")
                .isEqualTo(1_900);
        assertThat(crossing(0, mark(-1, 0), left).estimatedUntil(crossing(1_000, left, right), 0, GAP))
                .as("it starts on the start")
                .isEqualTo(1_000);
    }

    @Test
    void is_whole_where_both_ends_are_known_and_no_bridge_is_in_part() {
        Crossing known = crossing(100, mark(90, 0), mark(110, 20));
        Crossing end = crossing(150, mark(140, 30), mark(160, 40));

        assertThat(known.wholeUntil(end, false)).isTrue();
        assertThat(known.wholeUntil(end, true)).isFalse();
        assertThat(known.wholeUntil(crossing(150, mark(140, 30), null), false)).isFalse();
        assertThat(crossing(100, null, mark(110, 20)).wholeUntil(end, false)).isFalse();
        assertThat(known.wholeUntil(bridged(130, Stretch.BRIDGED), false)).isTrue();
        assertThat(known.wholeUntil(bridged(130, Stretch.BRIDGED_IN_PART), false))
                .isFalse();
        assertThat(bridged(130, Stretch.BRIDGED_IN_PART).wholeUntil(end, false)).isFalse();
        assertThat(known.wholeUntil(bridged(150, Stretch.BRIDGED_IN_PART), false))
                .as("the bridge ends here: it is inside")
                .isTrue();
    }

    @Test
    void a_settled_boundary_keeps_its_energy_and_its_readings() {
        Crossing crossing = crossing(130, mark(100, 10), mark(200, 110));

        assertThat(crossing.frozenAt(33)).isEqualTo(new Crossing(130, 33, mark(100, 10), mark(200, 110), Stretch.READ));
    }

    private static Crossing bridged(long boundary, Stretch stretch) {
        return Crossing.between(boundary, mark(120, 20), mark(150, 50), stretch);
    }

    private static Crossing crossing(long boundary, @Nullable Mark left, @Nullable Mark right) {
        return Crossing.between(boundary, left, right, Stretch.READ);
    }

    private static Mark mark(long at, long energy) {
        return new Mark(at, energy, energy);
    }
}
