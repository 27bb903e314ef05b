package io.hallwatt.app.summary;

import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.SiteMetrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the pipeline says at this moment.
 *
 * @param site     its newest second; absent until there is one
 * @param halls    the newest second of each, by hall
 * @param firing   how each alert came to fire that still does
 * @param pending  how each alert came to be pending that still is
 * @param resolved how each alert that had fired was resolved in the last minute
 */
public record Glimpse(
        @Nullable SiteMetrics site,
        List<HallMetrics> halls,
        List<AlertTransition> firing,
        List<AlertTransition> pending,
        List<AlertTransition> resolved) {
    public Glimpse {
        halls = List.copyOf(halls);
        firing = List.copyOf(firing);
        pending = List.copyOf(pending);
        resolved = List.copyOf(resolved);
    }
}
