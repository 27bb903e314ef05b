package io.hallwatt.ingest.simulate.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hallwatt.ingest.simulate.weather.Wind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlantTest {
    @ParameterizedTest
    @CsvSource({
        "800, 25, 50, 627.8, 618.383",
        "1000, 35, 66.25, 735.8375, 724.7999375",
        "200, 10, 16.25, 177.2675, 174.6084875",
        "1100, 20, 54.375, 848.739375, 800"
    })
    void panels_give_what_light_and_heat_allow(double irradiance, double air, double cell, double dc, double ac) {
        PvPlant plant = PvPlant.ofPanels(1000);

        assertThat(PvPlant.cellCelsius(irradiance, air)).isCloseTo(cell, within(1e-9));
        assertThat(plant.dcWatts(irradiance, air)).isCloseTo(dc, within(1e-9));
        assertThat(plant.acWatts(irradiance, air)).isCloseTo(ac, within(1e-9));
    }

    @Test
    void ups_batteries_take_back_what_they_gave_and_what_was_lost_at_a_tenth_of_the_design_power() {
        UpsBatteries ups = new UpsBatteries(300_000);
        ups.give(270_000, 60); // 4.5 kWh, for which they need 5

        double taken = 0;
        int seconds = 0;
        for (double watts = ups.take(1e9, 1); watts > 0; watts = ups.take(1e9, 1)) {
            assertThat(watts).isLessThanOrEqualTo(30_000);
            taken += watts / 3600;
            seconds++;
        }

        assertThat(taken).isCloseTo(5_000, within(1e-6));
        assertThat(seconds).isBetween(600, 601);
    }

    @Test
    void ups_batteries_take_no_more_than_the_bus_has_and_no_longer_give_when_they_are_empty() {
        UpsBatteries ups = new UpsBatteries(300_000);
        ups.give(300_000, 3_600); // five minutes of it: generators carry the rest

        assertThat(ups.owedWattHours()).isCloseTo(25_000 / 0.9, within(1e-6));
        assertThat(ups.take(10_000, 1)).isEqualTo(10_000);
        assertThat(ups.take(-1, 1)).isZero();
    }

    @Test
    void a_plants_nameplate_is_its_inverters() {
        assertThat(PvPlant.rated(800).acWatts(1100, 20)).isEqualTo(800);
    }

    @ParameterizedTest
    @CsvSource({
        "2.9, 0",
        "3, 0",
        "5, 115.226337",
        "7.5, 464.285714",
        "8, 570.252792",
        "10, 1144.032922",
        "11.9, 1949.628454",
        "12, 2000",
        "24.9, 2000",
        "25, 0"
    })
    void a_turbine_follows_its_curve(double wind, double kilowatts) {
        assertThat(2000 * WindFarm.turbineRatio(wind)).isCloseTo(kilowatts, within(1e-6));
    }

    @Test
    void a_farm_in_the_straits_wind_runs_at_the_regions_capacity_factor() {
        Wind wind = new Wind(5);
        double sum = 0;
        int hours = 5 * 8766;
        for (int h = 0; h < hours; h++) {
            sum += WindFarm.farmRatio(wind.metresPerSecond(3600.0 * h));
        }

        assertThat(sum / hours).isBetween(0.36, 0.52); // Koudia al Baïda: 0.435
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 13.14, 0.883860704",
        "0.25, 15.375, 0.942063118",
        "0.5, 20.5, 0.960614793",
        "0.75, 27.375, 0.964785335",
        "1, 36, 0.965250965"
    })
    void a_ups_loses_most_of_a_little(double load, double loss, double efficiency) {
        double lost = Losses.upsWatts(1000, 1000 * load);

        assertThat(lost).isCloseTo(loss, within(1e-9));
        assertThat(1000 * load / (1000 * load + lost)).isCloseTo(efficiency, within(1e-9));
    }

    @Test
    void a_transformer_loses_in_iron_and_copper() {
        assertThat(Losses.transformerWatts(2500, 1784.758548)).isCloseTo(15.241452, within(1e-6));
    }

    @Test
    void a_battery_gives_back_its_round_trip_and_no_more() {
        Battery battery = new Battery(100, 0);
        double drawn = 0;
        double delivered = 0;
        for (int minute = 0; minute < 600; minute++) {
            double watts = -battery.possibleWatts(-500, 60);
            battery.book(0, watts / 60);
            drawn += watts / 60;
        }
        double full = battery.chargeRatio();
        for (int minute = 0; minute < 600; minute++) {
            double watts = battery.possibleWatts(500, 60);
            assertThat(watts).isBetween(0.0, 100.0);
            battery.book(watts / 60, 0);
            delivered += watts / 60;
        }

        assertThat(full).isCloseTo(1, within(1e-9));
        assertThat(battery.chargeRatio()).isCloseTo(0, within(1e-9));
        assertThat(delivered / drawn).isCloseTo(Battery.ROUND_TRIP, within(1e-9));
    }
}
