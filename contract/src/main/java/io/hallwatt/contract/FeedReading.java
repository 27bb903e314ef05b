package io.hallwatt.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One feed of a rack, at its PDU.
 *
 * @param registerMilliwattHours energy register as the device shows it, in mWh: it only grows, and wraps at the modulus of the site model; absent
 *                               where the device has none
 * @param watts                  active power of all phases where the device gives only the total; absent where the phases give it
 * @param phases                 L1 to L3, or L1 alone, or empty where the device gives only totals
 */
public record FeedReading(
        @Nullable Long registerMilliwattHours, @Nullable Double watts, List<PhaseReading> phases) {
    public FeedReading {
        phases = phases == null ? List.of() : List.copyOf(phases);
    }

    public FeedReading(@Nullable Long registerMilliwattHours, List<PhaseReading> phases) {
        this(registerMilliwattHours, null, phases);
    }

    /** Active power: the stated total, else the sum of the phases; absent where neither is given. */
    public @Nullable Double powerWatts() {
        if (watts != null) {
            return watts;
        }
        if (phases.isEmpty()) {
            return null;
        }
        double sum = 0;
        for (PhaseReading phase : phases) {
            sum += phase.watts();
        }
        return sum;
    }
}
