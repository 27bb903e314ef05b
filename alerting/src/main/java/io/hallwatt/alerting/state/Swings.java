package io.hallwatt.alerting.state;

import java.time.Instant;
import java.util.List;

/**
 * How often one alert has fired lately.
 *
 * @param fired when, oldest first: none older than the damping's span, and no more than it tolerates and one
 * @param held  whether it is held firing, for having fired too often
 * @param flaps firings that were too many: the one that began the holding, and each held back since
 */
public record Swings(List<Instant> fired, boolean held, int flaps) {
    public static final Swings NONE = new Swings(List.of(), false, 0);

    public Swings {
        fired = List.copyOf(fired);
    }
}
