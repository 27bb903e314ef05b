package io.hallwatt.aggregate.hall;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.Comparison;
import io.hallwatt.aggregate.rack.RackReport;
import io.hallwatt.aggregate.rack.RackReports;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergySubject;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.property.Seeds;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever comes, in whatever order within the grace, and however often: a failure names its seed. */
class HallWindowsPropertyTest {
    @ParameterizedTest
    @Seeds(500)
    void any_order_and_any_repetition_within_the_grace_gives_the_batch_result(Random seeded) {
        HallInputs inputs = HallInputs.of(seeded);
        Taken inOrder = run(inputs.hall(), inputs.readings(), seeded, false);
        Taken shuffled = run(inputs.hall(), inputs.disordered(seeded), seeded, false);

        assertThat(shuffled.late).isEmpty();
        assertThat(shuffled.counted).isEqualTo(inputs.readings().size());
        assertThat(shuffled.metrics).isEqualTo(inOrder.metrics);
        assertThat(shuffled.frames).isEqualTo(inOrder.frames);
        assertThat(shuffled.hours).isEqualTo(inOrder.hours);
        check(inputs, shuffled, Comparison.exact());
    }

    @ParameterizedTest
    @Seeds(500)
    void a_restart_at_any_moment_changes_nothing(Random seeded) {
        HallInputs inputs = HallInputs.of(seeded);
        List<Reading> arrivals = inputs.disordered(seeded);

        Taken restarted = run(inputs.hall(), arrivals, seeded, true);
        Taken straight = run(inputs.hall(), arrivals, seeded, false);

        assertThat(restarted.metrics).isEqualTo(straight.metrics);
        assertThat(restarted.frames).isEqualTo(straight.frames);
        assertThat(restarted.hours).isEqualTo(straight.hours);
    }

    @Test
    @Tag("catalogue")
    void every_metric_of_racks_and_halls_is_held_against_the_oracle() {
        Comparison comparison = Comparison.exact();

        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            HallInputs inputs = HallInputs.of(random);
            check(inputs, run(inputs.hall(), inputs.readings(), random, false), comparison);
        }

        assertThat(comparison.compared()).isEqualTo(Comparison.catalogue(Scope.RACK, Scope.HALL));
        assertThat(comparison.constant()).as("the same in all that was made up").isEmpty();
    }

    private static void check(HallInputs inputs, Taken taken, Comparison comparison) {
        HallOracle oracle = new HallOracle(inputs.hall(), inputs.readings());
        assertThat(taken.metrics).extracting(HallMetrics::window).containsExactlyInAnyOrderElementsOf(oracle.windows());
        for (HallMetrics metrics : taken.metrics) {
            Quantities expected = oracle.quantities(metrics.window());
            comparison.quantities(metrics.window(), expected, metrics.quantities());
            assertThat(metrics.completeness()).isEqualTo(oracle.completeness(metrics.window()));
        }
        assertThat(taken.frames)
                .extracting(RackFrame::window)
                .containsExactlyInAnyOrderElementsOf(oracle.windows().stream()
                        .filter(window -> window.resolution() != Resolution.QUARTER)
                        .toList());
        for (RackFrame frame : taken.frames) {
            assertThat(frame.racks())
                    .isEqualTo(inputs.hall().racks().stream().map(Rack::id).toList());
            comparison.frame(frame, oracle.columns(frame.window()));
        }
        for (EnergyHour hour : taken.hours) {
            MetersOracle.Sum expected = hour.subject() instanceof EnergySubject.HallIt
                    ? oracle.itHour(hour.start())
                    : oracle.coolingHour(hour.start());
            assertThat(new MetersOracle.Sum(
                            hour.measuredMilliwattHours(),
                            hour.estimatedMilliwattHours(),
                            hour.metersExpected(),
                            hour.metersComplete()))
                    .as("%s at %s", hour.subject(), hour.start())
                    .isEqualTo(expected);
        }
        assertThat(taken.hours.stream()
                        .mapToLong(EnergyHour::totalMilliwattHours)
                        .sum())
                .isEqualTo(oracle.counted());
    }

    private static Taken run(Hall hall, List<Reading> arrivals, Random random, boolean restarts) {
        Taken taken = new Taken();
        Map<String, byte[]> changelog = new HashMap<>();
        HallWindows windows = windows(hall, taken);
        windows.apply(hall);
        long offset = 0;
        for (Reading reading : arrivals) {
            taken.count(reading, give(windows, reading, offset++));
            if (restarts && random.nextInt(3) == 0) {
                HallState.drainDirty(windows, (key, bytes) -> {
                    if (bytes == null) {
                        changelog.remove(key);
                    } else {
                        changelog.put(key, bytes);
                    }
                });
                if (random.nextInt(8) == 0) {
                    windows = windows(hall, taken);
                    HallState.restore(windows, hall, changelog);
                }
            }
        }
        windows.end();
        return taken.withoutOffsets();
    }

    private static HallWindows windows(Hall hall, Taken taken) {
        HallSettings settings = new HallSettings(2_000, 2_000, 3_600_000, false, "rack", "cooling");
        return new HallWindows(new SiteId("small"), hall, settings, taken);
    }

    private static Outcome give(HallWindows hall, Reading reading, long offset) {
        if (reading instanceof RackReading rack) {
            RackReport report = RackReports.of(rack);
            return hall.rack(report, 0, offset);
        }
        return hall.cooling((CoolingReading) reading, 0, offset);
    }

    /** All that a hall closed. */
    private static final class Taken implements HallOutput {
        final List<HallMetrics> metrics = new ArrayList<>();
        final List<RackFrame> frames = new ArrayList<>();
        final List<EnergyHour> hours = new ArrayList<>();
        int counted;
        final List<Reading> late = new ArrayList<>();

        void count(Reading reading, Outcome outcome) {
            counted += outcome == Outcome.COUNTED ? 1 : 0;
            if (outcome == Outcome.LATE) {
                late.add(reading);
            }
        }

        @Override
        public void racks(RackFrame frame, long newestReading) {
            frames.add(frame);
        }

        @Override
        public void hall(HallMetrics closed, long newestReading) {
            metrics.add(closed);
            assertThat(closed.quantities().get(Metric.HALL_IT_POWER)).isNotNull();
        }

        @Override
        public void hour(EnergyHour hour) {
            hours.add(hour);
        }

        /** Arrival in another order has other offsets; all else is to be the same. By resolution, since minutes wait for registers beside the seconds. */
        Taken withoutOffsets() {
            metrics.sort(Comparator.comparing(m -> m.window().resolution()));
            frames.sort(Comparator.comparing(f -> f.window().resolution()));
            hours.sort(Comparator.comparing(h -> h.subject().text()));
            hours.replaceAll(hour -> new EnergyHour(
                    hour.site(),
                    hour.subject(),
                    hour.start(),
                    hour.revision(),
                    hour.measuredMilliwattHours(),
                    hour.estimatedMilliwattHours(),
                    hour.metersExpected(),
                    hour.metersComplete(),
                    hour.carbonGramsPerKilowattHour(),
                    new EnergyHour.Evidence(
                            hour.evidence().readings(),
                            hour.evidence().firstAt(),
                            hour.evidence().lastAt(),
                            hour.evidence().meters(),
                            hour.evidence().events(),
                            List.of())));
            return this;
        }
    }
}
