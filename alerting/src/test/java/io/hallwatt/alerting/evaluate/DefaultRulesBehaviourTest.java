package io.hallwatt.alerting.evaluate;

import static io.hallwatt.contract.Resolution.MINUTE;
import static io.hallwatt.contract.Resolution.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each default rule over a breach and a recovery. */
class DefaultRulesBehaviourTest {
    /** Alert, metric, key, a value that breaches, windows until it fires, a value that does not end it yet, one that does, severity. */
    private static final String ROWS = """
            RackFeedOverload     , RACK_FEED_LOAD                , A       , 0.81  , 11 , 0.76 , 0.7   , warning
            RackFeedOverRating   , RACK_FEED_LOAD                , B       , 1     , 3  , 0.96 , 0.94  , critical
            FeedLossRisk         , HALL_FEED_LOSS_RISK           ,         , 1     , 61 ,      , 0     , warning
            InletAboveRecommended, HALL_INLET_RECOMMENDED_EXCESS ,         , 0.1   , 301, -0.4 , -0.5  , warning
            InletAboveAllowable  , HALL_INLET_ALLOWABLE_EXCESS   ,         , 0.1   , 31 , -0.9 , -1    , critical
            CoolingUnitFailed    , HALL_COOLING_UNIT_FAILED      , crah-01 , 1     , 6  ,      , 0     , critical
            HallSilent           , HALL_RACKS_REPORTING          ,         , 0     , 6  ,      , 1     , critical
            SiteSilent           , SITE_RACKS_REPORTING          ,         , 0     , 6  ,      , 1     , critical
            PueHigh              , SITE_PUE                      ,         , 1.61  , 16 , 1.51 , 1.5   , warning
            OtherPowerNegative   , SITE_OTHER_POWER              ,         , -1    , 61 ,      , 0     , warning
            RenewableShareLow    , SITE_RENEWABLE_SHARE          ,         , 0.49  , 901, 0.54 , 0.55  , info
            RackFeedLost         , RACK_FEED_LOST                , B       , 1     , 31 ,      , 0     , warning
            HallOverCapacity     , HALL_POWER_HEADROOM           ,         , -1    , 61 , 9999 , 10000 , warning
            RackCoolingIndexLow  , HALL_RCI_HIGH                 ,         , 0.89  , 901, 0.95 , 0.96  , info
            HumidityOutside      , RACK_HUMIDITY                 ,         , 0.81  , 601,      , 0.8   , warning
            CoolingRedundancyLost, HALL_COOLING_REDUNDANCY       ,         , 0.99  , 301, 1.01 , 1.02  , warning
            CoolingUnitSilent    , HALL_COOLING_UNITS_SILENT     ,         , 1     , 31 ,      , 0     , warning
            RackSilent           , RACK_REPORTING                ,         , 0     , 31 ,      , 1     , warning
            SiteSightReduced     , SITE_COMPLETENESS             ,         , 0.89  , 61 , 0.94 , 0.95  , warning
            BatteryDischarging   , SITE_SUPPLY_POWER             , battery , 1     , 3601,     , 0     , info
            """;

    /** Known in seconds with a report only. */
    private static final Set<Metric> SAMPLED = Set.of(
            Metric.RACK_FEED_LOAD,
            Metric.HALL_FEED_LOSS_RISK,
            Metric.HALL_INLET_RECOMMENDED_EXCESS,
            Metric.HALL_INLET_ALLOWABLE_EXCESS);

    @ParameterizedTest
    @CsvSource(textBlock = ROWS)
    void fires_after_its_time_and_ends_when_it_recovered(
            String alert,
            Metric metric,
            String key,
            double breach,
            int windows,
            Double between,
            double recovered,
            String severity) {
        Bench bench = new Bench(RuleSet.defaults());
        String of = key == null ? "" : key;
        int number = 0;

        for (; number < windows - 1; number++) {
            bench.see(sight(metric, of, breach, number));
        }
        assertThat(of(bench, alert)).containsExactly("INACTIVE>PENDING");
        bench.see(sight(metric, of, breach, number++));
        assertThat(bench.told.getLast().labels()).containsEntry("severity", severity);
        assertThat(bench.told.getLast().annotations().values())
                .allSatisfy(text -> assertThat(text).doesNotContain("{{").doesNotContain("error expanding"));
        assertThat(of(bench, alert)).containsExactly("PENDING>FIRING");
        if (between != null) {
            bench.see(sight(metric, of, between, number++));
            assertThat(of(bench, alert)).isEmpty();
        }
        bench.see(sight(metric, of, recovered, number));
        assertThat(of(bench, alert)).containsExactly("FIRING>INACTIVE");
    }

