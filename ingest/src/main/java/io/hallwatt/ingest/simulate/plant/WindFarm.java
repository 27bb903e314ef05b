package io.hallwatt.ingest.simulate.plant;

/** Turbines with the curve of a 2 MW machine: from 3 m/s, full from 12, stopped from 25; over a farm the wind differs by ±1.5 m/s. */
public final class WindFarm {
    private static final double WAKE_AND_AVAILABILITY = 0.9;
    private static final double SPREAD = 1.5;
    private static final int PLACES = 7;

    private WindFarm() {}

    /** One turbine, as part of its rating. */
    public static double turbineRatio(double metresPerSecond) {
        double v = metresPerSecond;
        if (v < 3 || v >= 25) {
            return 0;
        }
        return v >= 12 ? 1 : (v * v * v - 27) / (1728 - 27);
    }

    /** A farm, as part of its rating: turbines in winds around {@code metresPerSecond}, less wake and repair. */
    public static double farmRatio(double metresPerSecond) {
        double sum = 0;
        for (int i = 0; i < PLACES; i++) {
            sum += turbineRatio(metresPerSecond + SPREAD * (2.0 * i / (PLACES - 1) - 1));
        }
        return WAKE_AND_AVAILABILITY * sum / PLACES;
    }
}
