package io.hallwatt.ingest.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.InletTemperatures;
import io.hallwatt.contract.IntervalEnergy;
import io.hallwatt.contract.PhaseReading;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SourceId;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.UnitId;
import io.hallwatt.contract.site.Feed;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SiteYaml;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.site.SupplyKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidatorTest {
    private static final Instant NOW = Instant.parse("2026-06-21T12:00:00Z");
    private static final SiteId SMALL = new SiteId("small");
    private static final HallId H01 = new HallId("h01");

    private final Site site = Sites.small();
    private final Validator validator = new Validator(site, Duration.ofSeconds(5));

    private Verdict judge(Reading reading) {
        return validator.judge(reading, NOW.toEpochMilli());
    }

    private static RackReading rack(String site, String hall, String rack, Instant at, @Nullable FeedReading feedA) {
        return new RackReading(
                new SiteId(site), new HallId(hall), new RackId(rack), at, 1, feedA, null, null, null, null, null);
    }

    private static RackReading rack(@Nullable FeedReading feedA) {
        return rack("small", "h01", "r001", NOW, feedA);
    }

    private static FeedReading phase(double volts, double amps, double watts) {
        return new FeedReading(null, List.of(new PhaseReading(volts, amps, watts)));
    }

    private static CoolingReading crah(@Nullable Double supply, @Nullable Double speed, @Nullable Long water) {
        return new CoolingReading(
                SMALL, H01, new UnitId("crah-1"), NOW, 1, null, null, supply, null, null, speed, water, null, null);
    }

    private static SupplyReading supply(String source, @Nullable Double watts, @Nullable IntervalEnergy interval) {
        return new SupplyReading(SMALL, new SourceId(source), NOW, 1, watts, null, null, null, null, null, interval);
    }

    private static void assertRefused(Verdict verdict, RejectCode code, String... words) {
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Refusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            for (String word : words) {
                assertThat(refusal.reason()).contains(word);
            }
        });
    }

    @Test
    void a_whole_reading_is_believed() {
        PhaseReading phase = new PhaseReading(239.5, 53.2, 12_480);
        RackReading reading = new RackReading(
                SMALL,
                H01,
                new RackId("r001"),
                NOW,
                1,
                new FeedReading(1_021_000L, List.of(phase, phase, phase)),
                new FeedReading(Sites.MODULUS - 1, List.of(phase, phase, phase)),
                new InletTemperatures(24.0, 23.5, 23.0),
                38.0,
                45.0,
                null);

        assertThat(judge(reading)).isEqualTo(Verdict.Accepted.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({
        "smal, h01, r001, 'did you mean \"small\"?'",
        "small, h1, r001, 'did you mean \"h01\"?'",
        "small, h01, r01, 'did you mean \"r001\"?'"
    })
    void what_the_site_model_does_not_know_is_refused_with_the_nearest(
            String siteId, String hall, String rack, String hint) {
        assertRefused(judge(rack(siteId, hall, rack, NOW, phase(240, 10, 2300))), RejectCode.UNKNOWN_DEVICE, hint);
    }

    @Test
    void unknown_units_sources_and_feeds_are_refused() {
        Site oneFeed = Sites.site("small")
                .halls("h01", hall -> hall.feeds(new Feed(100, 240, 3), null).racks("r001"))
                .build();
        RackReading onB = new RackReading(
                SMALL, H01, new RackId("r001"), NOW, 1, null, phase(240, 1, 230), null, null, null, null);

        assertRefused(judge(supply("sollar", 1.0, null)), RejectCode.UNKNOWN_DEVICE, "did you mean \"solar\"?");
        assertRefused(
                new Validator(oneFeed, Duration.ZERO).judge(onB, NOW.toEpochMilli()),
                RejectCode.UNKNOWN_DEVICE,
                "feed B is not in the site model");
    }

    @Test
    void a_clock_ahead_is_refused_from_just_beyond_the_limit() {
        FeedReading feed = phase(240, 10, 2300);

        assertThat(judge(rack("small", "h01", "r001", NOW.plusSeconds(5), feed)))
                .isEqualTo(Verdict.Accepted.ACCEPTED);
        assertRefused(
                judge(rack("small", "h01", "r001", NOW.plusMillis(5_001), feed)),
                RejectCode.TIME_AHEAD,
                "2026-06-21T12:00:05.001Z",
                "more than 5s ahead",
                "2026-06-21T12:00:00Z");
        assertRefused(judge(rack("small", "h01", "r001", Instant.MAX, feed)), RejectCode.TIME_AHEAD);
        assertRefused(judge(rack("small", "h01", "r001", Instant.MIN, feed)), RejectCode.BAD_TIME);
    }

    @Test
    void a_reading_that_measures_nothing_is_refused() {
        assertRefused(judge(rack(null)), RejectCode.MISSING_VALUE);
        assertRefused(judge(rack(new FeedReading(null, List.of()))), RejectCode.MISSING_VALUE);
        assertRefused(judge(crah(null, null, null)), RejectCode.MISSING_VALUE);
        assertRefused(judge(supply("solar", null, null)), RejectCode.MISSING_VALUE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void what_is_no_number_is_refused(double value) {
        assertRefused(judge(rack(phase(value, 10, 2300))), RejectCode.NOT_A_NUMBER);
        assertRefused(judge(rack(phase(240, 10, value))), RejectCode.NOT_A_NUMBER);
        assertRefused(judge(crah(value, null, null)), RejectCode.NOT_A_NUMBER);
        assertRefused(judge(supply("grid", value, null)), RejectCode.NOT_A_NUMBER);
    }

    @ParameterizedTest
    @CsvSource({
        "208.6, 10, 2000, false", // 200/230 of 240 V is 208.7 V
        "208.8, 10, 2000, true",
        "271.3, 10, 2700, true", // 260/230 of 240 V is 271.3 V
        "271.4, 10, 2700, false",
        "240, 125, 29000, true", // 1.25 × 100 A
        "240, 125.1, 29000, false",
        "240, -0.1, 0, false",
        "240, 50, 12410, true", // 12,000 W + 3 % + 50 W
        "240, 50, 12411, false",
        "240, 50, 12, false", // kilowatts sent as watts
        "0, 0, 0, true", // a lost feed
        "0, 5, 0, false",
        "240, 10, -1, false"
    })
    void a_phase_is_within_nameplate_and_physics(double volts, double amps, double watts, boolean believed) {
        Verdict verdict = judge(rack(phase(volts, amps, watts)));

        if (believed) {
            assertThat(verdict).isEqualTo(Verdict.Accepted.ACCEPTED);
        } else {
            assertRefused(verdict, RejectCode.IMPLAUSIBLE_VALUE);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Sites.MODULUS, 4_294_967_295_000L})
    void a_register_is_from_0_to_below_its_modulus_and_not_all_ones(long register) {
        assertRefused(judge(rack(new FeedReading(register, List.of()))), RejectCode.IMPLAUSIBLE_VALUE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {65_535, 32_767, 32_768, -32_768})
    void a_sentinel_is_no_power(double watts) {
        assertRefused(judge(rack(new FeedReading(null, watts, List.of()))), RejectCode.IMPLAUSIBLE_VALUE, "no value");
    }

    @Test
    void a_rack_draws_at_most_its_breakers_and_a_tenth() {
        assertThat(judge(rack(new FeedReading(null, 79_200.0, List.of())))).isEqualTo(Verdict.Accepted.ACCEPTED);
        assertRefused(
                judge(rack(new FeedReading(null, 79_201.0, List.of()))),
                RejectCode.IMPLAUSIBLE_VALUE,
                "79201 W",
                "0 to 79200");
    }

    @ParameterizedTest
    @CsvSource({"9.9, 0.5, 0", "60.1, 0.5, 0", "20, 1.1, 0", "20, -0.1, 0", "20, 0.5, -1", "999.9, 0.5, 0"})
    void a_cooling_unit_stays_within_physics(double supply, double speed, long water) {
        assertRefused(judge(crah(supply, speed, water)), RejectCode.IMPLAUSIBLE_VALUE);
    }

    @Test
    void a_water_register_stays_below_what_its_meter_begins_anew_at() {
        Site metered = SiteYaml.read("site.yaml", """
                id: small
                zone: UTC
                latitude: 0
                longitude: 0
                halls:
                  - id: h01
                    design-it-kw: 1
                    cooling:
                      - { id: crah-1, kind: crah, rated-cooling-kw: 1, rated-electrical-kw: 1, water-modulus-l: 65536 }
                """);
        Validator sixteenBits = new Validator(metered, Duration.ofSeconds(5));

        assertThat(sixteenBits.judge(crah(20.0, 0.5, 65_535_000L), NOW.toEpochMilli()))
                .isEqualTo(Verdict.Accepted.ACCEPTED);
        assertRefused(
                sixteenBits.judge(crah(20.0, 0.5, 65_536_000L), NOW.toEpochMilli()),
                RejectCode.IMPLAUSIBLE_VALUE,
                "water register is 65536000 mL, possible is 0 to below its modulus 65536000 mL");
    }

    @Test
    void hot_air_of_a_failing_unit_is_believed() {
        assertThat(judge(crah(41.0, 1.0, 0L))).isEqualTo(Verdict.Accepted.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({
        "solar, 1050000, true",
        "solar, 1050001, false",
        "solar, -5000, true",
        "solar, -5001, false",
        "grid, -2100000, true",
        "grid, 2100001, false"
    })
    void a_source_gives_what_it_can(String source, double watts, boolean believed) {
        Verdict verdict = judge(supply(source, watts, null));

        if (believed) {
            assertThat(verdict).isEqualTo(Verdict.Accepted.ACCEPTED);
        } else {
            assertRefused(verdict, RejectCode.IMPLAUSIBLE_VALUE);
        }
    }

    @ParameterizedTest
    @CsvSource({"3600, 1050000000, true", "3600, 1050000001, false", "0, 1, false", "-1, 1, false", "3600, -1, false"})
    void energy_of_an_interval_fits_the_rating(long seconds, long milliwattHours, boolean believed) {
        Verdict verdict = judge(supply("solar", null, new IntervalEnergy(NOW.minusSeconds(seconds), milliwattHours)));

        if (believed) {
            assertThat(verdict).isEqualTo(Verdict.Accepted.ACCEPTED);
        } else {
            assertRefused(verdict, RejectCode.IMPLAUSIBLE_VALUE);
        }
    }

    @Test
    void solar_power_at_night_is_refused_where_the_plant_stands_on_the_site() {
        Site roofed = Sites.site("small")
                .halls("h01", hall -> hall.racks("r001"))
                .physical(SupplyKind.SOLAR, "roof", 1_000_000)
                .contractual(SupplyKind.SOLAR, "ppa", 1_000_000)
                .build();
        Validator byDayAndNight = new Validator(roofed, Duration.ZERO);
        long now = NOW.toEpochMilli();
        SupplyReading noon = supply("roof", 800_000.0, null);

        assertThat(byDayAndNight.judge(noon, now)).isEqualTo(Verdict.Accepted.ACCEPTED);
        assertRefused(byDayAndNight.judge(atMidnight(noon), now), RejectCode.IMPLAUSIBLE_VALUE, "below the horizon");
        assertThat(byDayAndNight.judge(atMidnight(supply("ppa", 800_000.0, null)), now))
                .isEqualTo(Verdict.Accepted.ACCEPTED);
    }

    private static SupplyReading atMidnight(SupplyReading reading) {
        return new SupplyReading(
                SMALL,
                reading.source(),
                NOW.minusSeconds(43_200),
                1,
                reading.watts(),
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
