package io.hallwatt.aggregate.hall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hallwatt.aggregate.rack.RackReports;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Sites;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A hall of which a part is silent. Each rack draws 72 kW on two feeds of 50 A; each CRAH uses 10 kW and takes out 14.293 kW of heat, and is rated to take out 200
 * kW.
 */
class HallPartlyKnownTest {
    private static final long START = Taken.START;
    private static final Quantity INCOMPLETE = Quantity.unknown(Reason.INCOMPLETE);

    private static final double MUTE = -1;

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

    @Test
    void two_of_four_silent_cooling_units_are_neither_lost_nor_there() {
        Quantities half = second(4, 4, 2, 0); // two that are heard carry 200 kW without one, with the others 600 of 288
        Quantities lost = second(10, 4, 2, 0); // 720 kW: too much for all of them

        assertThat(half.get(Metric.HALL_COOLING_REDUNDANCY)).isEqualTo(INCOMPLETE);
        assertThat(half.get(Metric.HALL_COOLING_HEADROOM)).isEqualTo(Quantity.estimated(200_000 - 288_000));
        assertThat(lost.get(Metric.HALL_COOLING_REDUNDANCY)).isEqualTo(Quantity.estimated(200.0 / 720));
    }

    @Test
    void mute_feeds_are_not_free_of_risk() {
        Quantities one = racks(200, rack -> rack == 1 ? 20 : MUTE, 22);
        Quantities few = racks(200, rack -> rack <= 189 ? 20 : MUTE, 22);
        Quantities nearly = racks(200, rack -> rack <= 190 ? 20 : MUTE, 22);

        assertThat(one.get(Metric.HALL_FEED_LOSS_RISK)).isEqualTo(INCOMPLETE);
        assertThat(few.get(Metric.HALL_FEED_LOSS_RISK)).isEqualTo(INCOMPLETE);
        assertThat(nearly.get(Metric.HALL_FEED_LOSS_RISK)).isEqualTo(Quantity.estimated(0));
        assertThat(one.get(Metric.HALL_FEED_LOSS_LOAD_MAX)).isEqualTo(INCOMPLETE);
        assertThat(few.get(Metric.HALL_FEED_LOSS_LOAD_MAX)).isEqualTo(Quantity.estimated(0.4, "r001"));
    }

    @Test
    void a_risk_that_is_seen_is_told_however_many_are_mute() {
        Quantities quantities = racks(200, rack -> rack == 1 ? 90 : MUTE, 33);

        assertThat(quantities.get(Metric.HALL_FEED_LOSS_RISK)).isEqualTo(Quantity.estimated(1));
        assertThat(quantities.get(Metric.HALL_FEED_LOSS_LOAD_MAX)).isEqualTo(Quantity.estimated(1.8, "r001"));
        assertThat(quantities.get(Metric.HALL_FEED_LOAD_MAX, "A")).isEqualTo(Quantity.estimated(0.9, "r001"));
        assertThat(quantities.get(Metric.HALL_INLET_MAX)).isEqualTo(Quantity.estimated(33, "r001"));
        assertThat(quantities.get(Metric.HALL_INLET_RECOMMENDED_EXCESS)).isEqualTo(Quantity.estimated(6, "r001"));
    }

    @Test
    void intakes_of_some_racks_are_estimated_and_of_less_than_half_are_none() {
        Quantities one = racks(200, rack -> rack == 1 ? 20 : MUTE, 22);
        Quantities half = racks(200, rack -> rack <= 100 ? 20 : MUTE, 22);
        Quantities all = racks(200, rack -> 20, 22);

        for (Metric metric :
                new Metric[] {Metric.HALL_INLET_MEAN, Metric.HALL_INLET_P95, Metric.HALL_RCI_HIGH, Metric.HALL_RCI_LOW
                }) {
            assertThat(one.get(metric)).as(metric.field()).isEqualTo(INCOMPLETE);
            assertThat(half.get(metric)).as(metric.field()).isInstanceOf(Quantity.Estimated.class);
            assertThat(all.get(metric)).as(metric.field()).isInstanceOf(Quantity.Measured.class);
        }
    }

