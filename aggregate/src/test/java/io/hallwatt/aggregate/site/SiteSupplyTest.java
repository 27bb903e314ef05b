package io.hallwatt.aggregate.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.energy.MeterSpec;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.IntervalEnergy;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SourceId;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.site.SupplyKind;
import io.hallwatt.contract.site.SupplySource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A source that speaks every second; times are from the start of an hour. */
class SiteSupplyTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;

    private final SiteSupply supply = supply(source(2_000_000, 551.0));
    private final List<EnergyHour> hours = new ArrayList<>();
    private long offset;

    @Test
    void registers_say_what_was_delivered_and_what_was_drawn() {
        registers(0, 1_000, 50);
        registers(MINUTE, 3_000, 150);

        assertThat(supply.delivered.book().registersMilliwattHours()).isEqualTo(2_000);
        assertThat(supply.drawn.book().registersMilliwattHours()).isEqualTo(100);
        assertThat(supply.net(0, MINUTE)).isEqualTo(new SiteSupply.Net(1_900, false));
    }

    @Test
    void hours_of_both_are_published_with_the_readings_that_they_come_from() {
        registers(0, 1_000, 50);
        registers(HOUR, 3_000, 150);

        supply.closeHours(HOUR, hours::add);

        assertThat(hours)
                .extracting(hour -> hour.subject().text() + " " + hour.totalMilliwattHours())
                .containsExactly("source/grid/delivered 2000", "source/grid/drawn 100");
        assertThat(hours).allSatisfy(hour -> {
            assertThat(hour.evidence().readings()).isEqualTo(1);
            assertThat(hour.carbonGramsPerKilowattHour()).isEqualTo(551.0);
        });
    }

    @Test
    void a_reading_that_comes_late_publishes_the_hours_of_both_again() {
        registers(0, 1_000, 50);
        registers(30 * MINUTE, 2_000, 100);
        supply.closeHours(HOUR, hours::add);
        hours.clear();

        registers(40 * MINUTE, 2_500, 120);
        supply.closeHours(HOUR, hours::add);

        assertThat(hours)
                .extracting(hour -> hour.subject().text() + " " + hour.totalMilliwattHours() + " " + hour.revision())
                .containsExactly("source/grid/delivered 1500 1", "source/grid/drawn 70 1");
    }

    @Test
    void at_the_end_all_hours_and_restatements_are_published() {
        registers(0, 1_000, 50);
        registers(30 * MINUTE, 2_000, 100);
        supply.closeHours(HOUR, hours::add);
        hours.clear();
        registers(40 * MINUTE, 2_500, 120);

        supply.endHours(hours::add);
        assertThat(hours).extracting(EnergyHour::revision).containsExactly(1, 1);

        hours.clear();
        registers(90 * MINUTE, 4_000, 200);
        supply.endHours(hours::add);
        assertThat(hours)
                .extracting(hour -> hour.start().toEpochMilli() / HOUR + " " + hour.revision())
                .containsExactly("0 2", "1 0", "0 2", "1 0");
    }

    @Test
    void without_registers_power_counts_by_its_sign() {
        read(reading(0, 7_200.0, null, null, null, null));
        read(reading(1_000, -3_600.0, null, null, null, null));
        read(reading(2_000, 0.0, null, null, null, null));

        assertThat(supply.delivered.book().registersMilliwattHours()).isEqualTo(2_000);
        assertThat(supply.drawn.book().registersMilliwattHours()).isEqualTo(1_000);
        supply.closeHours(HOUR, hours::add);
        assertThat(hours).extracting(hour -> hour.evidence().readings()).containsExactly(3L, 3L);
    }

    @Test
    void a_source_with_one_register_draws_nothing() {
        read(reading(0, -5_000.0, 1_000L, null, null, null));

        assertThat(supply.drawn.book().nextHour()).isEmpty();
        assertThat(supply.delivered.book().nextHour()).isPresent();
    }

    @Test
    void a_source_with_the_other_register_delivers_what_its_power_says() {
        read(reading(0, 7_200.0, null, 10L, null, null));

        assertThat(supply.delivered.book().nextHour()).isPresent();
        assertThat(supply.drawn.book().knownUntil()).hasValue(0);
    }

    @Test
    void a_reading_that_says_nothing_of_energy_is_none_of_energy() {
        read(reading(0, null, null, null, null, null));

        assertThat(supply.delivered.book().nextHour()).isEmpty();
        assertThat(supply.drawn.book().nextHour()).isEmpty();
        assertThat(supply.carbonDirty).isFalse();
    }

    @Test
    void an_interval_that_ends_on_the_hour_is_evidence_of_the_hour_that_ends() {
        read(reading(HOUR, 100.0, null, null, null, new IntervalEnergy(Instant.EPOCH, 500)));

        supply.endHours(hours::add);

        assertThat(hours).singleElement().satisfies(hour -> {
            assertThat(hour.start()).isEqualTo(Instant.EPOCH);
            assertThat(hour.measuredMilliwattHours()).isEqualTo(500);
            assertThat(hour.evidence().lastAt()).isEqualTo(Instant.ofEpochMilli(HOUR - 1));
        });
    }

    @Test
    void a_factor_stated_on_the_hour_is_that_of_the_hour_that_ends() {
        read(reading(10 * MINUTE, null, 1_000L, null, 300.0, null));
        read(reading(HOUR, null, 2_000L, null, 500.0, null));
        read(reading(HOUR + 1, null, 2_000L, null, 700.0, null));

        supply.closeHours(HOUR, hours::add);

        assertThat(supply.carbonDirty).isTrue();
        assertThat(hours).extracting(EnergyHour::carbonGramsPerKilowattHour).containsExactly(400.0);
    }

    @Test
    void of_a_source_without_a_meter_the_hours_say_the_factor_alone_and_once() {
        read(reading(30 * MINUTE, null, null, null, 300.0, null));
        read(reading(40 * MINUTE, null, null, null, 400.0, null));
        read(reading(100 * MINUTE, null, null, null, 500.0, null));
        supply.carbonDirty = false;

        supply.closeHours(HOUR - 1, hours::add);
        assertThat(hours).isEmpty();
        supply.closeHours(HOUR, hours::add);
        supply.closeHours(HOUR, hours::add);

        assertThat(hours).singleElement().satisfies(hour -> {
            assertThat(hour.start()).isEqualTo(Instant.EPOCH);
            assertThat(hour.totalMilliwattHours()).isZero();
            assertThat(hour.metersExpected()).isEqualTo(1);
            assertThat(hour.metersComplete()).isZero();
            assertThat(hour.carbonGramsPerKilowattHour()).isEqualTo(350.0);
            assertThat(hour.evidence().readings()).isEqualTo(2);
        });
        assertThat(supply.carbonDirty).isTrue();

        supply.endHours(hours::add);
        assertThat(hours).extracting(EnergyHour::carbonGramsPerKilowattHour).containsExactly(350.0, 500.0);
    }

    @Test
    void an_energy_meter_says_more_than_the_factor_alone() {
        read(reading(30 * MINUTE, null, 1_000L, null, 300.0, null));
        read(reading(90 * MINUTE, null, 2_000L, null, 300.0, null));

        supply.closeHours(HOUR, hours::add);

        assertThat(hours)
                .singleElement()
                .satisfies(hour -> assertThat(hour.totalMilliwattHours()).isEqualTo(500));
    }

    @Test
    void factors_are_kept_as_long_as_their_hours_can_be_restated() {
        for (int hour = 0; hour < 8; hour++) {
            read(reading(hour * HOUR + MINUTE, null, 1_000L * hour, null, 300.0, null));
        }

        supply.closeHours(6 * HOUR, hours::add);

        assertThat(supply.carbon.count(HOUR)).isZero();
        assertThat(supply.carbon.count(2 * HOUR)).isEqualTo(1);
    }

    @Test
    void a_boundary_is_settled_once_both_meters_were_read_behind_it_or_are_silent() {
        registers(MINUTE - 1, 1_000, 50);
        assertThat(supply.settled(MINUTE, 0)).isFalse();
        assertThat(supply.settled(MINUTE, MINUTE)).as("silent").isTrue();

        read(reading(MINUTE, null, 1_000L, null, null, null));
        assertThat(supply.settled(MINUTE, 0)).as("what is drawn was not read").isFalse();

        registers(MINUTE + 1, 1_000, 50);
        assertThat(supply.settled(MINUTE, 0)).isTrue();
    }

    @Test
    void what_flows_is_known_where_both_meters_are_known_at_both_ends() {
        assertThat(supply.net(0, MINUTE)).isNull();
        registers(0, 1_000, 50);
        assertThat(supply.net(0, MINUTE)).isNull();
        read(reading(MINUTE, null, 2_000L, null, null, null));
        assertThat(supply.net(0, MINUTE)).as("not what is drawn").isNull();

        registers(MINUTE + 500, 2_000, 60);

        assertThat(supply.net(0, MINUTE)).isNotNull();
    }

    @Test
    void what_flows_is_estimated_where_either_meter_is() {
        registers(0, 1_000, 50);
        registers(2 * MINUTE, 2_000, 50);
        assertThat(supply.net(0, MINUTE)).isEqualTo(new SiteSupply.Net(500, true));

        SiteSupply draws = supply(source(2_000_000, null));
        for (int second = 0; second <= 60; second++) {
            draws.read(
                    reading(second * 1_000L, null, 1_000L, second % 60 == 0 ? (Long) (50L + second) : null, null, null),
                    0,
                    0);
        }
        draws.read(reading(150_000, null, 1_000L, 290L, null, null), 0, 0);
        assertThat(draws.net(0, MINUTE)).isEqualTo(new SiteSupply.Net(-60, false));
        assertThat(draws.net(MINUTE, 2 * MINUTE)).isEqualTo(new SiteSupply.Net(-120, true));
    }

    @Test
    void a_source_that_only_delivers_needs_no_other_meter() {
        read(reading(0, null, 1_000L, null, null, null));
        read(reading(MINUTE, null, 1_700L, null, null, null));

        assertThat(supply.net(0, MINUTE)).isEqualTo(new SiteSupply.Net(700, false));
    }

    @Test
    void the_site_models_new_factor_and_meter_hold_from_now_on() {
        registers(0, 1_000, 50);
        SupplySource changed = source(3_000_000, 41.0);

        supply.apply(changed);
        registers(HOUR, 2_000, 60);
        supply.closeHours(HOUR, hours::add);

        assertThat(supply.source()).isEqualTo(changed);
        assertThat(hours).extracting(EnergyHour::carbonGramsPerKilowattHour).containsExactly(41.0, 41.0);
        assertThat(supply.delivered.book().meters())
                .extracting(MeterSpec::maxWatts)
                .containsExactly(3e6);
        assertThat(supply.drawn.book().meters()).extracting(MeterSpec::maxWatts).containsExactly(3e6);
    }

    @Test
    void a_nameplate_that_says_nothing_is_one_of_a_gigawatt() {
        for (double rated : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThat(supply(source(rated, null)).delivered.book().meters())
                    .extracting(MeterSpec::maxWatts)
                    .containsExactly(1e9);
        }
        assertThat(supply.delivered.book().meters())
                .extracting(MeterSpec::maxWatts)
                .containsExactly(2e6);
    }

    private void registers(long at, long delivered, long drawn) {
        read(reading(at, null, delivered, drawn, null, null));
    }

    private void read(SupplyReading reading) {
        supply.read(reading, 0, offset++);
    }

    private static SupplyReading reading(
            long at,
            @Nullable Double watts,
            @Nullable Long delivered,
            @Nullable Long drawn,
            @Nullable Double carbon,
            @Nullable IntervalEnergy interval) {
        return new SupplyReading(
                new SiteId("small"),
                new SourceId("grid"),
                Instant.ofEpochMilli(at),
                at,
                watts,
                delivered,
                drawn,
                null,
                null,
                carbon,
                interval);
    }

    private static SiteSupply supply(SupplySource source) {
        SiteSupply supply =
                new SiteSupply(new SiteId("small"), source, new SiteSettings(2_000, 2_000, 3_600_000, false, "supply"));
        supply.restore(Map.of(), Map.of());
        return supply;
    }

    private static SupplySource source(double ratedWatts, @Nullable Double carbon) {
        return new SupplySource(
                new SourceId("grid"),
                SupplyKind.GRID,
                true,
                false,
                ratedWatts,
                carbon,
                4_294_967_296_000L,
                1,
                Duration.ofSeconds(1));
    }
}
