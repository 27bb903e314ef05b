package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.window.PowerSamples.ABSENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.UnitId;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Sites;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CoolingSampleTest {
    private static final CoolingUnit UNIT =
            Sites.small().halls().getFirst().coolingUnits().getFirst();

    @Test
    void a_flow_that_is_warmed_takes_up_heat() {
        long[] values = sample(5_000.0, 18.0, 28.5, 2.0);

        assertThat(values[CoolingSample.ELECTRICAL]).isEqualTo(5_000_000);
        assertThat(values[CoolingSample.FLOW]).isEqualTo(2_000);
        assertThat(values[CoolingSample.DELTA]).isEqualTo(10_500);
        assertThat(values[CoolingSample.FLOW_DELTA]).isEqualTo(21_000);
        assertThat(values[CoolingSample.BACKWARDS]).isZero();
        assertThat(values[CoolingSample.HEAT])
                .isEqualTo(Math.round(CoolingFigures.heatWatts(UNIT.medium(), 2.0, 10.5) * 1000))
                .isPositive();
    }

    @Test
    void a_flow_that_is_neither_warmed_nor_cooled_takes_up_none() {
        long[] values = sample(null, 18.0, 18.0, 2.0);

        assertThat(values[CoolingSample.ELECTRICAL]).isEqualTo(ABSENT);
        assertThat(values[CoolingSample.HEAT]).isZero();
        assertThat(values[CoolingSample.BACKWARDS]).isZero();
    }

    @Test
    void a_flow_that_comes_back_colder_is_backwards_and_its_heat_is_not_known() {
        long[] values = sample(5_000.0, 18.0, 17.0, 2.0);

        assertThat(values[CoolingSample.BACKWARDS]).isEqualTo(1);
        assertThat(values[CoolingSample.HEAT]).isEqualTo(ABSENT);
        assertThat(values[CoolingSample.DELTA]).isEqualTo(-1_000);
    }

    @Test
    void no_flow_takes_up_no_heat_whatever_the_temperatures_are() {
        long[] values = sample(5_000.0, null, 17.0, 0.0);

        assertThat(values).containsExactly(5_000_000, 0, 0, 0, ABSENT, 0);
    }

    @Test
    void what_cannot_be_a_flow_is_none_that_is_known() {
        for (Double flow : new Double[] {null, -0.1, 1_000_001.0, Double.NaN}) {
            assertThat(sample(5_000.0, 18.0, 28.0, flow))
                    .containsExactly(5_000_000, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT);
        }
        assertThat(sample(null, 18.0, 18.0, 1e6)[CoolingSample.FLOW]).isEqualTo(1_000_000_000);
    }

    @Test
    void without_a_difference_that_can_be_nothing_is_known_of_the_heat() {
        long[] unknown = {ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, 0};

        assertThat(sample(null, null, 28.0, 2.0)).containsExactly(unknown);
        assertThat(sample(null, 18.0, null, 2.0)).containsExactly(unknown);
        assertThat(sample(null, 18.0, 219.0, 2.0)).containsExactly(unknown);
        assertThat(sample(null, 219.0, 18.0, 2.0)).containsExactly(unknown);
        assertThat(sample(null, -100.0, 100.0, 2.0)[CoolingSample.DELTA]).isEqualTo(200_000);
    }

    @Test
    void more_heat_than_any_unit_takes_up_is_not_known() {
        CoolingUnit water = Sites.small().halls().getFirst().coolingUnits().getLast();
        long[] values = sample(water, null, 0.0, 200.0, 1e6);

        assertThat(values[CoolingSample.HEAT]).isEqualTo(ABSENT);
        assertThat(values[CoolingSample.FLOW_DELTA]).isEqualTo(200_000_000_000L);
    }

    private static long[] sample(
            @Nullable Double watts, @Nullable Double supply, @Nullable Double back, @Nullable Double flow) {
        return sample(UNIT, watts, supply, back, flow);
    }

    private static long[] sample(
            CoolingUnit unit,
            @Nullable Double watts,
            @Nullable Double supply,
            @Nullable Double back,
            @Nullable Double flow) {
        long[] values = new long[CoolingSample.CHANNELS];
        CoolingSample.of(
                new CoolingReading(
                        new SiteId("small"),
                        new HallId("h01"),
                        new UnitId("crah-1"),
                        Instant.EPOCH,
                        0,
                        watts,
                        null,
                        supply,
                        back,
                        flow,
                        null,
                        null,
                        CoolingState.RUNNING,
                        null),
                unit,
                values);
        return values;
    }
}
