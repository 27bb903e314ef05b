package io.hallwatt.ingest.simulate.plant;

/** What is lost between the site's bus and the racks. */
public final class Losses {
    private Losses() {}

    /** Double-conversion UPS: a part without load, a proportional and a square one. */
    public static double upsWatts(double ratedWatts, double outputWatts) {
        double x = outputWatts / ratedWatts;
        return ratedWatts * (0.012 + 0.010 * x + 0.014 * x * x);
    }

    /** Transformer: iron {@code n} = 0.001 and copper {@code c} = 0.01 of its rating (form as in pvlib's model). */
    public static double transformerWatts(double ratedWatts, double outputWatts) {
        double x = outputWatts / ratedWatts;
        return ratedWatts * (0.001 + 0.01 * x * x);
    }
}
