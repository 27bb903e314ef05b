package io.hallwatt.app.summary;

import com.fasterxml.jackson.databind.JsonNode;
import io.hallwatt.contract.config.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody expects of one run besides figures that add up.
 *
 * @param firstMetricWithin longest wait for the first hall metric, from the start of the JVM; null: any
 * @param alerts            by rule, how far it must have come at least once
 * @param latencies         whether latencies must have been measured
 */
public record SummaryWishes(@Nullable Duration firstMetricWithin, Map<String, Came> alerts, boolean latencies) {
    private static final List<String> LATENCIES = List.of("readingToHallMetric", "readingToAlert");

    public SummaryWishes {
        alerts = Map.copyOf(alerts);
    }

    /** How far an alert came. */
    public enum Came {
        /** It fired. */
        FIRED,
        /** It fired, and all that fired was resolved. */
        RESOLVED
    }

    /** @return one sentence, with both figures, for each wish that did not come true */
    public List<String> faults(JsonNode summary) {
        List<String> faults = new ArrayList<>();
        firstMetric(summary, faults);
        alerts.keySet().stream().sorted().forEach(rule -> alert(summary, rule, faults));
        for (String latency : latencies ? LATENCIES : List.<String>of()) {
            JsonNode p99 = summary.at("/latencyMillis/" + latency + "/p99");
            if (!p99.isIntegralNumber()) {
                faults.add("latency %s was not measured".formatted(latency));
            }
        }
        return faults;
    }

    private void firstMetric(JsonNode summary, List<String> faults) {
        if (firstMetricWithin == null) {
            return;
        }
        JsonNode millis = summary.at("/startup/firstHallMetricMillis");
        if (!millis.isIntegralNumber()) {
            faults.add("no hall metric came, wanted within %,d ms".formatted(firstMetricWithin.toMillis()));
        } else if (millis.longValue() > firstMetricWithin.toMillis()) {
            faults.add("the first hall metric came after %,d ms, wanted within %,d ms"
                    .formatted(millis.longValue(), firstMetricWithin.toMillis()));
        }
    }

    private void alert(JsonNode summary, String rule, List<String> faults) {
        long fired = 0;
        long resolved = 0;
        for (JsonNode alert : summary.at("/alerts")) {
            if (alert.at("/rule").asText().equals(rule)) {
                fired += alert.at("/firing").longValue();
                resolved += alert.at("/resolved").longValue();
            }
        }
        if (fired == 0) {
            faults.add("%s did not fire".formatted(rule));
        } else if (alerts.get(rule) == Came.RESOLVED && resolved < fired) {
            faults.add("%s fired %s and was resolved %s"
                    .formatted(rule, Count.of(fired, "time"), Count.of(resolved, "time")));
        }
    }
}
