package io.hallwatt.contract.site;

import io.hallwatt.contract.UnitId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A cooling unit of a hall.
 *
 * @param ratedCoolingWatts             heat that it can take away
 * @param ratedElectricalWatts          what it draws at most
 * @param registerModulusMilliwattHours what its energy register wraps at
 * @param registerResolutionMilliwattHours one count of its energy register, mWh
 * @param fluid                         what its flow is of; absent where it is the usual one of its kind
 * @param ratedFlowLitresPerSecond      flow at full duty; absent where not given
 * @param waterMeter                    of the water that it takes in; absent where it is the usual one, or none
 */
public record CoolingUnit(
        UnitId id,
        CoolingKind kind,
        double ratedCoolingWatts,
        double ratedElectricalWatts,
        long registerModulusMilliwattHours,
        long registerResolutionMilliwattHours,
        Duration reportInterval,
        @Nullable Fluid fluid,
        @Nullable Double ratedFlowLitresPerSecond,
        @Nullable WaterMeter waterMeter) {
    /** A unit of its kind's usual fluid, whose water meter is the usual one if it has any. */
    public CoolingUnit(
            UnitId id,
            CoolingKind kind,
            double ratedCoolingWatts,
            double ratedElectricalWatts,
            long registerModulusMilliwattHours,
            long registerResolutionMilliwattHours,
            Duration reportInterval) {
        this(
                id,
                kind,
                ratedCoolingWatts,
                ratedElectricalWatts,
                registerModulusMilliwattHours,
                registerResolutionMilliwattHours,
                reportInterval,
                null,
                null,
                null);
    }

    /** What its flow is of. */
    public Fluid medium() {
        return fluid == null ? kind.fluid() : fluid;
    }

    /** How its water is counted, if it is. */
    public WaterMeter water() {
        return waterMeter == null ? WaterMeter.USUAL : waterMeter;
    }
}
