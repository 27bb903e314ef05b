package io.hallwatt.aggregate.hall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hallwatt.aggregate.rack.RackReports;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.EnergyHour.RegisterEvent;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.RegisterNote;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.UnitId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.property.Seeds;
import io.hallwatt.contract.site.CoolingKind;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Sites;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HallWindowsTest {
    private static final long START = Taken.START;
    private static final long MINUTE = 60_000;

    private final Taken taken = new Taken();

    @Test
    void a_step_back_of_one_count_of_the_register_is_jitter_whatever_the_count_is() {
        Hall hall = Sites.site("small")
                .halls("h01", h -> h.resolution(1_000).racks("r001").crah("crah-1"))
                .build()
                .halls()
                .getFirst();
        HallWindows windows = windows(hall);
        windows.apply(hall);
        long[] counts = {1_000, 1_010, 1_009, 1_021};
        for (int minute = 0; minute < counts.length; minute++) {
            rack(windows, "r001", START + minute * MINUTE, minute, counts[minute] * 1_000);
            unit(windows, START + minute * MINUTE, minute, counts[minute] * 1_000);
        }
        windows.end();

        assertThat(taken.hour("hall/h01/it").evidence().events())
                .containsExactly(new RegisterEvent(RegisterNote.METER_JITTERED, 2));
        assertThat(taken.hour("hall/h01/it").measuredMilliwattHours()).isEqualTo(2 * 21_000);
        assertThat(taken.hour("hall/h01/cooling").evidence().events())
                .containsExactly(new RegisterEvent(RegisterNote.METER_JITTERED, 1));
    }

    @Test
    void racks_that_report_every_ten_seconds_do_not_flicker() {
        Hall hall = Sites.site("small")
                .halls("h01", h -> h.every(Duration.ofSeconds(10)).racks("r001..r002"))
                .build()
                .halls()
                .getFirst();
        HallWindows windows = windows(hall);
        windows.apply(hall);
        for (int i = 0; i < 4; i++) {
            rack(windows, "r001", START + i * 10_000L, i, i, 20 + i);
            rack(windows, "r002", START + i * 10_000L + 5_000, i, i, 24 + i);
        }
        windows.closeThrough(START + 66_000);

        taken.between(START + 5_000, START + 36_000).forEach(second -> {
            int first = Math.toIntExact((second.window().start().toEpochMilli() - START) / 10_000);
            int other = Math.toIntExact((second.window().start().toEpochMilli() - START - 5_000) / 10_000);
            assertThat(second.quantities().value(Metric.HALL_RACKS_REPORTING)).hasValue(2);
            assertThat(second.quantities().value(Metric.HALL_INLET_MEAN))
                    .hasValue((20 + Math.min(3, first) + 24 + Math.min(3, other)) / 2.0);
            assertThat(second.quantities().value(Metric.HALL_FEED_LOAD_MAX, "A"))
                    .hasValue(0.1);
        });
        assertThat(taken.between(START + 60_000, START + 66_000))
                .hasSize(6)
                .extracting(second ->
                        second.quantities().value(Metric.HALL_RACKS_REPORTING).orElseThrow())
                .containsExactly(1.0, 1.0, 1.0, 1.0, 1.0, 0.0);
    }

    /** What the rule RackSilent asks for: zero means that it is silent, and nothing else may. */
    @ParameterizedTest
    @ValueSource(ints = {60, 300})
    void a_rack_that_reports_every_some_minutes_is_seen_until_three_of_its_intervals_are_over(int seconds) {
        long interval = seconds * 1_000L;
        Hall hall = Sites.site("small")
                .halls("h01", h -> h.every(Duration.ofMillis(interval)).racks("r001"))
                .build()
                .halls()
                .getFirst();
        HallWindows windows = windows(hall);
        windows.apply(hall);
        long last = START + 3 * interval;
        for (long now = START; now <= last + 3 * interval + 3_000; now += 1_000) {
            if ((now - START) % interval == 0 && now <= last) {
                rack(windows, "r001", now, (now - START) / interval, 0);
            }
            windows.closeThrough(now);
        }

        assertThat(taken.completeness(START, last + 3 * interval))
                .hasSize(6 * seconds)
                .containsOnly(1.0);
        assertThat(taken.completeness(last + 3 * interval, last + 3 * interval + 3_000))
                .containsExactly(0.0, 0.0, 0.0);
    }

    @Test
    void a_minute_without_a_reading_shows_the_last_one_and_passes_nothing_on_to_its_quarter() {
        Hall hall = Sites.site("small")
                .halls("h01", h -> h.every(Duration.ofSeconds(90)).racks("r001"))
                .build()
                .halls()
                .getFirst();
        HallWindows windows = windows(hall);
        windows.apply(hall);
        rack(windows, "r001", START + 30_000, 0, 0, 20);
        rack(windows, "r001", START + 121_000, 1, 1, 26);
        windows.closeThrough(START + 16 * MINUTE);

        assertThat(taken.minutes())
                .extracting(minute -> minute.quantities().value(Metric.HALL_INLET_MAX))
                .startsWith(
                        OptionalDouble.of(20),
                        OptionalDouble.of(20),
                        OptionalDouble.of(26),
                        OptionalDouble.of(26),
                        OptionalDouble.of(26),
                        OptionalDouble.of(26),
                        OptionalDouble.empty());
        assertThat(taken.quarter().quantities().value(Metric.HALL_INLET_MAX)).hasValue(23);
    }

    @Test
    void water_of_minutes_adds_up_to_what_the_register_counted() {
        Hall hall = Sites.site("small")
                .halls("h01", h -> h.racks("r001").crah("crah-1").chiller("chiller-1"))
                .build()
                .halls()
                .getFirst();
        HallWindows windows = windows(hall);
        windows.apply(hall);
        long litre = 1_000;
        for (int second = 0; second <= 15 * 60; second++) {
            rack(windows, "r001", START + second * 1_000L, second, second);
            windows.cooling(
                    Readings.unit(
                            "h01",
                            "chiller-1",
                            START + second * 1_000L,
                            second,
                            5_000,
                            second,
                            CoolingState.RUNNING,
                            24,
                            1.0,
                            7_000_000 + second / 7 * litre),
                    0,
                    second);
        }
        windows.end();

        double minutes = taken.minutes().stream()
                .filter(m -> m.window().start().toEpochMilli() < START + 15 * MINUTE)
                .mapToDouble(m -> m.quantities().value(Metric.HALL_WATER).orElseThrow())
                .sum();
        long counted = 15 * 60 / 7 * litre;
        assertThat(minutes).isEqualTo((double) counted);
        assertThat(taken.quarter().quantities().get(Metric.HALL_WATER)).isEqualTo(Quantity.measured(minutes));
    }

    @Test
    void a_meter_of_water_first_heard_after_what_a_minute_knows_is_none_of_that_minute() {
        firstWaterAfterTheMinute(null);

        assertThat(minuteOfStart().get(Metric.HALL_WATER)).isEqualTo(Quantity.unknown(Reason.NOT_MEASURED));
    }

    @Test
    void nor_does_it_leave_the_other_meters_of_that_minute_incomplete() {
        firstWaterAfterTheMinute(100L);

        assertThat(minuteOfStart().get(Metric.HALL_WATER)).isEqualTo(Quantity.measured(60 * 100));
    }

    /** The chiller's first register, of 0.5 s after all that counts for the minute, overtakes the rack's reading that closes it. */
    private void firstWaterAfterTheMinute(@Nullable Long everySecondByCrah) {
        Hall hall = Sites.site("small")
                .halls("h01", h -> h.racks("r001").crah("crah-1").chiller("chiller-1"))
                .build()
                .halls()
                .getFirst();
        HallWindows windows = windows(hall);
        windows.apply(hall);
        int last = 63;
        for (int second = 0; second <= last; second++) {
            long at = START - 500 + second * 1_000L;
            if (second < last - 1) {
                rack(windows, "r001", at, second, second);
            }
            Long crah = everySecondByCrah == null ? null : (Long) (second * everySecondByCrah);
            water(windows, "crah-1", at, second, crah);
            water(windows, "chiller-1", at, second, second < last ? null : 7_000L);
        }
        assertThat(taken.minutes()).extracting(HallMetrics::window).doesNotContain(minuteWindow());

        rack(windows, "r001", START - 500 + (last - 1) * 1_000L, last - 1, last - 1);
    }

    private static void water(HallWindows windows, String unit, long at, long sequence, @Nullable Long millilitres) {
        windows.cooling(
                Readings.unit("h01", unit, at, sequence, 5_000, sequence, CoolingState.RUNNING, 24, 1.0, millilitres),
                0,
                sequence);
    }

    private static Window minuteWindow() {
        return new Window(Instant.ofEpochMilli(START), Resolution.MINUTE);
    }

    private Quantities minuteOfStart() {
        return taken.minutes().stream()
                .filter(minute -> minute.window().equals(minuteWindow()))
                .findFirst()
                .orElseThrow()
                .quantities();
    }

    @Test
    void return_colder_than_supply_with_flow_is_a_fault_of_sensors_and_no_heat() {
        Quantities quantities = cooled(17.0, 50.0);

        assertThat(quantities.get(Metric.HALL_THERMAL_POWER)).isEqualTo(Quantity.unknown(Reason.IMPLAUSIBLE));
        assertThat(quantities.get(Metric.HALL_CER)).isEqualTo(Quantity.unknown(Reason.IMPLAUSIBLE));
        assertThat(quantities.get(Metric.HALL_RTI)).isEqualTo(Quantity.unknown(Reason.IMPLAUSIBLE));
        assertThat(quantities.get(Metric.HALL_COOLING_DELTA, "crah-1")).isEqualTo(Quantity.measured(-1));
    }

    @Test
    void no_flow_is_no_heat_whatever_the_temperatures_are() {
        Quantities quantities = cooled(17.0, 0.0);

        assertThat(quantities.get(Metric.HALL_THERMAL_POWER)).isEqualTo(Quantity.measured(0));
        assertThat(quantities.get(Metric.HALL_COOLING_DELTA, "crah-1"))
                .isEqualTo(Quantity.unknown(Reason.FLOW_TOO_LOW));
    }

    @Test
    void time_in_which_a_unit_stands_still_says_nothing_of_the_airs_way() {
        Hall hall = hall(1, 1);
        HallWindows windows = windows(hall);
        windows.apply(hall);
        rack(windows, "r001", START, 0, 0);
        for (int half = 0; half < 2; half++) {
            double flow = half == 0 ? 2.0 : 0.0;
            CoolingReading unit = Readings.unit(
                    "h01", "crah-1", START + half * 500L, half, 5_000, 0, CoolingState.RUNNING, 24.0, flow, null);
            windows.cooling(unit, 0, half);
        }
        windows.closeThrough(START + 1_000);

        double racks = 13; // the outlet over the mean of the intakes
        assertThat(taken.between(START, START + 1_000)
                        .getFirst()
                        .quantities()
                        .value(Metric.HALL_RTI)
                        .orElseThrow())
                .isCloseTo((24.0 - 18.0) / racks, within(1e-9));
    }

    @Test
    void below_two_per_cent_of_the_rated_flow_there_is_no_efficiency() {
        assertThat(cooled(30.0, 1.9).get(Metric.HALL_CER)).isEqualTo(Quantity.unknown(Reason.FLOW_TOO_LOW));
        assertThat(cooled(30.0, 2.1).value(Metric.HALL_CER)).isPresent();
    }

    @Test
    void without_a_flow_heat_is_not_measured() {
        assertThat(cooled(30.0, null).get(Metric.HALL_THERMAL_POWER)).isEqualTo(Quantity.unknown(Reason.NOT_MEASURED));
    }

    @Test
    void capacity_without_the_largest_unit_counts_units_that_run_or_stand_by() {
        Hall hall = Sites.site("small")
                .halls("h01", h -> h.racks("r001").crah("crah-1..crah-4"))
                .build()
                .halls()
                .getFirst();
        HallWindows windows = windows(hall);
        windows.apply(hall);
        List<CoolingState> states =
                List.of(CoolingState.RUNNING, CoolingState.STANDBY, CoolingState.FAILED, CoolingState.OFF);
        for (int i = 0; i < states.size(); i++) {
            windows.cooling(Readings.unit("h01", "crah-" + (i + 1), START, 0, 5_000, 0, states.get(i)), 0, i);
        }
        rack(windows, "r001", START, 0, 0);
        windows.closeThrough(START + 1_000);

        Quantities quantities = taken.between(START, START + 1_000).getFirst().quantities();
        double it = 10 * 240 * 6;
        assertThat(quantities.get(Metric.HALL_COOLING_REDUNDANCY)).isEqualTo(Quantity.measured(200_000 / it));
        assertThat(quantities.get(Metric.HALL_COOLING_HEADROOM)).isEqualTo(Quantity.measured(200_000 - it));
        assertThat(quantities.get(Metric.HALL_POWER_HEADROOM)).isEqualTo(Quantity.measured(100_000 - it));
        assertThat(quantities.get(Metric.HALL_RACK_HEADROOM)).isEqualTo(Quantity.measured((80 - 20) * 3 * 240));
        assertThat(quantities.get(Metric.HALL_USABLE_HEADROOM)).isEqualTo(Quantity.measured((80 - 20) * 3 * 240));
        assertThat(quantities.get(Metric.HALL_BINDING, "rack")).isEqualTo(Quantity.measured(1));
        assertThat(quantities.get(Metric.HALL_BINDING, "cooling")).isEqualTo(Quantity.measured(0));
    }

    /** One second of a hall with one CRAH, rated at 100 L/s, and one rack. */
    private Quantities cooled(double returnCelsius, @Nullable Double flow) {
        CoolingUnit unit = new CoolingUnit(
                new UnitId("crah-1"),
                CoolingKind.CRAH,
                100_000,
                10_000,
                Sites.MODULUS,
                1,
                Duration.ofSeconds(1),
                null,
                100.0,
                null);
        Hall frame = hall(1, 1);
        Hall hall = new Hall(frame.id(), frame.designItWatts(), frame.ashrae(), frame.racks(), List.of(unit));
        taken.metrics.clear();
        HallWindows windows = windows(hall);
        windows.apply(hall);
        rack(windows, "r001", START, 0, 0);
        windows.cooling(
                Readings.unit("h01", "crah-1", START, 0, 5_000, 0, CoolingState.RUNNING, returnCelsius, flow, null),
                0,
                0);
        windows.closeThrough(START + 1_000);
        return taken.between(START, START + 1_000).getFirst().quantities();
    }

    @ParameterizedTest
    @Seeds(60)
    void hours_and_what_is_open_add_up_to_the_registers_whoever_leaves_and_comes_back(Random random) {
        Map<String, byte[]> store = new HashMap<>();
        Hall whole = hall(1, 4);
        Hall model = whole;
        HallWindows windows = windows(whole);
        windows.apply(whole);
        long[] registers = new long[5];

        for (long at = START; at < START + 8 * 60 * MINUTE; at += 20_000 + random.nextInt(240_000)) {
            for (int r = 1; r <= 4; r++) {
                registers[r] += random.nextInt(40_000);
                Outcome outcome = rack(windows, "r00" + r, at + r, at / 1_000, registers[r]);
                String rack = "r00" + r;
                boolean known = model != null
                        && model.racks().stream()
                                .anyMatch(one -> one.id().text().equals(rack));
                assertThat(outcome == Outcome.UNKNOWN_DEVICE).isEqualTo(!known);
            }
            unit(windows, at, at / 1_000, registers[1]);
            boolean running = random.nextBoolean();
            if (random.nextInt(12) == 0) {
                int first = 1 + random.nextInt(4);
                model = random.nextInt(3) == 0 ? null : hall(first, first + random.nextInt(5 - first));
                if (running && model == null) {
                    windows.leave();
                } else if (running && model != null) {
                    windows.apply(model);
                }
            }
            if (random.nextInt(12) == 0 || !running) {
                windows = restarted(windows, model, store);
            }
            windows.closeThrough(at - 5_000);

            assertThat(taken.total() + windows.openMilliwattHours()).isEqualTo(windows.registersMilliwattHours());
        }
        windows.end();
        assertThat(windows.openMilliwattHours()).isZero();
        assertThat(taken.total()).isEqualTo(windows.registersMilliwattHours()).isPositive();
    }

    @Test
    void a_late_copy_is_no_evidence_again() {
        Map<String, byte[]> store = new HashMap<>();
        Hall model = hall(1, 2);
        HallWindows windows = windows(model);
        windows.apply(model);
        for (int i = 0; i < 200; i++) {
            say(windows, i);
        }
        for (int i = 0; i < 50; i++) {
            say(windows, i);
        }
        windows = restarted(windows, model, store);
        for (int i = 0; i < 150; i++) {
            say(windows, i);
        }
        windows.end();

        assertThat(taken.hours.values())
                .extracting(hour -> hour.evidence().readings())
                .containsExactlyInAnyOrder(400L, 200L);
    }

    /** Two racks and a unit, i seconds after the start. */
    private static void say(HallWindows windows, int i) {
        rack(windows, "r001", START + i * 1_000L, i, i * 100L);
        rack(windows, "r002", START + i * 1_000L, i, i * 100L);
        unit(windows, START + i * 1_000L, i, i * 100L);
    }

    private HallWindows restarted(HallWindows running, @Nullable Hall model, Map<String, byte[]> store) {
        HallState.drainDirty(running, (key, bytes) -> {
            if (bytes == null) {
                store.remove(key);
            } else {
                store.put(key, bytes);
            }
        });
        Hall written = HallState.model(store);
        assertThat(written).isNotNull();
        HallWindows windows = windows(model == null ? running.model() : model);
        HallState.restore(windows, model, store);
        return windows;
    }

    private static Hall hall(int firstRack, int lastRack) {
        return Sites.site("small")
                .halls(
                        "h01",
                        h -> h.racks("r00%d..r00%d".formatted(firstRack, lastRack))
                                .crah("crah-1"))
                .build()
                .halls()
                .getFirst();
    }

    private HallWindows windows(Hall hall) {
        HallSettings settings = new HallSettings(2_000, 2_000, 3_600_000, true, "rack", "cooling");
        return new HallWindows(new SiteId("small"), hall, settings, taken);
    }

    private static Outcome rack(HallWindows windows, String rack, long at, long sequence, long register) {
        return rack(windows, rack, at, sequence, register, 22);
    }

    private static Outcome rack(HallWindows windows, String rack, long at, long sequence, long register, double inlet) {
        return windows.rack(RackReports.of(Readings.rack("h01", rack, at, sequence, 10, register, inlet)), 0, sequence);
    }

    private static void unit(HallWindows windows, long at, long sequence, long register) {
        windows.cooling(
                Readings.unit("h01", "crah-1", at, sequence, 5_000, register, CoolingState.RUNNING), 0, sequence);
    }
}
