package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.hall.HallOutput;
import io.hallwatt.aggregate.site.HallReport;
import io.hallwatt.aggregate.site.SiteOutput;
import io.hallwatt.aggregate.site.SiteSettings;
import io.hallwatt.aggregate.site.SiteWindows;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.CoolingKind;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.site.SupplyKind;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.ingest.simulate.SimulationConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Seventeen simulated minutes of a small site, through aggregate: what the catalogue promises is there, and is what such a site has. */
class CatalogueTest {
    private static final Instant START = Instant.parse("2026-06-15T11:59:00Z");
    private static final Site SITE = Sites.site("small")
            .halls(
                    "h01..h02",
                    hall -> hall.designItWatts(225_000)
                            .racks("r001..r006")
                            .cooling(CoolingKind.CRAH, "crah-1..crah-3", 40_000, 2_000)
                            .cooling(CoolingKind.CDU, "cdu-1..cdu-3", 90_000, 1_500)
                            .cooling(CoolingKind.CHILLER, "chiller-1..chiller-3", 130_000, 26_000))
            .physical(SupplyKind.SOLAR, "roof", 100_000)
            .contractual(SupplyKind.WIND, "wind", 500_000)
            .battery("battery", 100_000)
            .grid("grid", 1_000_000)
            .build();

    private static final Taken TAKEN = new Taken();

    private final SoftAssertions softly = new SoftAssertions();

    @BeforeAll
    static void simulate() throws Malformed {
        SiteWindows site = new SiteWindows(SITE, new SiteSettings(2_000, 2_000, 3_600_000, false, "supply"), TAKEN);
        site.apply(SITE);
        SimulationConfig config =
                SimulationConfig.DEFAULTS.withSeed(7).withStart(START).withLength(Duration.ofMinutes(17));
        SimulatedHalls halls = new SimulatedHalls(SITE, new Into(site));
        halls.hear(config, (source, offset) -> site.supply(source, 0, offset));
        halls.end(hall -> site.hall(new HallReport.Ended(hall.id()), Long.MIN_VALUE));
        site.supplyEnded();
    }

    @ParameterizedTest
    @EnumSource
    void a_metric_is_in_the_records_of_the_windows_that_it_claims_and_of_no_others(Metric metric) {
        Set<Resolution> spoken = EnumSet.noneOf(Resolution.class);
        TAKEN.spoken.forEach((resolution, metrics) -> {
            if (metrics.contains(metric)) {
                spoken.add(resolution);
            }
        });

        assertThat(spoken).isEqualTo(metric.resolutions());
    }

    @ParameterizedTest
    @EnumSource
    void the_simulated_site_knows_each_metric(Metric metric) {
        for (Resolution resolution : metric.resolutions()) {
            assertThat(values(metric, resolution))
                    .as("%s of %s", metric, resolution)
                    .isNotEmpty();
        }
    }

    @Test
    void what_the_simulated_site_says_is_what_such_a_site_has() {
        for (Resolution resolution : List.of(Resolution.SECOND, Resolution.MINUTE)) {
            between(Metric.RACK_PHASE_IMBALANCE, resolution, 0, 0.3);
            between(Metric.RACK_BREAKER_HEADROOM, resolution, 10, 80);
            between(Metric.RACK_FEED_LOSS_HEADROOM, resolution, 5_000, 57_600);
        }
        for (Resolution resolution : List.of(Resolution.SECOND, Resolution.MINUTE, Resolution.QUARTER)) {
            between(Metric.HALL_PHASE_POWER, resolution, 5_000, 60_000);
            between(Metric.HALL_PHASE_IMBALANCE, resolution, 0, 0.1);
            between(Metric.HALL_BREAKER_HEADROOM, resolution, 10, 80);
            between(Metric.HALL_COOLING_DELTA, resolution, 0, 15);
            between(Metric.HALL_CER, resolution, 3, 30);
            between(Metric.HALL_COOLING_REDUNDANCY, resolution, 1, 3);
            between(Metric.HALL_RCI_HIGH, resolution, 0.9, 1);
            between(Metric.HALL_RCI_LOW, resolution, 0.9, 1);
            between(Metric.HALL_RTI, resolution, 0.3, 2);
            between(Metric.HALL_USABLE_HEADROOM, resolution, 0, 100_000);
            between(Metric.HALL_BINDING, resolution, 0, 1);
        }
        between(Metric.HALL_WATER, Resolution.MINUTE, 0, 20_000);
        between(Metric.SITE_WUE, Resolution.QUARTER, 0.02, 3);
        between(Metric.SITE_CUE, Resolution.QUARTER, 100, 800);
        between(Metric.SITE_REF, Resolution.QUARTER, 0, 1);
        softly.assertAll();
    }

