package io.hallwatt.aggregate.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hallwatt.aggregate.Comparison;
import io.hallwatt.aggregate.hall.Outcome;
import io.hallwatt.aggregate.site.SiteInputs.Event;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergySubject;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.property.Seeds;
import io.hallwatt.contract.site.SupplySource;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever halls and sources say, in whatever order and however often: the site's windows and hours are what a batch over all of it gives. A failure names its seed. */
class SiteWindowsPropertyTest {
    private static final long HOUR = Resolution.HOUR.millis();
    /** Whole numbers: exact. */
    private static final Set<Metric> WHOLE = Set.of(
            Metric.SITE_IT_ENERGY,
            Metric.SITE_FACILITY_ENERGY,
            Metric.SITE_SUPPLY_ENERGY,
            Metric.SITE_WATER,
            Metric.SITE_RACKS_EXPECTED,
            Metric.SITE_RACKS_REPORTING);
    /** Means are of whole milliwatts a source: within half a milliwatt for each of four. */
    private static final double MOST_WATTS = 1_500_000;

    private static final double MOST_WATTS_OFF = 0.002 + 1e-6;

    @ParameterizedTest
    @Seeds(500)
    void any_order_and_any_repetition_gives_the_batch_result(Random random) {
        SiteInputs inputs = SiteInputs.of(random, false);

        check(inputs, run(inputs, inputs.shuffled(random), HOUR, run -> {}), comparison());
    }

    @ParameterizedTest
    @Seeds(500)
    void what_streams_in_late_and_out_of_order_gives_the_batch_result(Random random) {
        SiteInputs inputs = SiteInputs.of(random, true);
        long ledgerGrace = random.nextBoolean() ? HOUR : 120_000;

        check(inputs, run(inputs, inputs.streamed(random), ledgerGrace, run -> {}), comparison());
    }

    @Test
    @Tag("catalogue")
    void every_metric_of_sites_is_held_against_the_oracle() {
        Comparison comparison = comparison();

        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            SiteInputs inputs = SiteInputs.of(random, false);
            check(inputs, run(inputs, inputs.shuffled(random), HOUR, run -> {}), comparison);
        }

        assertThat(comparison.compared()).isEqualTo(Comparison.catalogue(Scope.SITE));
        assertThat(comparison.constant())
                .as("the same in all that was made up")
                .containsExactly(Metric.SITE_RACKS_EXPECTED);
    }

    private static Comparison comparison() {
        return new Comparison(SiteWindowsPropertyTest::bound);
    }

    @ParameterizedTest
    @Seeds(500)
    void a_restart_at_any_moment_changes_nothing(Random random) {
        SiteInputs inputs = SiteInputs.of(random, true);
        List<Event> events = inputs.streamed(random);

        SiteRun straight = run(inputs, events, 120_000, run -> {});
        SiteRun restarted = run(inputs, events, 120_000, run -> {
            if (random.nextInt(60) == 0) {
                run.restart();
            }
        });

        assertThat(restarted.windows).isEqualTo(straight.windows);
        assertThat(restarted.hours).isEqualTo(straight.hours);
        assertThat(restarted.outcomes).isEqualTo(straight.outcomes);
    }

    private static SiteRun run(SiteInputs inputs, List<Event> events, long ledgerGrace, Consumer<SiteRun> between) {
        SiteRun run = new SiteRun(inputs.site(), ledgerGrace);
        for (Event event : events) {
            between.accept(run);
            run.take(event);
        }
        return run;
    }

    private static void check(SiteInputs inputs, SiteRun run, Comparison comparison) {
        SiteOracle oracle = new SiteOracle(inputs.site(), inputs.halls(), inputs.readings());

        assertThat(run.outcomes.getOrDefault(Outcome.COUNTED, 0))
                .isEqualTo(inputs.readings().size());
        assertThat(run.outcomes).doesNotContainKeys(Outcome.LATE, Outcome.UNKNOWN_DEVICE);
        assertThat(run.windows.keySet()).isEqualTo(oracle.windows());
        run.windows.values().forEach(metrics -> check(metrics, oracle, comparison));
        hours(inputs, run, oracle);
        assertThat(run.registersMilliwattHours())
                .as("registers")
                .isEqualTo(oracle.sources().counted());
        assertThat(run.openMilliwattHours())
                .as("the end of the input closes every hour")
                .isZero();
        assertThat(run.hours.values().stream()
                        .mapToLong(EnergyHour::totalMilliwattHours)
                        .sum())
                .as("hours")
                .isEqualTo(oracle.sources().counted());
    }

    private static void check(SiteMetrics metrics, SiteOracle oracle, Comparison comparison) {
        assertThat(metrics.completeness())
                .as("completeness of %s", metrics.window())
                .isCloseTo(oracle.completeness(metrics.window()), within(1e-9));
        comparison.quantities(metrics.window(), oracle.quantities(metrics.window()), metrics.quantities());
    }

    private static double bound(Metric metric, double expected) {
        if (WHOLE.contains(metric)) {
            return 0;
        }
        return switch (metric.unit()) {
            case WATTS -> MOST_WATTS_OFF;
            case GRAMS_PER_KILOWATT_HOUR -> 0.0005 + (metric == Metric.SITE_CUE ? 2e-3 * Math.abs(expected) : 1e-9);
            case GRAMS_PER_SECOND -> 0.0005 * MOST_WATTS / 3.6e6 + 1e-5 * Math.abs(expected);
            default -> 1e-6 + 1e-5 * Math.abs(expected);
        };
    }

    private static void hours(SiteInputs inputs, SiteRun run, SiteOracle oracle) {
        Instant first = Instant.parse("2026-01-15T11:00:00Z");
        int found = 0;
        for (SupplySource source : inputs.site().sources()) {
            for (Instant start = first; start.isBefore(first.plusMillis(6 * HOUR)); start = start.plusMillis(HOUR)) {
                found += hour(run, oracle, source, true, start) + hour(run, oracle, source, false, start);
            }
        }
        assertThat(run.hours).as("no hour but those").hasSize(found);
    }

    private static int hour(SiteRun run, SiteOracle oracle, SupplySource source, boolean delivered, Instant start) {
        EnergySubject subject =
                delivered ? new EnergySubject.SourceDelivered(source.id()) : new EnergySubject.SourceDrawn(source.id());
        SourcesOracle.Hour expected = oracle.sources().hour(source, delivered, start);
        EnergyHour actual = run.hours.get(new SiteRun.HourKey(subject, start));
        assertThat(
                        actual == null
                                ? null
                                : new SourcesOracle.Hour(
                                        actual.measuredMilliwattHours(),
                                        actual.estimatedMilliwattHours(),
                                        actual.metersComplete() == 1,
                                        actual.carbonGramsPerKilowattHour()))
                .as("%s at %s", subject.text(), start)
                .isEqualTo(expected);
        return expected == null ? 0 : 1;
    }
}
