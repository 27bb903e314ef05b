package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.RackFrame;

/** Takes what a hall closes, windows of each resolution in order. */
public interface HallOutput {
    /** @param newestReading as of {@link #hall} */
    void racks(RackFrame frame, long newestReading);

    /** @param newestReading event time of the newest reading in it, epoch ms; {@link Long#MIN_VALUE} where there is none, or for windows above a second */
    void hall(HallMetrics metrics, long newestReading);

    void hour(EnergyHour hour);
}