    /** Energy balance of a hall: what cooling takes out is what racks and fans put in, 0.85 to 1.15. */
    @Test
    void the_heat_taken_out_is_the_power_that_went_in() {
        assertThat(TAKEN.halls).anyMatch(CatalogueTest::wholeQuarter);
        for (HallMetrics hall : TAKEN.halls) {
            if (wholeQuarter(hall)) {
                double it = hall.quantities().value(Metric.HALL_IT_POWER).orElseThrow();
                double heat = hall.quantities().value(Metric.HALL_THERMAL_POWER).orElseThrow();
                assertThat(heat / it).isBetween(0.85, 1.15);
            }
        }
    }

    @Test
    void the_phases_of_a_feed_add_up_to_it() {
        for (HallMetrics hall : TAKEN.halls) {
            for (String feed : List.of("A", "B")) {
                double phases = DoubleStream.of(1, 2, 3)
                        .map(phase -> hall.quantities()
                                .value(Metric.HALL_PHASE_POWER, feed + "/L" + (int) phase)
                                .orElse(0))
                        .sum();
                assertThat(phases)
                        .isCloseTo(
                                hall.quantities()
                                        .value(Metric.HALL_FEED_POWER, feed)
                                        .orElse(0),
                                org.assertj.core.api.Assertions.within(1e-6));
            }
        }
    }

    private static boolean wholeQuarter(HallMetrics hall) {
        return hall.window().resolution() == Resolution.QUARTER && hall.completeness() == 1;
    }

    private void between(Metric metric, Resolution resolution, double least, double most) {
        List<Double> values = values(metric, resolution);
        softly.assertThat(List.of(Collections.min(values), Collections.max(values)))
                .as("%s of %s", metric, resolution)
                .allSatisfy(value -> assertThat(value).isBetween(least, most));
    }

    private static List<Double> values(Metric metric, Resolution resolution) {
        return TAKEN.values
                .computeIfAbsent(resolution, r -> new EnumMap<>(Metric.class))
                .getOrDefault(metric, List.of());
    }

    /** All that was published. */
    private static final class Taken implements SiteOutput {
        private final Map<Resolution, Set<Metric>> spoken = new EnumMap<>(Resolution.class);
        private final Map<Resolution, Map<Metric, List<Double>>> values = new EnumMap<>(Resolution.class);
        private final List<HallMetrics> halls = new ArrayList<>();

        void take(Resolution resolution, Quantities quantities) {
            for (Quantities.Entry entry : quantities.entries()) {
                spoken(resolution, entry.metric());
                quantities
                        .value(entry.metric(), entry.key())
                        .ifPresent(value -> value(resolution, entry.metric(), value));
            }
        }

        void take(RackFrame frame) {
            frame.columns().forEach((column, values) -> {
                spoken(frame.window().resolution(), column.metric());
                Arrays.stream(values)
                        .filter(value -> !Double.isNaN(value))
                        .forEach(value -> value(frame.window().resolution(), column.metric(), value));
            });
        }

        private void spoken(Resolution resolution, Metric metric) {
            spoken.computeIfAbsent(resolution, r -> new HashSet<>()).add(metric);
        }

        private void value(Resolution resolution, Metric metric, double value) {
            values.computeIfAbsent(resolution, r -> new EnumMap<>(Metric.class))
                    .computeIfAbsent(metric, m -> new ArrayList<>())
                    .add(value);
        }

        @Override
        public void site(SiteMetrics metrics, long newestReading) {
            take(metrics.window().resolution(), metrics.quantities());
        }

        @Override
        public void hour(EnergyHour hour) {}
    }

    /** What a hall closes, to the site. */
    private record Into(SiteWindows site) implements HallOutput {
        @Override
        public void racks(RackFrame frame, long newestReading) {
            TAKEN.take(frame);
        }

        @Override
        public void hall(HallMetrics metrics, long newestReading) {
            TAKEN.halls.add(metrics);
            TAKEN.take(metrics.window().resolution(), metrics.quantities());
            site.hall(HallReport.Closed.of(metrics), newestReading);
        }

        @Override
        public void hour(EnergyHour hour) {
            site.hall(new HallReport.Hour(hour), Long.MIN_VALUE);
        }
    }
}
