package io.hallwatt.alerting.trial;

import io.hallwatt.alerting.trial.RuleTest.Shown;
import io.hallwatt.contract.config.Durations;
import java.time.Duration;
import java.util.List;

/** An expectation that does not hold. */
public record Mismatch(String test, String alertname, Duration at, List<Shown> expected, List<Shown> got) {
    public Mismatch {
        expected = List.copyOf(expected);
        got = List.copyOf(got);
    }

    /** As promtool shows it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        if (!test.isEmpty()) {
            text.append("    name: ").append(test).append(",\n");
        }
        text.append("    alertname: ")
                .append(alertname)
                .append(", time: ")
                .append(Durations.format(at))
                .append(", \n        exp:");
        list(text, expected);
        text.append(", \n        got:");
        list(text, got);
        return text.toString();
    }

    private static void list(StringBuilder text, List<Shown> alerts) {
        text.append('[');
        for (int i = 0; i < alerts.size(); i++) {
            text.append(i > 0 ? ",\n            " : "\n            ")
                    .append(i)
                    .append(":\n              Labels:")
                    .append(Shown.text(alerts.get(i).labels()))
                    .append("\n              Annotations:")
                    .append(Shown.text(alerts.get(i).annotations()));
        }
        text.append(alerts.isEmpty() ? "]" : "\n            ]");
    }
}
