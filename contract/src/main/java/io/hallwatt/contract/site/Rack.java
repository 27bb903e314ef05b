package io.hallwatt.contract.site;

import io.hallwatt.contract.RackId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A rack in its hall.
 *
 * @param row                          name of its row; empty where not given
 * @param position                     place in the row, from 1; 0 where not given
 * @param feedA                        first feed; absent where the rack has none
 * @param feedB                        second feed, likewise
 * @param registerModulusMilliwattHours what each feed's register wraps at, mWh
 * @param registerResolutionMilliwattHours one count of each feed's register, mWh
 * @param reportInterval               how often it reports
 */
public record Rack(
        RackId id,
        String row,
        int position,
        @Nullable Feed feedA,
        @Nullable Feed feedB,
        long registerModulusMilliwattHours,
        long registerResolutionMilliwattHours,
        Duration reportInterval) {
    /** The most that the rack can draw, W: its breakers' ratings together; infinite where no feed is modelled. */
    public double ratedWatts() {
        if (feedA == null && feedB == null) {
            return Double.POSITIVE_INFINITY;
        }
        return (feedA == null ? 0 : feedA.ratedWatts()) + (feedB == null ? 0 : feedB.ratedWatts());
    }
}
