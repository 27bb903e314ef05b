package io.hallwatt.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a cooling unit (CRAH, CDU, chiller) said at one instant.
 *
 * @param electricalWatts          what it draws
 * @param registerMilliwattHours   its energy register, mWh, wrapping at the site model's modulus
 * @param supplyCelsius            what it gives to the hall or loop
 * @param returnCelsius            what comes back to it
 * @param flowLitresPerSecond      of its medium: air for a CRAH, coolant for a CDU, water for a chiller
 * @param speedRatio               fan or pump speed, 0 to 1
 * @param waterRegisterMillilitres water taken in, a register that only grows
 * @param state                    absent where it does not say
 * @param interval                 its energy over an interval, from a meter that has no register
 */
public record CoolingReading(
        SiteId site,
        HallId hall,
        UnitId unit,
        Instant at,
        long sequence,
        @Nullable Double electricalWatts,
        @Nullable Long registerMilliwattHours,
        @Nullable Double supplyCelsius,
        @Nullable Double returnCelsius,
        @Nullable Double flowLitresPerSecond,
        @Nullable Double speedRatio,
        @Nullable Long waterRegisterMillilitres,
        @Nullable CoolingState state,
        @Nullable IntervalEnergy interval)
        implements Reading {

    @Override
    public String device() {
        return hall.text() + "/" + unit.text();
    }

    @Override
    public String key() {
        return site.text() + "/" + hall.text();
    }
}
