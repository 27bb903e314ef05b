package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.energy.Crossing.Mark;
import io.hallwatt.aggregate.energy.Track.Knot;
import io.hallwatt.contract.RegisterNote;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrackTest {
    private static final long EVER = Long.MAX_VALUE;

    private final Track track = new Track(null);

    @Test
    void a_boundary_lies_between_the_last_reading_before_it_and_the_first_at_or_after_it() {
        read(100, 10);
        read(200, 110);
        read(300, 120);

        assertThat(track.crossing(150)).isEqualTo(new Crossing(150, 60, mark(100, 10), mark(200, 110), Stretch.READ));
        assertThat(track.crossing(200)).isEqualTo(new Crossing(200, 110, mark(100, 10), mark(200, 110), Stretch.READ));
        assertThat(track.crossing(100)).isEqualTo(new Crossing(100, 10, null, mark(100, 10), Stretch.READ));
        assertThat(track.crossing(301)).isEqualTo(new Crossing(301, 120, mark(300, 120), null, Stretch.READ));
        assertThat(track.newestEnergy()).isEqualTo(120);
    }

    @Test
    void an_empty_track_knows_nothing() {
        assertThat(track.newestEnergy()).isZero();
        assertThat(track.crossing(0)).isEqualTo(new Crossing(0, 0, null, null, Stretch.READ));
        assertThat(track.decided(0)).isEqualTo(EVER);
        assertThat(track.after(0)).isNull();
    }

    @Test
    void how_a_stretch_is_known_is_said_by_the_reading_at_its_end() {
        read(100, 10);
        bridge(200, 110, Stretch.BRIDGED, 210);
        read(300, 120);

        assertThat(track.crossing(150).stretch()).isEqualTo(Stretch.BRIDGED);
        assertThat(track.crossing(250).stretch()).isEqualTo(Stretch.READ);
        assertThat(track.crossing(350).stretch()).isEqualTo(Stretch.READ);
    }

    @Test
    void before_the_first_reading_there_is_no_stretch() {
        bridge(200, 110, Stretch.BRIDGED, 210);

        assertThat(track.crossing(150).stretch()).isEqualTo(Stretch.READ);
    }

    @Test
    void the_reading_after_a_time_is_strictly_after_it() {
        read(100, 10);
        bridge(200, 110, Stretch.BRIDGED, 210);

        assertThat(track.after(99)).isEqualTo(new Track.Step(mark(100, 10), Stretch.READ));
        assertThat(track.after(100)).isEqualTo(new Track.Step(mark(200, 110), Stretch.BRIDGED));
        assertThat(track.after(200)).isNull();
    }

    @Test
    void what_comes_first_after_a_boundary_is_decided_by_the_reading_that_accepted_it() {
        read(100, 10);
        bridge(200, 110, Stretch.BRIDGED, 210);

        assertThat(track.decided(100)).isEqualTo(100);
        assertThat(track.decided(101)).isEqualTo(210);
        assertThat(track.decided(201)).isEqualTo(EVER);
    }

    @Test
    void energy_bridged_wholly_inside_a_window_adds_up() {
        read(100, 10);
        bridge(200, 40, Stretch.BRIDGED, 210);
        read(210, 50);
        bridge(300, 120, Stretch.BRIDGED_IN_PART, 310);

        assertThat(track.bridged(100, 300, EVER)).isEqualTo(30 + 70);
        assertThat(track.bridged(101, 300, EVER)).as("the first starts before").isEqualTo(70);
        assertThat(track.bridged(100, 299, EVER)).as("the second ends after").isEqualTo(30);
        assertThat(track.bridged(100, 300, 310))
                .as("the second is not decided yet")
                .isEqualTo(30);
    }

    @Test
    void a_bridge_with_power_missing_is_told_of_the_window_that_holds_it() {
        read(100, 10);
        bridge(200, 40, Stretch.BRIDGED, 210);
        bridge(300, 120, Stretch.BRIDGED_IN_PART, 310);

        assertThat(track.bridgedInPart(100, 200, EVER)).isFalse();
        assertThat(track.bridgedInPart(200, 300, EVER)).isTrue();
        assertThat(track.bridgedInPart(201, 300, EVER)).isFalse();
        assertThat(track.bridgedInPart(200, 299, EVER)).isFalse();
        assertThat(track.bridgedInPart(200, 300, 310)).isFalse();
        assertThat(track.bridgedInPart(200, 300, 311)).isTrue();
    }

    @Test
    void notes_are_counted_from_the_start_to_before_the_end_and_added_to_what_is_there() {
        track.note(RegisterNote.METER_RESET, 99);
        track.note(RegisterNote.METER_RESET, 100);
        track.note(RegisterNote.METER_RESET, 150);
        track.note(RegisterNote.METER_JUMPED, 199);
        track.note(RegisterNote.METER_JUMPED, 200);
        Map<RegisterNote, Integer> counts = new EnumMap<>(RegisterNote.class);
        counts.put(RegisterNote.METER_RESET, 5);

        track.countNotes(100, 200, counts);

        assertThat(counts)
                .containsOnly(Map.entry(RegisterNote.METER_RESET, 7), Map.entry(RegisterNote.METER_JUMPED, 1));
    }

    @Test
    void one_that_is_not_wanted_keeps_nothing() {
        Track.untold().accept(new RegisterPoint(100, 10), 10, Stretch.READ, 100);
        Track.untold().note(RegisterNote.METER_RESET, 100);
        Map<RegisterNote, Integer> counts = new EnumMap<>(RegisterNote.class);
        Track.untold().countNotes(0, EVER, counts);

        assertThat(Track.untold().newestEnergy()).isZero();
        assertThat(counts).isEmpty();
    }

    @Test
    void the_line_starts_anew_from_a_settled_boundary_that_it_does_not_meet() {
        Track settled = settled(new Knot(150, 10));

        assertThat(settled.crossing(200).energy())
                .as("50 of 150 ms from (150, 10) to (300, 160)")
                .isEqualTo(60);
        assertThat(settled.crossing(200).left()).isEqualTo(new Mark(150, 10, 10));
    }

    @Test
    void the_line_goes_on_through_a_settled_boundary_that_it_meets() {
        Track settled = settled(new Knot(150, 47));

        assertThat(settled.crossing(200).energy()).isEqualTo(85);
        assertThat(settled.crossing(200).left()).isEqualTo(mark(100, 10));
    }

    @Test
    void a_line_that_began_at_a_settled_boundary_goes_on_through_the_next_one_that_it_meets() {
        Track settled = settled(new Knot(150, 10));

        Track next = settled(settled.settle(settled.crossing(161)));

        assertThat(next.crossing(161)).isEqualTo(settled.crossing(161));
        assertThat(next.crossing(200).left()).isEqualTo(new Mark(150, 10, 10));
        Track third = settled(next.settle(next.crossing(180)));
        assertThat(third.crossing(200).left()).isEqualTo(new Mark(150, 10, 10));
    }

    @Test
    void a_line_that_began_at_a_settled_boundary_starts_anew_from_the_next_one_that_it_does_not_meet() {
        Track settled = settled(new Knot(161, 30, new Knot(150, 10)));

        assertThat(settled.crossing(200).left()).isEqualTo(new Mark(161, 30, 10));
    }

    @Test
    void a_reading_after_the_settled_boundary_has_nothing_to_do_with_it() {
        assertThat(settled(new Knot(100, 5)).crossing(200).left()).isEqualTo(mark(100, 10));
        assertThat(settled(new Knot(99, 5)).crossing(200).left()).isEqualTo(mark(100, 10));
    }

    @Test
    void while_no_reading_follows_the_settled_boundarys_energy_stands() {
        Track settled = new Track(new Knot(150, 30));
        settled.accept(new RegisterPoint(100, 10), 10, Stretch.READ, 100);

        assertThat(settled.crossing(200).energy()).isEqualTo(30);
    }

    private static Track settled(Knot knot) {
        Track settled = new Track(knot);
        settled.accept(new RegisterPoint(100, 10), 10, Stretch.READ, 100);
        settled.accept(new RegisterPoint(300, 160), 160, Stretch.READ, 300);
        return settled;
    }

    private void read(long at, long energy) {
        track.accept(new RegisterPoint(at, energy), energy, Stretch.READ, at);
    }

    private void bridge(long at, long energy, Stretch stretch, long decided) {
        track.accept(new RegisterPoint(at, energy), energy, stretch, decided);
    }

    private static Mark mark(long at, long energy) {
        return new Mark(at, energy, energy);
    }
}
