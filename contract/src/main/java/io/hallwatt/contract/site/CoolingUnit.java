package io.hallwatt.contract.site;

import io.hallwatt.contract.UnitId;
import java.time.Duration;

/**
 * A cooling unit of a hall.
 *
 * @param ratedCoolingWatts             heat that it can take away
 * @param ratedElectricalWatts          what it draws at most
 * @param registerModulusMilliwattHours what its energy register wraps at
 * @param registerResolutionMilliwattHours one count of its energy register, mWh
 */
public record CoolingUnit(
        UnitId id,
        CoolingKind kind,
        double ratedCoolingWatts,
        double ratedElectricalWatts,
        long registerModulusMilliwattHours,
        long registerResolutionMilliwattHours,
        Duration reportInterval) {}