    @ParameterizedTest
    @CsvSource(textBlock = ROWS)
    void rules_on_what_is_known_only_when_a_device_reports_are_exact_at_every_report_interval(
            String alert, Metric metric, String key, double breach, int windows, Double between, double recovered) {
        if (!SAMPLED.contains(metric)) {
            return;
        }
        for (int interval : new int[] {1, 2, 3, 5, 10}) {
            Bench bench = new Bench(RuleSet.defaults());
            String of = key == null ? "" : key;
            int firing = Math.ceilDiv(windows - 1, interval) * interval;

            for (int number = 0; number < firing + interval; number++) {
                bench.see(sight(metric, of, number % interval == 0 ? breach : Double.NaN, number));
            }
            for (int number = firing + interval; number < firing + 4 * interval; number++) {
                bench.see(sight(metric, of, number % interval == 0 ? recovered : Double.NaN, number));
            }

            assertThat(bench.told)
                    .filteredOn(t -> t.rule().equals(alert))
                    .extracting(t -> "%s %d".formatted(t.to(), seconds(t)))
                    .as("a report each %d s", interval)
                    .containsExactly(
                            "PENDING 1",
                            "FIRING %d".formatted(firing + 1),
                            "INACTIVE %d".formatted(firing + interval + 1));
        }
    }

    @Test
    void a_rack_that_falls_silent_while_its_alert_fires_is_unknown_after_the_gap_and_ends_by_a_value_only() {
        Bench bench = new Bench(RuleSet.defaults());
        for (int number = 0; number <= 10; number++) {
            bench.see(sight(Metric.RACK_FEED_LOAD, "A", 0.9, number));
        }
        for (int number = 11; number < 500; number++) {
            bench.see(sight(Metric.RACK_FEED_LOAD, "A", Double.NaN, number));
        }
        bench.see(sight(Metric.RACK_FEED_LOAD, "A", 0.76, 500));
        bench.see(sight(Metric.RACK_FEED_LOAD, "A", 0.75, 501));

        assertThat(bench.told)
                .filteredOn(t -> t.rule().equals("RackFeedOverload"))
                .extracting(t -> "%s>%s %d %s".formatted(t.from(), t.to(), seconds(t), t.value()))
                .containsExactly(
                        "INACTIVE>PENDING 1 0.9",
                        "PENDING>FIRING 11 0.9",
                        "FIRING>UNKNOWN 22 null",
                        "UNKNOWN>FIRING 501 0.76",
                        "FIRING>INACTIVE 502 0.75");
    }

    @Test
    void the_watchdog_fires_with_the_first_window_of_the_site_and_never_ends() {
        Bench bench = new Bench(RuleSet.defaults());

        for (int i = 0; i < 5; i++) {
            bench.see(Sight.of(Windows.site(SECOND, i * 7, Quantities.NONE)));
        }

        assertThat(of(bench, "HallwattWatchdog")).containsExactly("INACTIVE>FIRING");
    }

    @Test
    void no_default_rule_is_without_a_row_here() {
        List<String> tested = ROWS.lines()
                .map(row -> row.substring(0, row.indexOf(',')).strip())
                .toList();

        assertThat(RuleSet.defaults().rules())
                .extracting(Rule::alert)
                .filteredOn(alert -> !alert.equals("HallwattWatchdog"))
                .filteredOn(alert -> !ComputedDefaultRulesTest.RULES.contains(alert))
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    private static long seconds(AlertTransition transition) {
        return Duration.between(Windows.START, transition.at()).toSeconds();
    }

    private static List<String> of(Bench bench, String alert) {
        List<String> heard = bench.told.stream()
                .filter(t -> t.rule().equals(alert))
                .map(t -> t.from() + ">" + t.to())
                .toList();
        bench.told.clear();
        return heard;
    }

    private static Sight sight(Metric metric, String key, double value, int number) {
        Resolution resolution = metric == Metric.SITE_PUE ? MINUTE : SECOND;
        if (metric.scope() == Scope.RACK) {
            double[] racks =
                    IntStream.range(0, 3).mapToDouble(i -> i == 1 ? value : 0.1).toArray();
            return Sight.of(Windows.racks(number, metric, key, racks));
        }
        Quantities quantities = Double.isNaN(value)
                ? Quantities.NONE
                : Quantities.builder().put(metric, key, value).build();
        return metric.scope() == Scope.HALL
                ? Sight.of(Windows.hall(resolution, number, quantities))
                : Sight.of(Windows.site(resolution, number, quantities));
    }
}
