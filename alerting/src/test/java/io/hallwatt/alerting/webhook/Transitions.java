package io.hallwatt.alerting.webhook;

import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Transitions of one rack's alert. */
final class Transitions {
    static final Instant SINCE = Instant.parse("2026-01-15T12:00:00Z");
    static final Instant FIRED = SINCE.plusSeconds(5);

    private Transitions() {}

    /** Of an alert that fired at {@link #FIRED}. */
    static AlertTransition of(String rack, AlertState from, AlertState to, Instant at) {
        return of(rack, from, to, at, FIRED);
    }

    static AlertTransition of(String rack, AlertState from, AlertState to, Instant at, @Nullable Instant fired) {
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
                to == AlertState.INACTIVE ? null : 27.0,
                null,
                null,
                fired,
                null);
    }

    static AlertTransition fires(String rack) {
        return of(rack, AlertState.PENDING, AlertState.FIRING, FIRED);
    }

    static AlertTransition ends(String rack) {
        return of(rack, AlertState.FIRING, AlertState.INACTIVE, SINCE.plusSeconds(90));
    }
}
