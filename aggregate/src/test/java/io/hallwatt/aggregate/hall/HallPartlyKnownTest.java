package io.hallwatt.aggregate.hall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hallwatt.aggregate.rack.RackReports;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Sites;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A hall of which a part is silent. Each rack draws 72 kW on two feeds of 50 A; each CRAH uses 10 kW and takes out 14.293 kW of heat, and is rated to take out 200
 * kW.
 */
class HallPartlyKnownTest {
    private static final long START = Taken.START;
    private static final Quantity INCOMPLETE = Quantity.unknown(Reason.INCOMPLETE);

    private final Taken taken = new Taken();

    @Test
    void two_of_four_silent_cooling_units_leave_no_ratio() {
        Quantities whole = second(4, 4, 4, 0);
        Quantities half = second(4, 4, 2, 0);

        assertThat(whole.get(Metric.HALL_PARTIAL_PUE)).isEqualTo(Quantity.measured((4 * 72.0 + 4 * 10) / (4 * 72)));
        assertThat(half.get(Metric.HALL_PARTIAL_PUE)).isEqualTo(INCOMPLETE);
        assertThat(half.get(Metric.HALL_CER)).isEqualTo(INCOMPLETE);
        assertThat(half.get(Metric.HALL_COOLING_POWER)).isEqualTo(Quantity.estimated(20_000));
        assertThat(half.get(Metric.HALL_COOLING_COMPLETENESS)).isEqualTo(Quantity.measured(0.5));
    }

    @Test
    void failed_flow_sensors_do_not_make_cooling_worse() {
        Quantities two = second(4, 4, 4, 2);
        Quantities one = second(20, 20, 20, 1);

        assertThat(two.get(Metric.HALL_CER)).isEqualTo(INCOMPLETE);
        assertThat(one.get(Metric.HALL_CER))
                .isInstanceOfSatisfying(
                        Quantity.Estimated.class, cer -> assertThat(cer.value()).isCloseTo(1.4293, within(1e-4)));
        assertThat(one.get(Metric.HALL_PARTIAL_PUE)).isInstanceOf(Quantity.Measured.class);
    }

    /**
     * One second.
     *
     * @param speaking units that report; of those the last {@code flowless} do not tell their flow
     */
    private Quantities second(int racks, int units, int speaking, int flowless) {
        Hall hall = Sites.site("small")
                .halls("h01", h -> h.racks("r001..r%03d".formatted(racks)).crah("crah-01..crah-%02d".formatted(units)))
                .build()
                .halls()
                .getFirst();
        HallWindows windows = windows(hall);
        for (int rack = 1; rack <= racks; rack++) {
            windows.rack(RackReports.of(Readings.rack("h01", "r%03d".formatted(rack), START, 0, 50, 0, 22)), 0, rack);
        }
        for (int unit = 1; unit <= speaking; unit++) {
            unit(windows, unit, unit > speaking - flowless ? null : (Double) 1_000.0);
        }
        windows.closeThrough(START + 1_000);
        return taken.between(START, START + 1_000).getFirst().quantities();
    }

    private HallWindows windows(Hall hall) {
        taken.metrics.clear();
        HallSettings settings = new HallSettings(2_000, 2_000, 3_600_000, true, "rack", "cooling");
        HallWindows windows = new HallWindows(new SiteId("small"), hall, settings, taken);
        windows.apply(hall);
        return windows;
    }

    private static void unit(HallWindows windows, int unit, @Nullable Double flow) {
        windows.cooling(
                Readings.unit(
                        "h01",
                        "crah-%02d".formatted(unit),
                        START,
                        0,
                        10_000,
                        0,
                        CoolingState.RUNNING,
                        30.0,
                        flow,
                        null),
                0,
                unit);
    }
}
