package io.hallwatt.aggregate.hall;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.rack.RackReports;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.site.WaterMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Water through meters that count more than a litre, and that begin anew. */
class WaterMeterTest {
    private static final long START = Taken.START;
    private static final long HOUR = 3_600_000;
    private static final int STEP = 10_000;
    private static final long CUBIC_METRE = 1_000_000;
    /** 0.2 L/s: a cubic metre in 5,000 s. */
    private static final long MILLILITRES_A_STEP = 2_000;

    private final Taken taken = new Taken();

    @Test
    void a_meter_of_cubic_metres_is_booked_by_what_it_counts() {
        WaterMeter meter = new WaterMeter(100_000 * CUBIC_METRE, CUBIC_METRE);

        assertThat(water(meter, 41_300 * CUBIC_METRE + 990_000)).isEqualTo(3.0 * CUBIC_METRE); // 41,300.99 to 41,303.87
    }

    @Test
    void a_meter_that_begins_anew_loses_nothing() {
        WaterMeter meter = new WaterMeter(100_000 * CUBIC_METRE, CUBIC_METRE);

        assertThat(water(meter, 99_998 * CUBIC_METRE + 990_000)).isEqualTo(3.0 * CUBIC_METRE);
    }

    @Test
    void nor_does_a_counter_of_16_bits_that_counts_litres() {
        WaterMeter meter = new WaterMeter(65_536_000, 1_000);

        assertThat(water(meter, 65_000_000)).isEqualTo(2_880_000.0);
    }

    /** What the quarters of four hours add up to, mL; each window is as the oracle says, measured and complete. */
    private double water(WaterMeter meter, long first) {
        Hall hall = Sites.site("small")
                .halls(
                        "h01",
                        h -> h.every(Duration.ofMillis(STEP))
                                .racks("r001")
                                .water(meter)
                                .chiller("chiller-1"))
                .build()
                .halls()
                .getFirst();
        List<Reading> readings = readings(meter, first);
        HallWindows windows = taken.begun(hall, false);
        for (int i = 0; i < readings.size(); i++) {
            if (readings.get(i) instanceof RackReading rack) {
                windows.rack(RackReports.of(rack), 0, i);
            } else {
                windows.cooling((CoolingReading) readings.get(i), 0, i);
            }
        }
        windows.end();

        HallOracle oracle = new HallOracle(hall, readings);
        double quarters = 0;
        for (HallMetrics metrics : taken.metrics) {
            long start = metrics.window().start().toEpochMilli();
            if (metrics.window().resolution() == Resolution.SECOND || start >= START + 4 * HOUR) {
                continue;
            }
            Quantity water = Objects.requireNonNull(metrics.quantities().get(Metric.HALL_WATER));
            assertThat(water)
                    .as("%s", metrics.window())
                    .isEqualTo(oracle.quantities(metrics.window()).get(Metric.HALL_WATER))
                    .isInstanceOf(Quantity.Measured.class);
            assertThat(metrics.quantities().get(Metric.HALL_WATER_COMPLETENESS)).isEqualTo(Quantity.measured(1));
            if (metrics.window().resolution() == Resolution.QUARTER) {
                quarters += Quantity.number(water);
            }
        }
        return quarters;
    }

    /** Four hours of a rack and a chiller. */
    private static List<Reading> readings(WaterMeter meter, long first) {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i <= 4 * HOUR / STEP; i++) {
            long at = START + i * (long) STEP;
            long shown = (first + i * MILLILITRES_A_STEP) % meter.modulusMillilitres();
            shown -= shown % meter.resolutionMillilitres();
            readings.add(Readings.rack("h01", "r001", at, i, 10, i * 10L, 22));
            readings.add(
                    Readings.unit("h01", "chiller-1", at, i, 5_000, i * 14_000L, CoolingState.RUNNING, 24, 1.0, shown));
        }
        return readings;
    }
}
