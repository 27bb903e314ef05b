package io.hallwatt.benchmarks.load;

import io.hallwatt.contract.InletTemperatures;
import io.hallwatt.contract.PhaseReading;
import java.util.List;

/**
 * What a rack's sensors show at each of some loads, made once: a report picks from here, so that making it costs no arithmetic and hardly any garbage. Rounded as
 * the simulator rounds: 0.1 V, 0.01 A, 1 W, 0.1 °C, 0.1 %.
 */
final class Shapes {
    /** A power of two. */
    static final int LEVELS = 256;

    private static final double POWER_FACTOR = 0.97;
    /** Of a feed's three phases: 7 to 11 kW each side of the rack's 38 kW design. */
    private static final double LEAST_WATTS = 14_000;

    private static final double MOST_WATTS = 19_000;
    /** A feed at 92 A of its breaker's 100 A. */
    private static final double OVERLOAD_WATTS = 3 * 92 * 240 * POWER_FACTOR;

    final double[] watts = new double[LEVELS + 1];
    final Object[] phases = new Object[LEVELS + 1];
    final InletTemperatures[] inlets = new InletTemperatures[LEVELS];
    final Double[] outlets = new Double[LEVELS];
    final Double[] humidities = new Double[LEVELS];

    Shapes() {
        for (int level = 0; level < LEVELS; level++) {
            double load = level / (LEVELS - 1.0);
            feed(level, LEAST_WATTS + load * (MOST_WATTS - LEAST_WATTS));
            inlets[level] =
                    new InletTemperatures(tenth(22.9 + load * 2.1), tenth(22.1 + load * 1.9), tenth(21.2 + load * 1.7));
            outlets[level] = tenth(33.3 + load * 5);
            humidities[level] = tenth(41.7 + load * 7.9);
        }
        feed(LEVELS, OVERLOAD_WATTS);
    }

    /** The level of a feed that draws too much. */
    static int overload() {
        return LEVELS;
    }

    @SuppressWarnings("unchecked")
    List<PhaseReading> phases(int level) {
        return (List<PhaseReading>) phases[level];
    }

    private void feed(int level, double total) {
        PhaseReading[] three = new PhaseReading[3];
        double sum = 0;
        for (int p = 0; p < 3; p++) {
            double volts = tenth(239.4 + 0.3 * p + (level * 7 + p * 3) % 11 * 0.1);
            double share = Math.rint(total * (0.323 + 0.0103 * p));
            three[p] = new PhaseReading(volts, Math.rint(share / (volts * POWER_FACTOR) * 100) / 100, share);
            sum += share;
        }
        phases[level] = List.of(three);
        watts[level] = sum;
    }

    private static double tenth(double value) {
        return Math.rint(value * 10) / 10;
    }
}
