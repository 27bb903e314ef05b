package io.hallwatt.contract.site;

import io.hallwatt.contract.SourceId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A source of the site's energy.
 *
 * @param physical                      true: its power flows into the site's bus; false: a purchase agreement, matched but never added to physical power
 * @param renewable                     whether its energy counts in the renewable share
 * @param ratedWatts                    nameplate
 * @param carbonGramsPerKilowattHour    factor where it is not metered; absent where none is known
 * @param registerModulusMilliwattHours what its registers wrap at
 * @param registerResolutionMilliwattHours one count of its registers, mWh
 */
public record SupplySource(
        SourceId id,
        SupplyKind kind,
        boolean physical,
        boolean renewable,
        double ratedWatts,
        @Nullable Double carbonGramsPerKilowattHour,
        long registerModulusMilliwattHours,
        long registerResolutionMilliwattHours,
        Duration reportInterval) {}