    @Test
    void a_minutes_cooling_efficiency_is_of_units_that_know_both_heat_and_electricity() {
        Quantities whole = minuteOfCooling(0, 0);
        Quantities noHeat = minuteOfCooling(1, 0);
        Quantities noRegister = minuteOfCooling(0, 1);
        Quantities twoOfEither = minuteOfCooling(1, 1);

        double cer = Quantity.number(Objects.requireNonNull(whole.get(Metric.HALL_CER)));
        assertThat(whole.get(Metric.HALL_CER)).isInstanceOf(Quantity.Measured.class);
        assertThat(cer).isEqualTo(14.2933 / 9, within(1e-4));
        for (Quantities partly : List.of(noHeat, noRegister)) {
            assertThat(partly.get(Metric.HALL_CER)).isInstanceOf(Quantity.Estimated.class);
            assertThat(partly.value(Metric.HALL_CER).orElseThrow()).isEqualTo(cer, within(1e-9));
        }
        assertThat(twoOfEither.get(Metric.HALL_CER)).as("23 of 25 know both").isEqualTo(INCOMPLETE);
        assertThat(noHeat.get(Metric.HALL_COOLING_ENERGY)).isEqualTo(Quantity.measured(25 * 60 * 2_500));
        assertThat(noRegister.get(Metric.HALL_COOLING_ENERGY)).isEqualTo(Quantity.estimated(24 * 60 * 2_500));
    }

    @Test
    void a_worst_case_of_a_rack_that_was_not_heard_for_95_per_cent_of_the_minute_is_estimated() {
        Quantities nearly = minuteOfRacks(55); // the last reading, of :54, holds to :57
        Quantities hardly = minuteOfRacks(54);

        assertThat(nearly.get(Metric.HALL_INLET_MAX)).isEqualTo(Quantity.measured(24, "r002"));
        assertThat(hardly.get(Metric.HALL_INLET_MAX)).isEqualTo(Quantity.estimated(24, "r002"));
        assertThat(hardly.get(Metric.HALL_INLET_RECOMMENDED_EXCESS)).isEqualTo(Quantity.estimated(24 - 27, "r002"));
        for (Metric metric : List.of(
                Metric.HALL_INLET_MIN,
                Metric.HALL_INLET_MEAN,
                Metric.HALL_RCI_HIGH,
                Metric.HALL_FEED_LOSS_LOAD_MAX,
                Metric.HALL_FEED_LOSS_RISK,
                Metric.HALL_RACK_HEADROOM)) {
            assertThat(nearly.get(metric)).as(metric.field()).isInstanceOf(Quantity.Measured.class);
            assertThat(hardly.get(metric)).as(metric.field()).isInstanceOf(Quantity.Estimated.class);
        }
        for (Metric metric :
                List.of(Metric.HALL_FEED_LOAD_MAX, Metric.HALL_BREAKER_HEADROOM, Metric.HALL_PHASE_IMBALANCE)) {
            assertThat(nearly.get(metric, "A")).as(metric.field()).isInstanceOf(Quantity.Measured.class);
            assertThat(hardly.get(metric, "A")).as(metric.field()).isInstanceOf(Quantity.Estimated.class);
        }
    }

    @Test
    void a_second_has_no_more_to_hear_than_a_reading() {
        minuteOfRacks(54);

        long silent = START + 55_000;
        assertThat(taken.between(silent, silent + 1_000).getFirst().quantities().get(Metric.HALL_INLET_MAX))
                .isEqualTo(Quantity.measured(24, "r002"));
    }

    @Test
    void racks_without_sensors_leave_the_others_measured_and_failed_sensors_do_not() {
        Hall hall = hall(2);
        HallWindows windows = windows(hall);
        for (long second = 0; second < 3; second++) {
            long at = START + second * 1_000;
            RackReading one = Readings.rack("h01", "r001", at, second, 20, 0, 22);
            RackReading two = Readings.rack("h01", "r002", at, second, 20, 0, 24);
            windows.rack(RackReports.of(one), 0, 2 * second);
            windows.rack(RackReports.of(second == 1 ? two : withoutAir(two)), 0, 2 * second + 1);
        }
        windows.closeThrough(START + 3_000);

        assertThat(inletMax(0)).as("never told of any").isEqualTo(Quantity.measured(22, "r001"));
        assertThat(inletMax(1)).isEqualTo(Quantity.measured(24, "r002"));
        assertThat(inletMax(2)).as("told of one before").isEqualTo(Quantity.estimated(22, "r001"));
    }

