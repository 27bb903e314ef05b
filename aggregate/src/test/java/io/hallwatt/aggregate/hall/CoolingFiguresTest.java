package io.hallwatt.aggregate.hall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.site.AshraeClass;
import io.hallwatt.contract.site.Fluid;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CoolingFiguresTest {
    private static final Offset<Double> EXACT = within(1e-9);

    @Test
    void heat_by_fluid() {
        assertThat(CoolingFigures.heatWatts(Fluid.WATER, 10, 6)).isCloseTo(250_155.8568, within(1e-4));
        assertThat(CoolingFigures.heatWatts(Fluid.AIR, 1_000, 12)).isCloseTo(14_293.248, within(1e-5));
        assertThat(CoolingFigures.heatWatts(Fluid.PG25, 180.1437 / 60, 10)).isCloseTo(120_000, within(0.1));
        assertThat(CoolingFigures.heatWatts(Fluid.WATER, 0, 6)).isZero();
    }

    @Test
    void efficiency_is_heat_over_electricity() {
        Quantity heat = Quantity.measured(250_155_856.8);

        assertThat(Quantity.ratio(heat, Quantity.measured(22_500_000)))
                .isInstanceOfSatisfying(
                        Quantity.Measured.class, cer -> assertThat(cer.value()).isCloseTo(11.11803808, within(1e-8)));
    }

    @Test
    void rack_cooling_index() {
        double[] intakes = {22.0, 24.5, 26.9, 27.0, 28.5, 31.0, 17.5, 16.0};
        assertThat(high(AshraeClass.A1, intakes)).isCloseTo(0.8625, EXACT);
        assertThat(low(AshraeClass.A1, intakes)).isCloseTo(0.8958333333333333, EXACT);
        assertThat(high(AshraeClass.A1, 24, 25, 26, 29.5)).isCloseTo(0.875, EXACT);
        assertThat(low(AshraeClass.A1, 24, 25, 26, 29.5)).isEqualTo(1);
        assertThat(high(AshraeClass.A1, 20, 16.5)).isEqualTo(1);
        assertThat(low(AshraeClass.A1, 20, 16.5)).isCloseTo(0.75, EXACT);
        assertThat(high(AshraeClass.A2, 30)).isCloseTo(0.625, EXACT);
        assertThat(high(AshraeClass.A1, 45, 45)).isZero();
        assertThat(high(AshraeClass.A1)).isNaN();
    }

    @Test
    void return_temperature_index() {
        assertThat(CoolingFigures.returnTemperatureIndex(31.8 - 20.4, 36.2 - 22.6))
                .isCloseTo(0.838235294117647, EXACT);
        assertThat(CoolingFigures.returnTemperatureIndex(12, 12)).isEqualTo(1);
        assertThat(CoolingFigures.returnTemperatureIndex(15, 12)).isEqualTo(1.25);
        assertThat(CoolingFigures.returnTemperatureIndex(9, 12)).isEqualTo(0.75);
        assertThat(CoolingFigures.returnTemperatureIndex(9, 0.5)).isNaN();
    }

    @Test
    void what_racks_warm_their_air_by_is_weighted_by_airflow() {
        assertThat(CoolingFigures.equipmentKelvin(new double[] {1_000, 3_000, 500}, new double[] {10, 20, -1}))
                .isCloseTo(16, EXACT);
        assertThat(CoolingFigures.equipmentKelvin(new double[] {1_000}, new double[] {Double.NaN}))
                .isNaN();
    }

    private static double high(AshraeClass ashrae, double... intakes) {
        return CoolingFigures.rciHigh(intakes, ashrae.recommendedMaxCelsius(), ashrae.allowableMaxCelsius());
    }

    private static double low(AshraeClass ashrae, double... intakes) {
        return CoolingFigures.rciLow(intakes, ashrae.recommendedMinCelsius(), ashrae.allowableMinCelsius());
    }
}
