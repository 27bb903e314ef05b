package io.hallwatt.aggregate.site;

import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.SiteMetrics;

/** Takes what a site closes, windows of each resolution in order. */
public interface SiteOutput {
    /** @param newestReading event time of the newest reading in it, epoch ms; {@link Long#MIN_VALUE} where there is none, or for windows above a second */
    void site(SiteMetrics metrics, long newestReading);

    void hour(EnergyHour hour);
}
