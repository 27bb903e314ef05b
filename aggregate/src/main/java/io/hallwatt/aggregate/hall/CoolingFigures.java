package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.site.Fluid;

/** The formulas of a hall's cooling. Pure; NaN where a figure is not defined. */
final class CoolingFigures {
    /** Domain rule: a smaller difference over the racks says nothing of the air's way. */
    private static final double LEAST_EQUIPMENT_KELVIN = 0.5;

    private CoolingFigures() {}

    /** Q = ρ · cp · flow · (return − supply), W. */
    static double heatWatts(Fluid fluid, double litresPerSecond, double kelvin) {
        return fluid.wattsPerLitreSecondKelvin() * litresPerSecond * kelvin;
    }

    /** RCI_HI as a fraction: 1 where no intake is above the recommended range, never below 0. */
    static double rciHigh(double[] intakes, double recommendedMax, double allowableMax) {
        double over = 0;
        for (double celsius : intakes) {
            over += Math.max(0, celsius - recommendedMax);
        }
        return rci(over, allowableMax - recommendedMax, intakes.length);
    }

    /** RCI_LO as a fraction: 1 where no intake is below the recommended range, never below 0. */
    static double rciLow(double[] intakes, double recommendedMin, double allowableMin) {
        double under = 0;
        for (double celsius : intakes) {
            under += Math.max(0, recommendedMin - celsius);
        }
        return rci(under, recommendedMin - allowableMin, intakes.length);
    }

    private static double rci(double sum, double most, int intakes) {
        return intakes == 0 ? Double.NaN : Math.max(0, 1 - sum / (most * intakes));
    }

    /** By how much racks warm their air, weighted by airflow: ΣP / Σ(P/ΔT); racks with ΔT ≤ 0 say nothing. */
    static double equipmentKelvin(double[] watts, double[] kelvin) {
        double power = 0;
        double air = 0;
        for (int i = 0; i < watts.length; i++) {
            if (watts[i] > 0 && kelvin[i] > 0) {
                power += watts[i];
                air += watts[i] / kelvin[i];
            }
        }
        return air == 0 ? Double.NaN : power / air;
    }

    /** RTI as a fraction; NaN where the equipment's difference is too small to divide by. */
    static double returnTemperatureIndex(double airKelvin, double equipmentKelvin) {
        return equipmentKelvin > LEAST_EQUIPMENT_KELVIN ? airKelvin / equipmentKelvin : Double.NaN;
    }
}
