package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.hall.Taken.START;
import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.rack.RackReports;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Sites;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a hall's windows are closed, and what becomes of readings before and after: two racks and a unit that speak every second. */
class HallClosingTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;

    private final Taken taken = new Taken();
    private final Map<String, List<Long>> numbers = new HashMap<>();

    @Test
    void a_second_is_closed_when_all_have_spoken_past_its_end() {
        HallWindows hall = live();
        all(hall, 0);
        rack(hall, "r001", 1_000);
        rack(hall, "r002", 1_000);
        assertThat(seconds()).isEmpty();

        unit(hall, 1_000);

        assertThat(seconds()).containsExactly(0L);
        assertThat(hall.closedUntil()).isEqualTo(START + 1_000);
    }

    @Test
    void a_racks_reading_counts_once_is_late_once_and_else_is_a_copy() {
        HallWindows hall = live();
        assertThat(hall.closedUntil()).isEqualTo(NEVER);
        assertThat(rack(hall, "r001", 0)).isEqualTo(Outcome.COUNTED);
        assertThat(rack(hall, "r001", 0)).isEqualTo(Outcome.DUPLICATE);
        assertThat(rack(hall, "r009", 0)).isEqualTo(Outcome.UNKNOWN_DEVICE);
        hall.closeThrough(START + 5_000);

        assertThat(rack(hall, "r001", 0)).isEqualTo(Outcome.DUPLICATE);
        assertThat(rack(hall, "r001", 4_999)).isEqualTo(Outcome.LATE);
        assertThat(hall.devices.clock.seen(0, START + 4_999, number("r001", 4_999)))
                .as("heard of")
                .isTrue();
        assertThat(rack(hall, "r001", 4_999)).isEqualTo(Outcome.DUPLICATE);
        assertThat(rack(hall, "r001", 5_000)).isEqualTo(Outcome.COUNTED);
        assertThat(hall.registersMilliwattHours()).isEqualTo(2 * 5_000);
    }

    @Test
    void a_units_reading_counts_once_is_late_once_and_else_is_a_copy() {
        HallWindows hall = live();
        assertThat(unit(hall, 0)).isEqualTo(Outcome.COUNTED);
        assertThat(unit(hall, 0)).isEqualTo(Outcome.DUPLICATE);
        assertThat(hall.cooling(Readings.unit("h01", "crah-9", START, 0, 5_000, 0, CoolingState.RUNNING), 0, 0))
                .isEqualTo(Outcome.UNKNOWN_DEVICE);
        hall.closeThrough(START + 5_000);

        assertThat(unit(hall, 0)).isEqualTo(Outcome.DUPLICATE);
        assertThat(unit(hall, 4_999)).isEqualTo(Outcome.LATE);
        assertThat(hall.devices.clock.seen(2, START + 4_999, number("crah-1", 4_999)))
                .as("heard of")
                .isTrue();
        assertThat(unit(hall, 4_999)).isEqualTo(Outcome.DUPLICATE);
        assertThat(unit(hall, 5_000)).isEqualTo(Outcome.COUNTED);
        assertThat(hall.registersMilliwattHours()).isEqualTo(5_000);
    }

    @Test
    void a_reading_before_any_second_is_closed_lets_seconds_close_as_it_comes() {
        HallWindows hall = live();
        rack(hall, "r001", 0);
        unit(hall, 3_000);
        assertThat(seconds()).as("one alone is not believed").isEmpty();
        rack(hall, "r001", 3_000);
        assertThat(seconds()).as("a whole grace later").startsWith(0L);

        taken.metrics.clear();
        HallWindows other = live();
        unit(other, 0);
        rack(other, "r002", 3_000);
        unit(other, 3_000);
        assertThat(seconds()).startsWith(0L);
    }

    @Test
    void live_seconds_in_which_nobody_speaks_are_closed_too_up_to_a_minute_of_them() {
        HallWindows hall = live();
        all(hall, 0);
        all(hall, 1_000);
        assertThat(seconds()).containsExactly(0L);

        all(hall, 61_000);
        all(hall, 62_000);

        assertThat(seconds()).hasSize(62).contains(1_000L, 2_000L, 60_000L, 61_000L);
    }

    @Test
    void a_longer_hole_is_passed_over() {
        HallWindows hall = live();
        all(hall, 0);
        all(hall, 1_000);
        hall.closeThrough(START + 2_000);

        all(hall, 63_001);
        all(hall, 64_001);

        assertThat(seconds()).containsExactly(0L, 1_000L, 63_000L);
    }

    @Test
    void a_hole_in_which_nobody_listened_is_passed_over_however_short_and_whoever_was_heard_may_speak_again() {
        HallWindows hall = live();
        all(hall, 0);
        all(hall, 1_000);
        rack(hall, "r001", 2_000);

        hall.away(START + 15_400);
        rack(hall, "r001", 15_900);
        rack(hall, "r001", 16_900);
        hall.closeThrough(START + 19_000);

        assertThat(seconds()).containsExactly(0L, 1_000L, 2_000L, 15_000L, 16_000L, 17_000L, 18_000L);
        assertThat(taken.between(START + 15_000, START + 16_000)
                        .getFirst()
                        .quantities()
                        .value(Metric.HALL_RACKS_SILENT))
                .as("r002 was heard before")
                .hasValue(0);
        assertThat(taken.between(START + 18_000, START + 19_000)
                        .getFirst()
                        .quantities()
                        .value(Metric.HALL_RACKS_SILENT))
                .as("r002 has had its three intervals")
                .hasValue(1);
    }

    @Test
    void a_hall_that_was_never_heard_and_one_that_left_are_away_for_nobody() {
        HallWindows hall = live();
        hall.away(START + 15_000);
        assertThat(hall.closedUntil()).isEqualTo(NEVER);

        all(hall, 0);
        hall.leave();
        hall.away(START + 15_000);

        assertThat(seconds()).isEmpty();
    }

    @Test
    void that_units_have_spoken_says_nothing_of_racks_that_are_still_to_be_read() {
        HallWindows hall = live();
        all(hall, 0);
        all(hall, 1_000);
        hall.racksRead(START + 1_000);
        for (long at = 2_000; at <= 9_000; at += 1_000) {
            unit(hall, at);
        }
        assertThat(seconds()).containsExactly(0L);

        for (long at = 2_000; at <= 9_000; at += 1_000) {
            hall.racksRead(START + at);
            assertThat(rack(hall, "r001", at)).isEqualTo(Outcome.COUNTED);
            assertThat(rack(hall, "r002", at)).isEqualTo(Outcome.COUNTED);
        }

        assertThat(seconds()).hasSize(9);
    }

    @Test
    void in_a_past_seconds_in_which_nobody_speaks_are_none() {
        HallWindows hall = hall(model(1), false);
        all(hall, 0);
        all(hall, 5_000);
        all(hall, 6_000);

        assertThat(seconds()).containsExactly(0L, 5_000L);
    }

    @Test
    void a_hall_of_which_nothing_was_heard_is_awaited_from_a_time_on() {
        HallWindows hall = live();
        hall.closeThrough(START + 5_000);
        assertThat(seconds()).isEmpty();

        hall.await(START + 5_300, START);
        assertThat(hall.closedUntil()).isEqualTo(START + 5_000);
        hall.await(START + 9_000, START);
        assertThat(hall.closedUntil()).as("awaited already").isEqualTo(START + 5_000);
        hall.closeThrough(START + 7_999);

        assertThat(seconds()).containsExactly(5_000L, 6_000L);
        assertThat(taken.metrics.getFirst().completeness()).isZero();
    }

    @Test
    void a_hall_that_was_heard_is_awaited_already() {
        HallWindows hall = live();
        rack(hall, "r001", 0);

        hall.await(START + 5_000, START);

        assertThat(hall.closedUntil()).isEqualTo(NEVER);
    }

    @Test
    void the_wall_clock_closes_a_minute_of_silence_second_by_second_and_passes_over_more() {
        HallWindows hall = live();
        hall.await(START, START);
        hall.closeThrough(START + MINUTE);
        assertThat(seconds()).hasSize(60);
        taken.metrics.clear();

        hall.closeThrough(START + 2 * MINUTE + 1_500);

        assertThat(seconds()).containsExactly(2 * MINUTE);
        assertThat(hall.closedUntil()).isEqualTo(START + 2 * MINUTE + 1_000);
    }

    @Test
    void a_minute_is_closed_one_and_a_half_intervals_behind_its_end() {
        HallWindows hall = live();
        all(hall, 59_000);
        hall.closeThrough(START + 61_000);
        assertThat(taken.minutes()).isEmpty();
        hall.closeThrough(START + 62_000);
        assertThat(taken.minutes()).hasSize(1);
    }

    @Test
    void racks_that_speak_seldom_are_waited_for_15_seconds_at_most() {
        assertThat(minuteClosedAfter(4)).isEqualTo(6);
        assertThat(minuteClosedAfter(10)).isEqualTo(15);
        assertThat(minuteClosedAfter(60)).isEqualTo(90);
    }

    /** Seconds behind a minute's end after which it is closed, where racks and units speak so seldom. */
    private long minuteClosedAfter(int interval) {
        taken.metrics.clear();
        numbers.clear();
        HallWindows hall = hall(model(interval), true);
        all(hall, 59_000);
        long seconds = 0;
        while (taken.minutes().isEmpty()) {
            seconds++;
            hall.closeThrough(START + MINUTE + seconds * 1_000);
        }
        return seconds;
    }

    @Test
    void a_quarter_is_closed_with_its_last_minute_and_its_hour_a_ledger_grace_later() {
        HallWindows hall = live();
        for (long at = 0; at <= HOUR; at += 30_000) {
            all(hall, at);
            hall.closeThrough(START + at + 1_000);
        }
        assertThat(quarters()).isEqualTo(3);
        hall.closeThrough(START + HOUR + 2_000);
        assertThat(quarters()).isEqualTo(4);

        all(hall, 2 * HOUR - 1_000);
        hall.closeThrough(START + 2 * HOUR - 500);
        assertThat(taken.hours).isEmpty();
        all(hall, 2 * HOUR);
        hall.closeThrough(START + 2 * HOUR + 1_000);
        assertThat(taken.hours).hasSize(2);
    }

    @Test
    void a_late_reading_of_a_closed_hour_restates_it_with_the_wall_clocks_next_look() {
        HallWindows hall = live();
        all(hall, 0);
        all(hall, 30 * MINUTE);
        hall.closeThrough(START + 2 * HOUR + MINUTE);
        assertThat(taken.hour("hall/h01/cooling").totalMilliwattHours()).isEqualTo(30 * MINUTE);

        assertThat(unit(hall, 40 * MINUTE)).isEqualTo(Outcome.LATE);
        assertThat(rack(hall, "r001", 40 * MINUTE)).isEqualTo(Outcome.LATE);
        hall.closeThrough(START + 2 * HOUR + MINUTE);

        assertThat(taken.hour("hall/h01/cooling").revision()).isEqualTo(1);
        assertThat(taken.hour("hall/h01/cooling").totalMilliwattHours()).isEqualTo(40 * MINUTE);
        assertThat(taken.hour("hall/h01/it").revision()).isEqualTo(1);
    }

    @Test
    void at_the_end_all_is_closed_and_what_comes_next_starts_anew() {
        HallWindows hall = live();
        all(hall, 0);
        all(hall, 10_000);

        hall.end();

        assertThat(taken.minutes()).hasSize(1);
        assertThat(quarters()).isEqualTo(1);
        assertThat(taken.hours).hasSize(2);
        assertThat(hall.devices.clock.newest()).isEqualTo(NEVER);
        assertThat(hall.time.held.until()).isEqualTo(NEVER);
        assertThat(hall.openMilliwattHours()).isZero();
    }

    @Test
    void a_hall_that_left_closes_what_was_begun_and_nothing_after_it() {
        HallWindows hall = live();
        all(hall, 0);
        all(hall, 10_000);
        assertThat(hall.left()).isFalse();

        hall.leave();
        assertThat(hall.left()).isTrue();
        assertThat(hall.devices.clock.expected(0)).isFalse();
        assertThat(hall.devices.clock.expected(2)).isFalse();
        assertThat(rack(hall, "r001", 11_000)).isEqualTo(Outcome.UNKNOWN_DEVICE);
        assertThat(unit(hall, 11_000)).isEqualTo(Outcome.UNKNOWN_DEVICE);
        hall.closeThrough(START + 10_999);
        assertThat(seconds()).doesNotContain(10_000L);
        hall.closeThrough(START + 11_000);
        assertThat(seconds()).contains(10_000L);
        int before = seconds().size();

        hall.closeThrough(START + 3 * HOUR);
        hall.closeThrough(START + 4 * HOUR);

        assertThat(seconds()).hasSize(before);
        assertThat(taken.minutes()).hasSize(1);
        assertThat(quarters()).isEqualTo(1);
        assertThat(taken.hours).hasSize(2);
        assertThat(hall.time.held.until()).isEqualTo(NEVER);

        hall.apply(model(1));
        assertThat(hall.left()).isFalse();
        assertThat(rack(hall, "r001", 4 * HOUR)).isEqualTo(Outcome.COUNTED);
    }

    @Test
    void whoever_leaves_the_model_is_waited_for_no_longer_and_whoever_comes_is() {
        HallWindows hall = live();
        Hall other = Sites.site("small")
                .halls("h01", h -> h.racks("r002..r003").crah("crah-2"))
                .build()
                .halls()
                .getFirst();
        hall.apply(other);

        assertThat(hall.devices.names).containsExactly("r/r001", "r/r002", "u/crah-1", "r/r003", "u/crah-2");
        assertThat(hall.devices.clock.expected(0)).isFalse();
        assertThat(hall.devices.clock.expected(1)).isTrue();
        assertThat(hall.devices.clock.expected(2)).isFalse();
        assertThat(hall.devices.clock.expected(3)).isTrue();
        assertThat(hall.devices.clock.expected(4)).isTrue();
        assertThat(rack(hall, "r001", 0)).isEqualTo(Outcome.UNKNOWN_DEVICE);
        assertThat(rack(hall, "r003", 0)).isEqualTo(Outcome.COUNTED);
    }

    @Test
    void a_rack_and_a_unit_that_come_while_a_second_and_a_minute_are_open_count_in_them() {
        HallWindows hall = live();
        all(hall, 0);
        all(hall, 1_000);
        all(hall, 2_000);
        hall.closeThrough(START + 2_000);
        hall.apply(Sites.site("small")
                .halls("h01", h -> h.racks("r001..r003").crah("crah-1..crah-2"))
                .build()
                .halls()
                .getFirst());

        rack(hall, "r003", 2_500);
        hall.cooling(Readings.unit("h01", "crah-2", START + 2_600, 0, 7_000, 0, CoolingState.RUNNING), 0, 0);
        hall.closeThrough(START + 63_000);

        HallMetrics second = taken.between(START + 2_000, START + 3_000).getFirst();
        assertThat(second.quantities().value(Metric.HALL_RACKS_REPORTING)).hasValue(3);
        assertThat(taken.minutes().getFirst().quantities().value(Metric.HALL_RACKS_REPORTING))
                .hasValue(3);
        assertThat(taken.minutes().getFirst().quantities().value(Metric.HALL_RACKS_EXPECTED))
                .hasValue(3);
    }

    private List<Long> seconds() {
        List<Long> seconds = new ArrayList<>();
        for (HallMetrics metrics : taken.metrics) {
            if (metrics.window().resolution() == Resolution.SECOND) {
                seconds.add(metrics.window().start().toEpochMilli() - START);
            }
        }
        return seconds;
    }

    private long quarters() {
        return taken.metrics.stream()
                .filter(m -> m.window().resolution() == Resolution.QUARTER)
                .count();
    }

    private void all(HallWindows hall, long at) {
        rack(hall, "r001", at);
        rack(hall, "r002", at);
        unit(hall, at);
    }

    /** 1 mWh each millisecond on either feed. */
    private Outcome rack(HallWindows hall, String rack, long at) {
        return hall.rack(RackReports.of(Readings.rack("h01", rack, START + at, number(rack, at), 10, at, 22)), 0, at);
    }

    private Outcome unit(HallWindows hall, long at) {
        return hall.cooling(
                Readings.unit("h01", "crah-1", START + at, number("crah-1", at), 5_000, at, CoolingState.RUNNING),
                0,
                at);
    }

    /** A device's readings are numbered as they are first given. */
    private long number(String device, long at) {
        List<Long> given = numbers.computeIfAbsent(device, d -> new ArrayList<>());
        if (!given.contains(at)) {
            given.add(at);
        }
        return given.indexOf(at);
    }

    private HallWindows live() {
        return hall(model(1), true);
    }

    private HallWindows hall(Hall model, boolean live) {
        HallSettings settings = new HallSettings(2_000, 2_000, HOUR, live, "rack", "cooling");
        HallWindows hall = new HallWindows(new SiteId("small"), model, settings, taken);
        hall.apply(model);
        return hall;
    }

    private static Hall model(int interval) {
        return Sites.site("small")
                .halls(
                        "h01",
                        h -> h.every(Duration.ofSeconds(interval))
                                .racks("r001..r002")
                                .crah("crah-1"))
                .build()
                .halls()
                .getFirst();
    }
}
