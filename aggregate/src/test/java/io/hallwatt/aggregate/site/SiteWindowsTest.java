package io.hallwatt.aggregate.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.hall.Outcome;
import io.hallwatt.aggregate.hall.Readings;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergySubject;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.property.Seeds;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.site.SupplyKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class SiteWindowsTest {
    private static final long START = 1_767_268_800_000L;
    private static final SiteSettings LIVE = new SiteSettings(2_000, 2_000, 3_600_000, true, "supply");
    private static final SiteSettings PAST = new SiteSettings(2_000, 2_000, 600_000, false, "supply");
    private static final long QUARTER = Resolution.QUARTER.millis();

    private final Taken taken = new Taken();
    private final Taken once = new Taken();
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

    @ParameterizedTest
    @Seeds(100)
    void hours_and_what_is_open_add_up_to_the_registers_whichever_sources_leave_and_come_back(Random random) {
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
                restart(model, LIVE, store);
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

    @ParameterizedTest
    @Seeds(100)
    void hours_that_wait_to_be_published_are_open_wherever_a_past_breaks_off(Random random) {
        Map<String, byte[]> store = new HashMap<>();
        Site model = Sites.small();
        site = new SiteWindows(model, PAST, taken);
        site.apply(model);
        Map<String, EnergyHour> closed = new HashMap<>();
        boolean waited = false;
        long register = 0;
        for (int quarter = 0; quarter < 40; quarter++) {
            for (int minute = 0; minute < 15; minute += 1 + random.nextInt(8)) {
                long at = START + quarter * QUARTER + minute * 60_000L;
                register += random.nextInt(50_000);
                site.supply(Readings.source("grid", at, at / 1_000, 1_000, register, null), 0, at / 1_000);
                requireSum(closed);
            }
            for (String hall : List.of("h01", "h02")) {
                if (random.nextInt(30) == 0) {
                    site.hall(new HallReport.Ended(new HallId(hall)), Long.MIN_VALUE);
                    requireSum(closed);
                }
                if (random.nextInt(8) > 0) {
                    site.hall(quarter(hall, quarter), Long.MIN_VALUE);
                }
                if (quarter % 4 == 3) {
                    close(hall, quarter / 4, random, closed);
                }
                if (quarter > 3 && random.nextInt(3) == 0) {
                    int newest = (quarter - 3) / 4;
                    close(hall, Math.max(0, newest - random.nextInt(3)), random, closed);
                }
                requireSum(closed);
            }
            waited |= taken.total() + open(site) < site.registersMilliwattHours() + total(closed);
            if (random.nextInt(20) == 0) {
                site.supplyEnded();
            }
            if (random.nextInt(6) == 0) {
                restart(model, PAST, store);
            }
            requireSum(closed);
        }
        assertThat(waited).isTrue();

        site.hall(new HallReport.Ended(new HallId("h01")), Long.MIN_VALUE);
        site.hall(new HallReport.Ended(new HallId("h02")), Long.MIN_VALUE);
        site.supplyEnded();

        assertThat(site.openMilliwattHours()).isZero();
        requireSum(closed);
    }

    @Test
    void a_copy_counts_neither_for_the_carbon_of_its_hour_nor_as_evidence_of_it() {
        Map<String, byte[]> store = new HashMap<>();
        Site model = Sites.small();
        site = new SiteWindows(model, PAST, taken);
        site.apply(model);
        for (int i = 0; i < 200; i++) {
            assertThat(site.supply(grid(i), 0, i)).isEqualTo(Outcome.COUNTED);
        }
        deliver(4);
        for (int i = 0; i < 50; i++) {
            assertThat(site.supply(grid(i), 0, 200 + i)).isEqualTo(Outcome.DUPLICATE);
        }
        restart(model, PAST, store);
        for (int i = 0; i < 200; i++) {
            assertThat(site.supply(grid(i), 0, 250 + i)).isEqualTo(Outcome.DUPLICATE);
        }
        site.hall(new HallReport.Ended(new HallId("h01")), Long.MIN_VALUE);
        site.hall(new HallReport.Ended(new HallId("h02")), Long.MIN_VALUE);
        site.supplyEnded();

        assertThat(taken.hours.values()).singleElement().satisfies(hour -> {
            assertThat(hour.carbonGramsPerKilowattHour()).isEqualTo(200);
            assertThat(hour.evidence().readings()).isEqualTo(200);
            assertThat(hour.evidence().offsets()).containsExactly(new EnergyHour.OffsetRange("supply", 0, 0, 199));
        });
    }

    /** The first hundred state 100 g/kWh, the others 300. */
    private static SupplyReading grid(int i) {
        return Readings.source("grid", START + 1_000 + i * 1_000L, i, 1_000, i * 300L, i < 100 ? 100.0 : 300.0);
    }

    /** Both halls close so many minutes' last seconds: the site's seconds before are closed. */
    private void deliver(int minutes) {
        for (int second = 0; second < minutes * 60; second++) {
            site.hall(second("h01", second, Quantity.measured(1_000)), Long.MIN_VALUE);
            site.hall(second("h02", second, Quantity.measured(1_000)), Long.MIN_VALUE);
        }
    }

    @ParameterizedTest
    @Seeds(100)
    void copies_of_any_age_change_nothing_also_after_restarts(Random random) {
        Map<String, byte[]> store = new HashMap<>();
        Site model = model(random);
        SiteSettings settings = new SiteSettings(2_000, 2_000, 600_000, true, "supply");
        SiteWindows plain = new SiteWindows(model, settings, once);
        plain.apply(model);
        site = new SiteWindows(model, settings, taken);
        site.apply(model);
        List<SupplyReading> said = new ArrayList<>();
        List<SupplyReading> withheld = new ArrayList<>();
        long register = 0;
        long offset = 0;
        for (long at = START; at < START + 7 * 3_600_000L; at += 5_000 + random.nextInt(55_000)) {
            for (int i = 0; i < 3; i++) {
                register += random.nextInt(50_000);
                Double carbon = random.nextInt(4) == 0 ? null : (Double) (double) random.nextInt(700);
                withheld.add(Readings.source("s" + i, at, at / 1_000, 1_000, register, carbon));
            }
            while (!withheld.isEmpty() && random.nextInt(20) > 0) {
                SupplyReading next = withheld.remove(random.nextInt(8) == 0 ? 0 : withheld.size() - 1);
                assertThat(site.supply(next, 0, offset)).isEqualTo(plain.supply(next, 0, offset));
                offset++;
                said.add(next);
            }
            for (int copies = random.nextInt(6); copies > 0 && !said.isEmpty(); copies--) {
                site.supply(said.get(random.nextInt(said.size())), 0, offset++);
            }
            if (random.nextInt(20) == 0) {
                restart(model, settings, store);
            }
            site.closeThrough(at - 5_000);
            plain.closeThrough(at - 5_000);
        }

        assertThat(taken.hours).hasSizeGreaterThan(4).isEqualTo(once.hours);
    }

    private void requireSum(Map<String, EnergyHour> closedByHalls) {
        assertThat(taken.total() + site.openMilliwattHours())
                .isEqualTo(site.registersMilliwattHours() + total(closedByHalls));
    }

    /** What the sources' books alone hold open. */
    private static long open(SiteWindows site) {
        return site.sources.supplies.values().stream()
                .mapToLong(s ->
                        s.delivered.book().openMilliwattHours() + s.drawn.book().openMilliwattHours())
                .sum();
    }

    /** A hall closes an hour, or says anew what is in it. */
    private void close(String hall, int hour, Random random, Map<String, EnergyHour> closed) {
        EnergyHour before = closed.get(hall + hour);
        EnergyHour now = new EnergyHour(
                new SiteId("small"),
                new EnergySubject.HallIt(new HallId(hall)),
                Instant.ofEpochMilli(START + hour * 3_600_000L),
                before == null ? 0 : before.revision() + 1,
                random.nextInt(1_000_000),
                random.nextInt(1_000),
                3,
                3,
                null,
                new EnergyHour.Evidence(1, null, null, List.of(), List.of(), List.of()));
        closed.put(hall + hour, now);
        site.hall(new HallReport.Hour(now), Long.MIN_VALUE);
    }

    private static long total(Map<String, EnergyHour> hours) {
        return hours.values().stream()
                .mapToLong(EnergyHour::totalMilliwattHours)
                .sum();
    }

    private void restart(Site model, SiteSettings settings, Map<String, byte[]> store) {
        SiteState.drainDirty(site, (key, bytes) -> {
            if (bytes == null) {
                store.remove(key);
            } else {
                store.put(key, bytes);
            }
        });
        site = new SiteWindows(model, settings, taken);
        SiteState.restore(site, model, store);
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

    private static HallReport quarter(String hall, int quarter) {
        Window window = new Window(Instant.ofEpochMilli(START + quarter * QUARTER), Resolution.QUARTER);
        return new HallReport.Closed(new HallMetrics(
                new SiteId("small"),
                new HallId(hall),
                window,
                0,
                1,
                Quantities.builder().build()));
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
}
