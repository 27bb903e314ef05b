package io.hallwatt.alerting.webhook;

import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Transitions of one rack's alert. */
final class Transitions {
    static final Instant SINCE = Instant.parse("2026-01-15T12:00:00Z");

    private Transitions() {}

    static AlertTransition of(String rack, AlertState from, AlertState to, Instant at) {
        return new AlertTransition(
                "fp-" + rack,
                "Hot",
                new TreeMap<>(Map.of("alertname", "Hot", "hall", "h01", "rack", rack, "severity", "critical")),
                new TreeMap<>(Map.of("summary", "\"too hot\"")),
                from,
                to,
                at,
                SINCE,
                31.5,
                to == AlertState.INACTIVE ? null : 27.0);
    }

    static AlertTransition fires(String rack) {
        return of(rack, AlertState.PENDING, AlertState.FIRING, SINCE.plusSeconds(5));
    }

    static AlertTransition ends(String rack) {
        return of(rack, AlertState.FIRING, AlertState.INACTIVE, SINCE.plusSeconds(90));
    }
}
