package io.hallwatt.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a rack's PDUs and sensors said at one instant, about 24 points.
 *
 * @param feedA           first feed; absent where the rack has none or its PDU does not answer
 * @param feedB           second feed, likewise
 * @param outletCelsius   air behind the rack
 * @param humidityPercent relative humidity at the intake
 * @param interval        the rack's energy over an interval, from a meter that has no register
 */
public record RackReading(
        SiteId site,
        HallId hall,
        RackId rack,
        Instant at,
        long sequence,
        @Nullable FeedReading feedA,
        @Nullable FeedReading feedB,
        @Nullable InletTemperatures inlet,
        @Nullable Double outletCelsius,
        @Nullable Double humidityPercent,
        @Nullable IntervalEnergy interval)
        implements Reading {

    @Override
    public String device() {
        return hall.text() + "/" + rack.text();
    }

    @Override
    public String key() {
        return site.text() + "/" + hall.text();
    }
}
