package io.hallwatt.alerting.backtest;

import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Duration;
import java.time.Instant;

/**
 * How much of the past was looked at, of one kind of windows: each kind is kept for its own time.
 *
 * @param windows closed windows, the republished among them
 * @param first   start of the first one
 * @param last    end of the last one
 */
public record Looked(Scope scope, Resolution resolution, long windows, Instant first, Instant last) {
    /** At one window. */
    static Looked at(Scope scope, Window window) {
        return new Looked(scope, window.resolution(), 1, window.start(), window.end());
    }

    Looked and(Looked other) {
        return new Looked(
                scope,
                resolution,
                windows + other.windows,
                first.isBefore(other.first) ? first : other.first,
                last.isAfter(other.last) ? last : other.last);
    }

    public Duration span() {
        return Duration.between(first, last);
    }

    /** Whether a window of the span ends then. */
    boolean covers(Instant end) {
        return end.isAfter(first) && !end.isAfter(last);
    }
}
