package io.hallwatt.contract.wire;

import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.site.Site;

/** The wire format of each record. */
public final class Codecs {
    public static final Codec<RackReading> RACK_READING = new RackReadingCodec();
    public static final Codec<CoolingReading> COOLING_READING = new CoolingReadingCodec();
    public static final Codec<SupplyReading> SUPPLY_READING = new SupplyReadingCodec();
    public static final Codec<HallMetrics> HALL_METRICS = Json.of(HallMetrics.class);
    public static final Codec<SiteMetrics> SITE_METRICS = Json.of(SiteMetrics.class);
    public static final Codec<RackFrame> RACK_FRAME = new RackFrameCodec();
    public static final Codec<EnergyHour> ENERGY_HOUR = Json.of(EnergyHour.class);
    public static final Codec<AlertTransition> ALERT_TRANSITION = Json.of(AlertTransition.class);
    public static final Codec<Site> SITE = new SiteCodec();

    private Codecs() {}
}
