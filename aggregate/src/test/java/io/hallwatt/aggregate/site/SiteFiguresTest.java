package io.hallwatt.aggregate.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SiteFiguresTest {
    private static final double MILLIWATT_HOURS = 1e6; // of a kWh

    @Test
    void with_one_factor_carbon_usage_is_that_times_the_pue() {
        assertThat(SiteFigures.carbonUsage(482_500, 250, 386_000)).isCloseTo(312.5, within(1e-9));
    }

    /** 1.8 m3/MWh are 1.8 L/kWh. */
    @Test
    void water_usage_is_in_litres_a_kilowatt_hour() {
        assertThat(SiteFigures.waterUsage(1_800, 1 * MILLIWATT_HOURS)).isCloseTo(1.8, within(1e-9));
    }

    @Test
    void the_renewable_factor_is_a_share() {
        assertThat(SiteFigures.renewableFactor(30, 120)).isEqualTo(0.25);
        assertThat(SiteFigures.renewableFactor(130, 120)).isEqualTo(1);
        assertThat(SiteFigures.renewableFactor(-1, 120)).isZero();
    }
}
