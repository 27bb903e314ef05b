package io.hallwatt.aggregate.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hallwatt.aggregate.hall.Readings;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.site.SupplyKind;
import java.time.Instant;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ratios of a site of which a part is silent. Each hall draws 50 kW of IT and 8 kW of cooling, and 1.5 L of water in the minute; the site's meter says 62.5 kW a
 * hall: PUE 1.25 by the meter, 1.16 by the loads, WUE 1.8 L/kWh.
 */
class SiteRatiosTest {
    private static final long START = 1_767_268_800_000L;
    private static final long MINUTE = 60_000;
    private static final Quantity INCOMPLETE = Quantity.unknown(Reason.INCOMPLETE);
    private static final Quantity SILENT = Quantity.unknown(Reason.NO_READINGS);

    private final Taken taken = new Taken();

    @Test
    void what_is_known_whole_gives_its_ratios() {
        Quantities metered = minute(4, true, hall -> Map.of());
        Quantities summed = minute(4, false, hall -> Map.of());

        assertMeasured(metered.get(Metric.SITE_PUE), 1.25);
        assertMeasured(metered.get(Metric.SITE_CUE), 1.25 * 551);
        assertMeasured(metered.get(Metric.SITE_WUE), 1.8);
        assertMeasured(summed.get(Metric.SITE_PUE), 1.16);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void it_energy_that_some_of_four_halls_do_not_know_leaves_no_ratio_by_it(int silent) {
        Quantities minute =
                minute(4, true, hall -> hall <= silent ? Map.of(Metric.HALL_IT_ENERGY, INCOMPLETE) : Map.of());

        assertThat(minute.get(Metric.SITE_PUE)).isEqualTo(INCOMPLETE);
        assertThat(minute.get(Metric.SITE_CUE)).isEqualTo(INCOMPLETE);
        assertThat(minute.get(Metric.SITE_WUE)).isEqualTo(INCOMPLETE);
        assertThat(minute.get(Metric.SITE_IT_ENERGY)).isEqualTo(Quantity.estimated((4 - silent) * 833_333.0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void cooling_that_some_of_four_halls_do_not_know_leaves_no_ratio_by_the_loads(int silent) {
        IntFunction<Map<Metric, Quantity>> halls = hall -> hall <= silent
                ? Map.of(
                        Metric.HALL_COOLING_POWER, SILENT,
                        Metric.HALL_COOLING_ENERGY, INCOMPLETE,
                        Metric.HALL_WATER, INCOMPLETE)
                : Map.of();

        Quantities second = second(4, false, halls);
        Quantities minute = minute(4, false, halls);

        assertThat(second.get(Metric.SITE_POWER_RATIO)).isEqualTo(INCOMPLETE);
        assertThat(minute.get(Metric.SITE_PUE)).isEqualTo(INCOMPLETE);
        assertThat(minute.get(Metric.SITE_WUE)).isEqualTo(INCOMPLETE);
        assertThat(minute.get(Metric.SITE_FACILITY_ENERGY))
                .isEqualTo(Quantity.estimated(4 * 833_333.0 + (4 - silent) * 133_333.0));
    }

    @Test
    void one_hall_of_forty_leaves_ratios_of_the_others_which_are_estimated() {
        IntFunction<Map<Metric, Quantity>> halls = hall -> hall == 7
                ? Map.of(
                        Metric.HALL_COOLING_POWER, SILENT,
                        Metric.HALL_COOLING_ENERGY, INCOMPLETE,
                        Metric.HALL_WATER, INCOMPLETE)
                : Map.of();

        Quantities second = second(40, false, halls);
        Quantities minute = minute(40, false, halls);

        assertEstimated(second.get(Metric.SITE_POWER_RATIO), 1.16);
        assertEstimated(minute.get(Metric.SITE_PUE), 1.16);
        assertEstimated(minute.get(Metric.SITE_WUE), 1.8);
    }

    @ParameterizedTest
    @EnumSource(
            value = Metric.class,
            names = {"HALL_IT_ENERGY", "HALL_COOLING_ENERGY"})
    void halls_that_know_their_energy_in_part_count_for_that_part(Metric partly) {
        Metric completeness = Metric.valueOf(partly.name() + "_COMPLETENESS");
        double energy = partly == Metric.HALL_IT_ENERGY ? 833_333 : 133_333;

        Quantities below = minute(
                20,
                false,
                hall -> hall == 1
                        ? Map.of(partly, INCOMPLETE)
                        : Map.of(partly, Quantity.estimated(energy), completeness, Quantity.measured(0.96)));
        Quantities enough = minute(
                20, false, hall -> Map.of(partly, Quantity.estimated(energy), completeness, Quantity.measured(0.96)));

        assertThat(below.get(Metric.SITE_PUE)).isEqualTo(INCOMPLETE);
        assertEstimated(enough.get(Metric.SITE_PUE), 1.16);
    }

    @Test
    void a_silent_halls_load_is_not_taken_for_losses() {
        Quantities two = second(4, true, hall -> hall <= 2 ? Map.of(Metric.HALL_COOLING_POWER, SILENT) : Map.of());
        Quantities one = second(40, true, hall -> hall == 1 ? Map.of(Metric.HALL_COOLING_POWER, SILENT) : Map.of());

        assertThat(two.get(Metric.SITE_OTHER_POWER)).isEqualTo(INCOMPLETE);
        assertThat(one.get(Metric.SITE_OTHER_POWER)).isEqualTo(Quantity.estimated(40 * 4_500 + 8_000));
    }

    @Test
    void a_source_that_is_silent_for_a_part_of_the_window_is_estimated_and_below_95_per_cent_gives_no_ratio() {
        SiteWindows site = site(4, true);
        for (int s = 0; s <= 40; s++) {
            supply(site, s, 4); // the last one holds for three seconds: 43 of 60
        }
        for (int hall = 1; hall <= 4; hall++) {
            site.hall(report(hall, Resolution.MINUTE, Map.of()), START);
        }
        site.closeThrough(START + 10 * MINUTE);

        Quantities minute = closed(Resolution.MINUTE);
        assertThat(minute.get(Metric.SITE_FACILITY_POWER)).isEqualTo(Quantity.estimated(250_000));
        assertThat(minute.get(Metric.SITE_SUPPLY_POWER, "grid")).isEqualTo(Quantity.estimated(250_000));
        assertThat(minute.get(Metric.SITE_GRID_IMPORT)).isEqualTo(Quantity.estimated(250_000));
        assertThat(minute.get(Metric.SITE_RENEWABLE_SHARE)).isEqualTo(INCOMPLETE);
        assertThat(minute.get(Metric.SITE_OTHER_POWER)).isEqualTo(INCOMPLETE);
    }

    private Quantities second(int halls, boolean grid, IntFunction<Map<Metric, Quantity>> otherwise) {
        return of(Resolution.SECOND, halls, grid, otherwise);
    }

    private Quantities minute(int halls, boolean grid, IntFunction<Map<Metric, Quantity>> otherwise) {
        return of(Resolution.MINUTE, halls, grid, otherwise);
    }

    /** @param otherwise by number of the hall, from 1: what it says other than the usual */
    private Quantities of(
            Resolution resolution, int halls, boolean grid, IntFunction<Map<Metric, Quantity>> otherwise) {
        SiteWindows site = site(halls, grid);
        for (int s = -1; grid && s <= 90; s++) {
            supply(site, s, halls);
        }
        for (int hall = 1; hall <= halls; hall++) {
            site.hall(report(hall, resolution, otherwise.apply(hall)), START);
        }
        site.closeThrough(START + 10 * MINUTE);
        return closed(resolution);
    }

    private Quantities closed(Resolution resolution) {
        Window window = new Window(Instant.ofEpochMilli(START), resolution);
        return taken.metrics.stream()
                .filter(metrics -> metrics.window().equals(window))
                .findFirst()
                .orElseThrow()
                .quantities();
    }

    private SiteWindows site(int halls, boolean grid) {
        taken.metrics.clear();
        Sites sites = Sites.site("small")
                .halls(
                        "h01..h%02d".formatted(halls),
                        hall -> hall.racks("r001..r010").crah("crah-1"));
        if (grid) {
            sites.grid("grid", 5_000_000);
        }
        sites.contractual(SupplyKind.SOLAR, "solar", 1_000_000);
        SiteWindows windows =
                new SiteWindows(sites.build(), new SiteSettings(2_000, 2_000, 3_600_000, true, "supply"), taken);
        windows.apply(windows.model());
        return windows;
    }

    private static void supply(SiteWindows site, int second, int halls) {
        long at = START + second * 1_000L;
        long register = Math.round((second + 100) * halls * 62_500_000.0 / 3_600);
        site.supply(Readings.source("grid", at, second + 100, halls * 62_500.0, register, null), 0, second + 100);
        site.supply(Readings.source("solar", at, second + 100, 1_000, second + 100, null), 0, second + 100);
    }

    private static HallReport report(int hall, Resolution resolution, Map<Metric, Quantity> otherwise) {
        Quantities.Builder quantities = Quantities.builder()
                .put(Metric.HALL_IT_POWER, 50_000)
                .put(Metric.HALL_COOLING_POWER, 8_000)
                .put(Metric.HALL_RACKS_EXPECTED, 10)
                .put(Metric.HALL_RACKS_REPORTING, 10);
        if (resolution != Resolution.SECOND) {
            quantities
                    .put(Metric.HALL_IT_ENERGY, 833_333)
                    .put(Metric.HALL_COOLING_ENERGY, 133_333)
                    .put(Metric.HALL_WATER, 1_500);
        }
        otherwise.forEach(quantities::put);
        return new HallReport.Closed(new HallMetrics(
                new SiteId("small"),
                new HallId("h%02d".formatted(hall)),
                new Window(Instant.ofEpochMilli(START), resolution),
                0,
                1,
                quantities.build()));
    }

    private static void assertMeasured(@Nullable Quantity actual, double expected) {
        assertThat(actual)
                .isInstanceOfSatisfying(
                        Quantity.Measured.class,
                        q -> assertThat(q.value()).isCloseTo(expected, within(1e-5 * expected)));
    }

    private static void assertEstimated(@Nullable Quantity actual, double expected) {
        assertThat(actual)
                .isInstanceOfSatisfying(
                        Quantity.Estimated.class,
                        q -> assertThat(q.value()).isCloseTo(expected, within(1e-5 * expected)));
    }
}
