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
