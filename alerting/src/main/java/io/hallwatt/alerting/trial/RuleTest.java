package io.hallwatt.alerting.trial;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One item under {@code tests}: series, and what is to fire when.
 *
 * @param name               empty where the file gives none
 * @param interval           between a series' samples
 * @param evaluationInterval how often what is shown of an alert is renewed
 */
public record RuleTest(
        String name,
        Duration interval,
        Duration evaluationInterval,
        Map<SeriesName, SeriesValues> series,
        List<Expectation> expectations) {
    public RuleTest {
        series = Map.copyOf(series);
        expectations = List.copyOf(expectations);
    }

    /**
     * What is to fire under one name at one instant: exactly these.
     *
     * @param at since the first sample
     */
    public record Expectation(Duration at, String alertname, List<Shown> alerts) {
        public Expectation {
            alerts = List.copyOf(alerts);
        }
    }

    /** An alert as Prometheus shows it: its labels, {@code alertname} among them, and its annotations. */
    public record Shown(SortedMap<String, String> labels, SortedMap<String, String> annotations) {
        public Shown {
            labels = new TreeMap<>(labels);
            annotations = new TreeMap<>(annotations);
        }

        /** {@code {alertname="RackHot", hall="h01"}}. */
        static String text(SortedMap<String, String> pairs) {
            StringBuilder text = new StringBuilder("{");
            pairs.forEach((name, value) -> text.append(text.length() > 1 ? ", " : "")
                    .append(name)
                    .append("=\"")
                    .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                    .append('"'));
            return text.append('}').toString();
        }
    }
}
