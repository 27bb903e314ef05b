package io.hallwatt.app.summary;

import static io.hallwatt.app.summary.Hours.hour;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.app.summary.Summary.LoadOf;
import io.hallwatt.app.summary.Summary.Renewable;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SiteYaml;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenewableMatchTest {
    private static final String NOON = "2024-01-31T12:00:00Z";
    private static final String ONE = "2024-01-31T13:00:00Z";
    private static final String NEXT_MONTH = "2024-02-01T00:00:00Z";
    private static final Site SITE = SiteYaml.read("site.yaml", """
            id: s
            name: A site
            zone: UTC
            latitude: 0
            longitude: 0
            halls:
              - id: h
                design-it-kw: 1
                racks:
                  - { id: r, report-interval: 1h }
            supply:
              - { id: wind, kind: wind, delivery: contractual, rated-mw: 1, report-interval: 1h }
              - { id: solar, kind: solar, delivery: contractual, rated-mw: 1, report-interval: 1h }
              - { id: grid, kind: grid, rated-mw: 1, report-interval: 1h }
            """);
    private static final Site METERED = SiteYaml.read("site.yaml", """
            id: s
            name: A site with a meter at its grid connection
            zone: UTC
            latitude: 0
            longitude: 0
            halls:
              - id: h
                design-it-kw: 1
                racks:
                  - { id: r, report-interval: 1h }
                cooling:
                  - { id: crah, kind: crah, rated-cooling-kw: 1, rated-electrical-kw: 1 }
            supply:
              - { id: wind, kind: wind, delivery: contractual, rated-mw: 1, report-interval: 1h }
              - { id: roof, kind: solar, delivery: physical, rated-mw: 1, report-interval: 1h }
              - { id: battery, kind: battery, rated-mw: 1, report-interval: 1h }
              - { id: grid, kind: grid, rated-mw: 1, report-interval: 1h }
            """);

    @Test
    void an_hours_matched_energy_is_the_lesser_of_load_and_supply() {
        Renewable match = match(
                hour("hall/h/it", NOON, 100),
                hour("source/wind/delivered", NOON, 60),
                hour("source/solar/delivered", NOON, 70),
                hour("hall/h/it", ONE, 100),
                hour("source/wind/delivered", ONE, 20),
                hour("source/solar/delivered", ONE, 0));

        assertThat(match.loadMilliwattHours()).isEqualTo(200);
        assertThat(match.supplyMilliwattHours()).isEqualTo(150);
        assertThat(match.matchedMilliwattHours()).isEqualTo(120);
        assertThat(match.surplusMilliwattHours()).isEqualTo(30);
        assertThat(match.residualMilliwattHours()).isEqualTo(80);
        assertThat(match.hourlyShare()).isEqualByComparingTo("0.6");
        assertThat(match.annualShare()).isEqualByComparingTo("0.75");
        assertThat(match.hoursWithSurplus()).isEqualTo(1);
        assertThat(match.hoursWithDeficit()).isEqualTo(1);
        assertThat(match.firstHour()).isEqualTo(NOON);
        assertThat(match.lastHour()).isEqualTo(ONE);
    }

    @Test
    void an_hour_without_all_of_its_supply_is_told_and_enters_no_sum() {
        Renewable match = match(hour("hall/h/it", NOON, 100), hour("source/wind/delivered", NOON, 60));

        assertThat(match.hoursWithoutSupply()).isEqualTo(1);
        assertThat(match.hoursCounted()).isZero();
        assertThat(match.loadMilliwattHours()).isZero();
        assertThat(match.hourlyShare()).as("a share of nothing is not known").isNull();
        assertThat(match.residualCarbonGrams()).isNull();
    }

    @Test
    void a_load_that_is_not_known_for_the_whole_hour_is_not_counted() {
        Renewable match = match(
                hour("hall/h/it", NOON, 100, 0, 0, null),
                hour("source/wind/delivered", NOON, 60),
                hour("source/solar/delivered", NOON, 0));

        assertThat(match.hoursCounted()).isZero();
        assertThat(match.hoursWithoutSupply()).isZero();
    }

    @Test
    void the_annual_share_is_at_most_one() {
        Renewable match = match(
                hour("hall/h/it", NOON, 100),
                hour("source/wind/delivered", NOON, 600),
                hour("source/solar/delivered", NOON, 0));

        assertThat(match.annualShare()).isEqualByComparingTo("1");
    }

    @Test
    void shares_have_twelve_decimals_half_even() {
        Renewable match = match(
                hour("hall/h/it", NOON, 3),
                hour("source/wind/delivered", NOON, 2),
                hour("source/solar/delivered", NOON, 0));

        assertThat(match.hourlyShare()).hasToString("0.666666666667");
    }

    @Test
    void carbon_is_that_of_the_residual_by_the_grids_intensity_of_the_hour() {
        Renewable match = match(
                hour("hall/h/it", NOON, 3_000_000),
                hour("source/wind/delivered", NOON, 1_000_000),
                hour("source/solar/delivered", NOON, 0),
                hour("source/grid/delivered", NOON, 0, 0, 0, 347.202));

        assertThat(match.residualCarbonGrams()).hasToString("694.404");
    }

    @Test
    void carbon_is_not_known_where_a_residuals_intensity_is_not() {
        Renewable match = match(
                hour("hall/h/it", NOON, 3),
                hour("source/wind/delivered", NOON, 1),
                hour("source/solar/delivered", NOON, 0));

        assertThat(match.residualCarbonGrams()).isNull();
    }

    @Test
    void the_last_revision_counts_in_any_order() {
        Renewable match = match(
                hour("hall/h/it", NOON, 90, 1, 1, null),
                hour("hall/h/it", NOON, 100),
                hour("source/wind/delivered", NOON, 60),
                hour("source/solar/delivered", NOON, 0));

        assertThat(match.loadMilliwattHours()).isEqualTo(90);
    }

    @Test
    void months_are_by_utc_and_add_up() {
        Renewable match = match(
                hour("hall/h/it", ONE, 100),
                hour("source/wind/delivered", ONE, 60),
                hour("source/solar/delivered", ONE, 0),
                hour("hall/h/it", NEXT_MONTH, 50),
                hour("source/wind/delivered", NEXT_MONTH, 60),
                hour("source/solar/delivered", NEXT_MONTH, 0));

        assertThat(match.months()).extracting(Summary.Month::month).containsExactly("2024-01", "2024-02");
        assertThat(match.months())
                .extracting(Summary.Month::matchedMilliwattHours)
                .containsExactly(60L, 50L);
    }

    @Test
    void where_the_grid_is_metered_the_load_is_what_came_in_over_the_sites_own_meters() {
        Renewable match = match(
                METERED,
                hour("hall/h/it", NOON, 100),
                hour("hall/h/cooling", NOON, 20),
                hour("source/wind/delivered", NOON, 90),
                hour("source/roof/delivered", NOON, 40),
                hour("source/battery/delivered", NOON, 7),
                hour("source/battery/drawn", NOON, 2),
                hour("source/grid/delivered", NOON, 110),
                hour("source/grid/drawn", NOON, 5));

        assertThat(match.loadOf()).isEqualTo(LoadOf.FACILITY);
        assertThat(match.loadMilliwattHours())
                .as("110 + 40 + 7 − 2 − 5: the wind park's energy is contractual")
                .isEqualTo(150);
        assertThat(match.supplyMilliwattHours()).isEqualTo(130);
        assertThat(match.matchedMilliwattHours()).isEqualTo(130);
        assertThat(match.residualMilliwattHours()).isEqualTo(20);
    }

    @Test
    void an_hour_in_which_a_meter_of_the_facility_is_not_known_is_not_counted_by_its_halls_instead() {
        EnergyHour[] whole = {
            hour("hall/h/it", NOON, 100),
            hour("hall/h/cooling", NOON, 20),
            hour("source/wind/delivered", NOON, 90),
            hour("source/roof/delivered", NOON, 40),
            hour("source/battery/delivered", NOON, 7),
            hour("source/battery/drawn", NOON, 2),
            hour("source/grid/delivered", NOON, 110)
        };
        for (String missing : List.of("source/roof/delivered", "source/battery/drawn", "source/grid/delivered")) {
            List<EnergyHour> hours = new ArrayList<>();
            for (EnergyHour hour : whole) {
                hours.add(hour);
                if (!hour.subject().text().equals(missing)) {
                    hours.add(hour(hour.subject().text(), ONE, hour.totalMilliwattHours()));
                }
            }

            Renewable match = match(METERED, hours.toArray(EnergyHour[]::new));

            assertThat(match.hoursCounted()).as(missing).isEqualTo(1);
            assertThat(match.hoursWithoutSupply()).as(missing).isZero();
            assertThat(match.loadMilliwattHours()).as(missing).isEqualTo(155);
        }
    }

    @Test
    void more_that_left_the_site_than_came_in_is_no_load() {
        Renewable match = match(
                METERED,
                hour("source/wind/delivered", NOON, 90),
                hour("source/roof/delivered", NOON, 40),
                hour("source/battery/delivered", NOON, 0),
                hour("source/grid/delivered", NOON, 0),
                hour("source/grid/drawn", NOON, 41));

        assertThat(match.hoursCounted()).isZero();
        assertThat(match.loadOf()).isNull();
    }

    @Test
    void a_grid_that_gives_its_carbon_only_is_no_meter_and_the_load_is_that_of_the_halls() {
        Renewable match = match(
                METERED,
                hour("hall/h/it", NOON, 100),
                hour("hall/h/cooling", NOON, 20),
                hour("source/wind/delivered", NOON, 90),
                hour("source/roof/delivered", NOON, 40),
                hour("source/grid/delivered", NOON, 0, 0, 0, 347.202));

        assertThat(match.loadOf()).isEqualTo(LoadOf.HALLS);
        assertThat(match.loadMilliwattHours()).isEqualTo(120);
    }

    private static Renewable match(EnergyHour... hours) {
        return match(SITE, hours);
    }

    private static Renewable match(Site site, EnergyHour... hours) {
        EnergyJournal journal = new EnergyJournal();
        for (EnergyHour hour : hours) {
            journal.add(hour);
        }
        return RenewableMatch.of(site, journal);
    }
}
