package io.hallwatt.ingest.simulate.weather;

import io.hallwatt.ingest.simulate.noise.Noise;

/**
 * Wind at hub height, m/s: Weibull distributed (shape 2, scale 10), its rank an AR(1) of hours (0.95), with spells of days as the Levante brings, and gusts of
 * minutes. A little stronger in winter.
 */
public final class Wind {
    private static final double SCALE = 10;
    private static final double MEMORY = 0.95; // from hour to hour
    private static final int HOURS = 100;
    private static final double GUST = 0.35;

    private final long hourSeed;
    private final long gustSeed;
    private long cachedHour = Long.MIN_VALUE;
    private double cachedFrom;
    private double cachedTo;

    public Wind(long seed) {
        this.hourSeed = Noise.seed(seed, "wind hours");
        this.gustSeed = Noise.seed(seed, "wind gusts");
    }

    public double metresPerSecond(double epochSeconds) {
        double x = epochSeconds / 3600;
        long hour = (long) Math.floor(x);
        if (hour != cachedHour) {
            cachedHour = hour;
            cachedFrom = Noise.remembering(hourSeed, hour, MEMORY, HOURS);
            cachedTo = Noise.remembering(hourSeed, hour + 1, MEMORY, HOURS);
        }
        double z = cachedFrom + (cachedTo - cachedFrom) * (x - hour);
        double season = 1 + 0.08 * StrictMath.cos(2 * Math.PI * (epochSeconds / 86_400 / 365.2425 - 0.04));
        double gust = GUST * Noise.wander(gustSeed, epochSeconds, 180);
        return Math.max(0, season * weibull(rank(z)) + gust);
    }

    /** Shape 2: scale·√(−ln(1 − rank)). */
    static double weibull(double rank) {
        return SCALE * Math.sqrt(-StrictMath.log(1 - rank));
    }

    /** The normal distribution's function by the logistic curve, within 0.01 of it; never 0 or 1. */
    static double rank(double z) {
        return 1 / (1 + StrictMath.exp(-1.702 * Math.clamp(z, -6, 6)));
    }
}
