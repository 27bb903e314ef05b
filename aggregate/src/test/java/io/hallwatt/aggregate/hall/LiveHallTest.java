package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.hall.Taken.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.rack.RackReports;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Sites;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A hall of twenty racks in live time, on days that a demo does not have. */
class LiveHallTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;

    private final Taken taken = new Taken();

    @Test
    void two_clocks_ahead_within_the_skew_limit_make_nobody_late() {
        HallWindows windows = live(hall("r001..r020", 1));
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        for (int second = 0; second < 60; second++) {
            for (int rack = 1; rack <= 20; rack++) {
                long now = START + second * 1_000L + rack * 10L;
                windows.wallClock(now);
                outcomes.merge(rack(windows, rack, rack <= 2 ? now + 4_000 : now, second, 0), 1, Integer::sum);
            }
        }

        assertThat(outcomes).containsOnly(Map.entry(Outcome.COUNTED, 1_200));
        assertThat(taken.between(START + 30_000, START + 31_000))
                .singleElement()
                .satisfies(second -> {
                    assertThat(second.completeness()).isEqualTo(1.0);
                    assertThat(second.quantities().value(Metric.HALL_RACKS_SILENT))
                            .hasValue(0);
                });
    }

    @Test
    void racks_that_report_once_a_minute_have_energy_in_minutes_and_quarters() {
        HallWindows windows = live(hall("r001..r020", 60));
        for (int minute = 0; minute < 40; minute++) {
            for (int rack = 1; rack <= 20; rack++) {
                rack(windows, rack, START + minute * MINUTE + rack * 2_900L, minute, minute * 600_000L);
            }
        }

        assertThat(taken.metrics)
                .filteredOn(closed -> closed.window().resolution() != Resolution.SECOND)
                .filteredOn(closed -> closed.window().start().toEpochMilli() >= START + 5 * MINUTE)
                .hasSizeGreaterThan(30)
                .allSatisfy(closed -> assertThat(closed.quantities().get(Metric.HALL_IT_ENERGY))
                        .isInstanceOf(Quantity.Measured.class));
    }

    @Test
    void a_hall_of_racks_that_report_each_second_waits_no_longer_for_that() {
        HallWindows windows = live(hall("r001..r020", 1));
        for (int second = 0; taken.minutes().isEmpty(); second++) {
            for (int rack = 1; rack <= 20; rack++) {
                rack(windows, rack, START + second * 1_000L + rack, second, second * 10_000L);
            }
            assertThat(second).isLessThan(64);
        }
    }

    @Test
    void racks_that_are_added_do_not_make_the_quarter_incomplete_that_they_come_in() {
        HallWindows windows = live(hall("r001..r020", 1));
        for (int second = -60; second < 31 * 60; second++) {
            int racks = second < 14 * 60 + 30 ? 20 : 22;
            if (second == 14 * 60 + 30) {
                windows.apply(hall("r001..r022", 1));
            }
            for (int rack = 1; rack <= racks; rack++) {
                rack(windows, rack, START + second * 1_000L + rack, second + 100, (second + 100) * 10_000L);
            }
        }

        HallMetrics quarter = taken.metrics.stream()
                .filter(closed -> closed.window().resolution() == Resolution.QUARTER)
                .filter(closed -> closed.window().start().toEpochMilli() == START)
                .findFirst()
                .orElseThrow();
        assertThat(quarter.quantities().value(Metric.HALL_IT_ENERGY).orElseThrow())
                .isGreaterThanOrEqualTo(20 * 2 * 900 * 10_000.0);
    }

    @Test
    void the_hours_of_a_silent_hall_are_in_the_journal_as_nothing_known() {
        HallWindows windows = live(hall("r001..r004", 1));
        for (int second = -10; second < 600; second++) {
            for (int rack = 1; rack <= 4; rack++) {
                rack(windows, rack, START + second * 1_000L + rack, second + 100, (second + 100) * 10_000L);
            }
        }
        for (long now = START + 600_000; now < START + 5 * HOUR + 2_000; now += 250) {
            windows.closeThrough(now);
        }

        assertThat(taken.hours.values())
                .filteredOn(hour -> hour.start().toEpochMilli() > START)
                .extracting(EnergyHour::start)
                .hasSize(3);
        assertThat(taken.hours.values())
                .filteredOn(hour -> hour.start().toEpochMilli() > START)
                .allSatisfy(hour -> {
                    assertThat(hour.totalMilliwattHours()).isZero();
                    assertThat(hour.metersExpected()).isEqualTo(8);
                    assertThat(hour.metersComplete()).isZero();
                });
    }

    private HallWindows live(Hall hall) {
        HallWindows windows = new HallWindows(
                new SiteId("small"), hall, new HallSettings(2_000, 2_000, HOUR, true, "rack", "cooling"), taken);
        windows.apply(hall);
        return windows;
    }

    private static Hall hall(String racks, int seconds) {
        return Sites.site("small")
                .halls("h01", hall -> hall.every(Duration.ofSeconds(seconds)).racks(racks))
                .build()
                .halls()
                .getFirst();
    }

    private static Outcome rack(HallWindows windows, int rack, long at, long sequence, long milliwattHours) {
        return windows.rack(
                RackReports.of(Readings.rack(
                        "h01", "r%03d".formatted(rack), at, sequence, 50, Math.max(0, milliwattHours), 22)),
                0,
                sequence);
    }
}
