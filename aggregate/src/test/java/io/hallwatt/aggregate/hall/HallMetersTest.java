package io.hallwatt.aggregate.hall;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.rack.RackReports;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.IntervalEnergy;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.UnitId;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Sites;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a hall takes for one meter, and how it reads it. */
class HallMetersTest {
    private static final long START = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final SiteId SITE = new SiteId("small");
    private static final HallId HALL = new HallId("h01");

    /** The first hour of each subject. */
    private final List<EnergyHour> hours = new ArrayList<>();

    @Test
    void a_rack_that_states_the_energy_of_intervals_is_one_meter_whatever_feeds_the_model_gives_it() {
        HallWindows windows = windows(Sites.small().halls().getFirst());
        for (int minute = 1; minute <= 60; minute++) {
            for (String rack : List.of("r001", "r002", "r003")) {
                windows.rack(RackReports.of(interval(rack, minute, 100)), 0, minute);
            }
        }
        windows.end();

        assertThat(hours).singleElement().satisfies(hour -> {
            assertThat(hour.measuredMilliwattHours()).isEqualTo(3 * 60 * 100);
            assertThat(hour.estimatedMilliwattHours()).isZero();
            assertThat(hour.metersExpected()).isEqualTo(3);
            assertThat(hour.metersComplete()).isEqualTo(3);
            assertThat(hour.evidence().readings()).isEqualTo(180);
            assertThat(hour.evidence().firstAt()).isEqualTo(Instant.ofEpochMilli(START + MINUTE - 1));
            assertThat(hour.evidence().lastAt()).isEqualTo(Instant.ofEpochMilli(START + 60 * MINUTE - 1));
        });
    }

    @Test
    void a_cooling_unit_that_states_the_energy_of_intervals_is_read_by_them() {
        HallWindows windows = windows(everyMinute(h -> h.crah("crah-1")));
        for (int minute = 1; minute <= 60; minute++) {
            windows.cooling(cooling(minute, null, null, 70L), 0, minute);
        }
        windows.end();

        assertThat(hours).singleElement().satisfies(hour -> {
            assertThat(hour.measuredMilliwattHours()).isEqualTo(60 * 70);
            assertThat(hour.metersComplete()).isEqualTo(1);
            assertThat(hour.evidence().readings()).isEqualTo(60);
            assertThat(hour.evidence().lastAt()).isEqualTo(Instant.ofEpochMilli(START + 60 * MINUTE - 1));
        });
    }

    @Test
    void a_cooling_unit_that_tells_its_power_alone_is_read_by_it() {
        HallWindows windows = windows(everyMinute(h -> h.crah("crah-1")));
        for (int minute = 0; minute < 60; minute++) {
            windows.cooling(cooling(minute, 6_000.0, null, null), 0, minute);
        }
        windows.end();

        assertThat(hours.getFirst().measuredMilliwattHours()).isEqualTo(6_000_000);
        assertThat(hours.getFirst().metersComplete()).isEqualTo(1);
        assertThat(hours.getFirst().evidence().readings()).isEqualTo(60);
    }

    @Test
    void a_rack_of_which_the_model_knows_no_feed_is_one_meter_of_all_its_feeds() {
        HallWindows both = windows(unmodelled());
        HallWindows one = windows(unmodelled());
        for (int minute = 0; minute <= 60; minute++) {
            both.rack(RackReports.of(rack(minute, feed(minute * 100L), feed(7 + minute * 50L))), 0, minute);
            one.rack(RackReports.of(rack(minute, null, feed(7 + minute * 50L))), 0, minute);
        }

        both.end();
        one.end();

        assertThat(hours.get(0).measuredMilliwattHours()).isEqualTo(60 * 150);
        assertThat(hours.get(0).metersExpected()).isEqualTo(1);
        assertThat(hours.get(0).metersComplete()).isEqualTo(1);
        assertThat(hours.get(1).measuredMilliwattHours()).isEqualTo(60 * 50);
    }

    @Test
    void such_a_rack_without_a_register_is_read_by_its_power() {
        HallWindows windows = windows(unmodelled());
        for (int minute = 0; minute < 60; minute++) {
            FeedReading watts = new FeedReading(null, 1_500.0, List.of());
            windows.rack(RackReports.of(rack(minute, watts, watts)), 0, minute);
        }
        windows.end();

        assertThat(hours.getFirst().measuredMilliwattHours()).isEqualTo(3_000_000);
        assertThat(hours.getFirst().metersComplete()).isEqualTo(1);
        assertThat(hours.getFirst().evidence().readings()).isEqualTo(60);
    }

    @Test
    void a_hall_that_left_awaits_none_of_its_meters() {
        HallWindows windows = windows(everyMinute(h -> h.racks("r001").crah("crah-1")));
        for (int minute = 0; minute < 30; minute++) {
            windows.rack(RackReports.of(rack(minute, feed(minute * 100L), feed(minute * 100L))), 0, minute);
            windows.cooling(cooling(minute, null, minute * 100L, null), 0, minute);
        }

        windows.leave();
        windows.closeThrough(START + 3 * 60 * MINUTE);

        assertThat(hours)
                .hasSize(2)
                .allSatisfy(hour -> assertThat(hour.metersExpected()).isZero());
    }

    private static Hall everyMinute(UnaryOperator<Sites.HallOf> shape) {
        return Sites.site("small")
                .halls("h01", h -> shape.apply(h.every(Duration.ofMinutes(1))))
                .build()
                .halls()
                .getFirst();
    }

    private static Hall unmodelled() {
        return everyMinute(h -> h.feeds(null, null).racks("r001"));
    }

    private HallWindows windows(Hall hall) {
        HallOutput out = new HallOutput() {
            @Override
            public void racks(RackFrame frame, long newestReading) {}

            @Override
            public void hall(HallMetrics closed, long newestReading) {}

            @Override
            public void hour(EnergyHour hour) {
                if (hour.start().toEpochMilli() == START) {
                    hours.add(hour);
                }
            }
        };
        HallSettings settings = new HallSettings(2_000, 2_000, 3_600_000, false, "rack", "cooling");
        HallWindows windows = new HallWindows(SITE, hall, settings, out);
        windows.apply(hall);
        return windows;
    }

    private static RackReading interval(String rack, int minute, long milliwattHours) {
        Instant at = Instant.ofEpochMilli(START + minute * MINUTE);
        IntervalEnergy energy = new IntervalEnergy(at.minusMillis(MINUTE), milliwattHours);
        return new RackReading(SITE, HALL, new RackId(rack), at, minute, null, null, null, null, null, energy);
    }

    private static RackReading rack(int minute, @Nullable FeedReading a, @Nullable FeedReading b) {
        Instant at = Instant.ofEpochMilli(START + minute * MINUTE);
        return new RackReading(SITE, HALL, new RackId("r001"), at, minute, a, b, null, null, null, null);
    }

    private static FeedReading feed(long register) {
        return new FeedReading(register, List.of());
    }

    private static CoolingReading cooling(
            int minute, @Nullable Double watts, @Nullable Long register, @Nullable Long milliwattHours) {
        Instant at = Instant.ofEpochMilli(START + minute * MINUTE);
        return new CoolingReading(
                SITE,
                HALL,
                new UnitId("crah-1"),
                at,
                minute,
                watts,
                register,
                null,
                null,
                null,
                null,
                null,
                null,
                milliwattHours == null ? null : new IntervalEnergy(at.minusMillis(MINUTE), milliwattHours));
    }
}
