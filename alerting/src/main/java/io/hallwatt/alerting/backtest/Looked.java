package io.hallwatt.alerting.backtest;

import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * How much of the past was looked at, of one kind of windows: each kind is kept for its own time.
 *
 * @param windows closed windows, the republished among them
 * @param first   start of the first one
 * @param last    end of the last one
 * @param holes   between them, of which there is no window of any hall or site, oldest first: the pipeline stood still
 */
public record Looked(Scope scope, Resolution resolution, long windows, Instant first, Instant last, List<Hole> holes) {
    public Looked {
        holes = List.copyOf(holes);
    }

    /** A span without windows. */
    public record Hole(Instant from, Instant to) {
        public Duration length() {
            return Duration.between(from, to);
        }

        /** How much of it lies in [from, to). */
        Duration within(Instant begin, Instant end) {
            Instant first = from.isAfter(begin) ? from : begin;
            Instant last = to.isBefore(end) ? to : end;
            return first.isBefore(last) ? Duration.between(first, last) : Duration.ZERO;
        }
    }

    /** From the first window to the last. */
    public Duration span() {
        return Duration.between(first, last);
    }

    /** The span without its holes. */
    Duration seen() {
        return span().minus(sum(holes, Hole::length));
    }

    static Duration sum(List<Hole> holes, Function<Hole, Duration> part) {
        return holes.stream().map(part).reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether a window of the span ends then. */
    boolean covers(Instant end) {
        return end.isAfter(first) && !end.isAfter(last);
    }
}
