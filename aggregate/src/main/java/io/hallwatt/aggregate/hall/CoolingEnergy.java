package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.energy.Energy;
import java.util.List;

/** What a hall's cooling units used in one window, as their registers say. */
final class CoolingEnergy {
    private final List<Energy> meters;
    private final int[] unitMeters;

    /**
     * @param meters     each meter's, by index; behind those of the site model those that left it
     * @param unitMeters which of them is whose, by the unit's row
     */
    CoolingEnergy(List<Energy> meters, int[] unitMeters) {
        this.meters = meters;
        this.unitMeters = unitMeters;
    }

    /** All together. */
    Energy all() {
        return meters.stream().reduce(Energy.NONE, Energy::plus);
    }

    /** One unit's, by its row; the site model has it. */
    Energy of(int unit) {
        return meters.get(unitMeters[unit]);
    }
}
