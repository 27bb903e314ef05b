package io.hallwatt.aggregate.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.hall.Outcome;
import io.hallwatt.aggregate.hall.Readings;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.site.SupplyKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SiteWindowsTest {
    private static final long START = 1_767_268_800_000L;
    private static final SiteSettings LIVE = new SiteSettings(2_000, 2_000, 3_600_000, true, "supply");

    private final Taken taken = new Taken();
    private SiteWindows site = site(Sites.small());

    @Test
    void a_hall_that_comes_after_the_sites_window_was_closed_is_told_so() {
        assertThat(site.hall(second("h01", 0, Quantity.measured(1_000)), START + 900))
                .isTrue();
        site.closeThrough(START + 1_000);

        assertThat(site.hall(second("h02", 0, Quantity.measured(1_000)), START + 900))
                .isFalse();

        assertThat(taken.metrics)
                .singleElement()
                .satisfies(m ->
                        assertThat(m.quantities().get(Metric.SITE_IT_POWER)).isEqualTo(Quantity.estimated(1_000)));
        assertThat(taken.newest).containsExactly(START + 900);
    }

    @Test
    void what_a_hall_delivers_that_has_just_left_is_counted_where_its_window_is_open() {
        site.apply(Sites.site("small")
                .halls("h01", hall -> hall.racks("r001..r003"))
                .grid("grid", 2_000_000)
                .build());

        assertThat(site.hall(second("h02", 0, Quantity.measured(500)), START)).isTrue();
        assertThat(site.hall(second("h01", 0, Quantity.measured(1_000)), START)).isTrue();
        site.closeThrough(START + 1_000);

        assertThat(taken.metrics)
                .singleElement()
                .satisfies(m ->
                        assertThat(m.quantities().get(Metric.SITE_IT_POWER)).isEqualTo(Quantity.measured(1_500)));
    }

    @Test
    void what_is_computed_of_estimated_parts_is_estimated() {
        site.hall(second("h01", 0, Quantity.estimated(60_000)), START);
        site.hall(second("h02", 0, Quantity.measured(60_000)), START);
        site.supply(Readings.source("grid", START, 0, 150_000, 0, 551.0), 0, 0);
        site.supply(Readings.source("solar", START, 0, 30_000, 0, null), 0, 1);
        site.closeThrough(START + 1_000);

        Quantities quantities = taken.metrics.getFirst().quantities();
        assertThat(quantities.get(Metric.SITE_IT_POWER)).isEqualTo(Quantity.estimated(120_000));
        assertThat(quantities.get(Metric.SITE_POWER_RATIO)).isEqualTo(Quantity.estimated(1.25));
        assertThat(quantities.get(Metric.SITE_OTHER_POWER)).isEqualTo(Quantity.estimated(20_000));
        assertThat(quantities.get(Metric.SITE_FACILITY_POWER)).isEqualTo(Quantity.measured(150_000));
        assertThat(quantities.get(Metric.SITE_RENEWABLE_SHARE)).isEqualTo(Quantity.measured(0.2));
    }

    @Test
    void without_a_grid_meter_the_share_and_the_carbon_rate_are_as_sure_as_the_loads() {
        site = site(Sites.site("small")
                .halls("h01", hall -> hall.racks("r001..r003"))
                .contractual(SupplyKind.SOLAR, "solar", 1_000_000)
                .build());
        site.hall(second("h01", 0, Quantity.estimated(60_000)), START);
        site.supply(Readings.source("solar", START, 0, 30_000, 0, null), 0, 0);
        site.closeThrough(START + 1_000);

        Quantities quantities = taken.metrics.getFirst().quantities();
        assertThat(quantities.get(Metric.SITE_FACILITY_POWER)).isEqualTo(Quantity.estimated(70_000));
        assertThat(quantities.get(Metric.SITE_RENEWABLE_SHARE)).isEqualTo(Quantity.estimated(30_000 / 70_000.0));
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void hours_and_what_is_open_add_up_to_the_registers_whichever_sources_leave_and_come_back(long seed) {
        Random random = new Random(seed);
        Map<String, byte[]> store = new HashMap<>();
        Site model = model(random);
        site = site(model);
        long[] registers = new long[3];
        for (long at = START; at < START + 9 * 3_600_000L; at += 20_000 + random.nextInt(300_000)) {
            for (int i = 0; i < 3; i++) {
                registers[i] += random.nextInt(50_000);
                Outcome outcome =
                        site.supply(Readings.source("s" + i, at, at / 1_000, 1_000, registers[i], null), 0, at / 1_000);
                int source = i;
                boolean known = site.model().sources().stream()
                        .anyMatch(s -> s.id().text().equals("s" + source));
                assertThat(outcome == Outcome.UNKNOWN_DEVICE).isEqualTo(!known);
            }
            if (random.nextInt(12) == 0) {
                model = model(random);
                if (random.nextBoolean()) {
                    site.apply(model);
                }
            }
            if (random.nextInt(12) == 0) {
                SiteState.drainDirty(site, (key, bytes) -> {
                    if (bytes == null) {
                        store.remove(key);
                    } else {
                        store.put(key, bytes);
                    }
                });
                site = new SiteWindows(model, LIVE, taken);
                SiteState.restore(site, model, store);
            }
            site.closeThrough(at - 5_000);

            assertThat(taken.total() + site.openMilliwattHours()).isEqualTo(site.registersMilliwattHours());
        }
        assertThat(taken.hours).hasSizeGreaterThan(6);
        assertThat(taken.hours.values())
                .filteredOn(hour -> hour.measuredMilliwattHours() > 0)
                .isNotEmpty()
                .allSatisfy(hour -> assertThat(hour.evidence().readings()).isPositive());
    }

    /** Some of three sources, with one report interval or another. */
    private static Site model(Random random) {
        Sites sites = Sites.site("small");
        int which = 1 + random.nextInt(7);
        for (int i = 0; i < 3; i++) {
            if ((which & 1 << i) != 0) {
                sites.contractual(SupplyKind.WIND, "s" + i, 1_000_000 + random.nextInt(2));
            }
        }
        return sites.build();
    }

    private SiteWindows site(Site model) {
        SiteWindows windows = new SiteWindows(model, LIVE, taken);
        windows.apply(model);
        return windows;
    }

    private static HallReport second(String hall, int second, Quantity power) {
        Quantities quantities = Quantities.builder()
                .put(Metric.HALL_IT_POWER, power)
                .put(Metric.HALL_COOLING_POWER, Quantity.measured(5_000 * (hall.equals("h01") ? 2 : 0)))
                .put(Metric.HALL_RACKS_EXPECTED, 3)
                .put(Metric.HALL_RACKS_REPORTING, 3)
                .build();
        Window window = new Window(Instant.ofEpochMilli(START + second * 1_000L), Resolution.SECOND);
        return new HallReport.Closed(new HallMetrics(new SiteId("small"), new HallId(hall), window, 0, 1, quantities));
    }

    /** All that the site closed; of each hour the newest revision. */
    private static final class Taken implements SiteOutput {
        private final List<SiteMetrics> metrics = new ArrayList<>();
        private final List<Long> newest = new ArrayList<>();
        private final Map<String, EnergyHour> hours = new HashMap<>();

        @Override
        public void site(SiteMetrics closed, long newestReading) {
            metrics.add(closed);
            newest.add(newestReading);
        }

        @Override
        public void hour(EnergyHour hour) {
            hours.put(hour.subject().text() + " " + hour.start(), hour);
        }

        long total() {
            return hours.values().stream()
                    .mapToLong(EnergyHour::totalMilliwattHours)
                    .sum();
        }
    }
}
