package io.hallwatt.contract.catalogue;

import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.docs.GeneratedFile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    @Test
    void docs_reference_metrics_is_current() {
        StringBuilder page = new StringBuilder("""
                # Metrics

                Generated from `Metric`; do not edit. Every metric once: its name for Prometheus and in rules, its field in records, what it is and how it is
                computed. Values in records are in the field's unit; in Prometheus in base units (energies in joules: 1 mWh = 3.6 J). A quantity that is not
                known is absent with a reason, never zero.

                On `/metrics` are those of halls and sites, each from the shortest windows that it exists for; those of racks, thousands, where `alerting.rack-series` is
                true. What the pipeline says of itself there is in [own-metrics.md](own-metrics.md).

                *Held*: where a rack reports less often than once a window, the window takes what the rack said in the last second in which it spoke, until three
                report intervals after its last reading. Held values only fill windows without a reading of the rack: means and maxima of longer windows are of
                readings alone. Powers hold for as long, and are integrated over time.

                ## Measured, estimated, not known

                - *Measured* is a value only where every device tells it that it stands for, and power for the whole window. Else it is *estimated*: records say so,
                  and on `/metrics` `hallwatt_hall_estimated{metric="…"}` or `hallwatt_site_estimated{metric="…"}` is 1 beside it, one series a metric, as long
                  as it is. Rules see the value alone: where a rule must not act on a part, let it ask for the completeness too (`… and
                  hallwatt_hall_completeness_ratio >= 0.95`), or use `min_coverage`.
                - The site file does not say which racks have sensors of air. One that never told a temperature has none: intakes, RCI and RTI are of the others. One that
                  did and does not is missing: what follows is estimated.
                - Where less than half of the devices that should tell it do, it is *not known* (`INCOMPLETE`). A worst case that is beyond its limit by itself (load
                  above 0.8, headroom below 0, intake outside the recommended range) is told all the same: silence hides no fault that is seen.
                - A worst case of a minute or a quarter (load, headroom, intake, risks), and what is a mean over racks, is estimated too where any rack that it is of was heard
                  for less than 0.95 of it: what that rack did not tell may have been worse. A rack is heard by its feeds' power, which holds between readings, or, where
                  it tells none, by its readings, each of which stands for one report interval.
                - A ratio is known only where at least 0.95 of each side is. So is a count of risks, unless it is above 0, and redundancy, unless it is below 1
                  whatever the silent ones would add.

                ## Windows

                - Racks have seconds and minutes, halls and sites also quarters. Racks have no quarters: 8,000 racks' columns would be kept for 400 days, and nothing
                  asks for a rack's quarter that its minutes do not answer. For the same reason a rack has no energy of its own here: its meters' energy is in
                  its hall's, and with `hallwatt_rack_power_watts` by the minute what a rack drew can be added up.
                - The difference of temperatures is by cooling unit: one of a hall's air and liquid together would mean nothing; the air's way over the whole hall is in
                  `hallwatt_hall_rti_ratio`. A rack's is `hallwatt_rack_outlet_celsius - hallwatt_rack_inlet_max_celsius` in a rule.
                - There are no metrics of an hour. The hour is the ledger's: `energy.hour` has each hall's IT and cooling and each source's energy in whole mWh,
                  measured and estimated apart, with evidence, the site model's version and every revision; an hour's ratios follow from it, so that there is one figure
                  and not two.
                - Seconds, minutes and quarters say what was known when they closed, and are not closed again. Energy that becomes known later (a device that spoke again
                  after a silence, readings that came late) is in its hour: only hours are restated, and only hours are sure to add up to what the registers
                  counted. After a silence the minutes need not add up to the quarter: the quarter may know what no minute of it could.
                """);
        for (Scope scope : Scope.values()) {
            page.append("\n## ").append(title(scope)).append("\n\n");
            page.append(
                    "| Prometheus, rules | labels | record field | unit | windows | what | how |\n|---|---|---|---|---|---|---|\n");
            Arrays.stream(Metric.values())
                    .filter(metric -> metric.scope() == scope)
                    .forEach(metric -> page.append(row(metric)));
        }

        GeneratedFile.isCurrent("docs/reference/metrics.md", page.toString());
    }

    private static String row(Metric metric) {
        List<String> cells = List.of(
                "`" + metric.prometheusName() + "`",
                labels(metric),
                "`" + metric.field() + "`",
                metric.unit().ucum(),
                windows(metric),
                metric.help(),
                metric.formula());
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String labels(Metric metric) {
        String own = switch (metric.scope()) {
            case RACK -> "site, hall, rack";
            case HALL -> "site, hall";
            case SITE -> "site";
        };
        return metric.dimensions().stream().map(d -> ", " + d.label()).collect(Collectors.joining("", own, ""));
    }

    private static String windows(Metric metric) {
        return metric.resolutions().stream().map(Resolution::text).collect(Collectors.joining(", "));
    }

    private static String title(Scope scope) {
        return scope.name().charAt(0) + scope.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