    private Quantity inletMax(long second) {
        long from = START + second * 1_000;
        return Objects.requireNonNull(
                taken.between(from, from + 1_000).getFirst().quantities().get(Metric.HALL_INLET_MAX));
    }

    private static RackReading withoutAir(RackReading reading) {
        return new RackReading(
                reading.site(),
                reading.hall(),
                reading.rack(),
                reading.at(),
                reading.sequence(),
                reading.feedA(),
                reading.feedB(),
                null,
                null,
                null,
                null);
    }

    private static Hall hall(int racks) {
        return Sites.site("small")
                .halls("h01", h -> h.racks("r001..r%03d".formatted(racks)))
                .build()
                .halls()
                .getFirst();
    }

    /**
     * One second of racks alone.
     *
     * @param amps of each phase of both feeds, by number of the rack from 1; {@link #MUTE} of a rack that says nothing
     */
    private Quantities racks(int racks, IntToDoubleFunction amps, double inlet) {
        HallWindows windows = windows(hall(racks));
        for (int rack = 1; rack <= racks; rack++) {
            double drawn = amps.applyAsDouble(rack);
            if (drawn != MUTE) {
                windows.rack(
                        RackReports.of(Readings.rack("h01", "r%03d".formatted(rack), START, 0, drawn, 0, inlet)),
                        0,
                        rack);
            }
        }
        windows.closeThrough(START + 1_000);
        return taken.between(START, START + 1_000).getFirst().quantities();
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

    /** A minute of two racks, the hotter of which says nothing any more from a second on. */
    private Quantities minuteOfRacks(int silentFrom) {
        HallWindows windows = windows(hall(2));
        for (int second = 0; second < 70; second++) {
            long at = START + second * 1_000L;
            windows.rack(RackReports.of(Readings.rack("h01", "r001", at, second, 20, 0, 22)), 0, second);
            if (second < silentFrom) {
                windows.rack(RackReports.of(Readings.rack("h01", "r002", at, second, 20, 0, 24)), 0, second);
            }
        }
        windows.closeThrough(START + 65_000);
        return taken.minutes().getFirst().quantities();
    }

    /** A minute of 25 CRAHs that use 9 kW: some do not tell their flow, and others their register or power. */
    private Quantities minuteOfCooling(int flowless, int unmetered) {
        Hall hall = Sites.site("small")
                .halls("h01", h -> h.racks("r001").crah("crah-01..crah-25"))
                .build()
                .halls()
                .getFirst();
        HallWindows windows = windows(hall);
        for (int second = 0; second < 70; second++) {
            long at = START + second * 1_000L;
            windows.rack(RackReports.of(Readings.rack("h01", "r001", at, second, 20, 0, 22)), 0, second);
            for (int unit = 1; unit <= 25; unit++) {
                CoolingReading reading = Readings.unit(
                        "h01",
                        "crah-%02d".formatted(unit),
                        at,
                        second,
                        9_000,
                        second * 2_500L,
                        CoolingState.RUNNING,
                        30.0,
                        unit <= flowless ? null : (Double) 1_000.0,
                        null);
                windows.cooling(unit > 25 - unmetered ? withoutElectricity(reading) : reading, 0, second);
            }
        }
        windows.closeThrough(START + 65_000);
        return taken.minutes().getFirst().quantities();
    }

    private static CoolingReading withoutElectricity(CoolingReading reading) {
        return new CoolingReading(
                reading.site(),
                reading.hall(),
                reading.unit(),
                reading.at(),
                reading.sequence(),
                null,
                null,
                reading.supplyCelsius(),
                reading.returnCelsius(),
                reading.flowLitresPerSecond(),
                reading.speedRatio(),
                null,
                reading.state(),
                null);
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
