package io.hallwatt.aggregate.site;

import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.SiteMetrics;

/** Takes what a site closes, windows of each resolution in order. */
public interface SiteOutput {
    void site(SiteMetrics metrics);

    void hour(EnergyHour hour);
}
