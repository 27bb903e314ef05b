package io.hallwatt.ingest.simulate.weather;

import io.hallwatt.ingest.simulate.noise.Noise;

/**
 * How much of the clear sky's light comes through, between 0.15 and 1.05. Each day is clear, mixed or overcast; within it the factor wanders with a
 * memory of ten minutes. The days' mix is such that a month's mean comes near to the month's clearness at Tétouan, estimated from Tangier's hours of
 * sunshine 1961–90 by Ångström and Prescott.
 */
public final class Clouds {
    private static final double[] CLEARNESS = {
        0.784, 0.765, 0.790, 0.778, 0.791, 0.795, 0.845, 0.867, 0.852, 0.839, 0.798, 0.795
    };

    private static final double LEAST = 0.15;
    private static final double MOST = 1.05;

    private static final double CLEAR = 0.97;
    private static final double MIXED = 0.75;
    private static final double OVERCAST = 0.35;

    private static final double MEMORY = StrictMath.exp(-1.0 / 10); // per minute
    private static final int MINUTES = 60;

    private final long daySeed;
    private final long minuteSeed;
    private final double longitudeDegrees;
    private long cachedMinute = Long.MIN_VALUE;
    private double cachedFrom;
    private double cachedTo;

    public Clouds(long seed, double longitudeDegrees) {
        this.daySeed = Noise.seed(seed, "cloud days");
        this.minuteSeed = Noise.seed(seed, "cloud minutes");
        this.longitudeDegrees = longitudeDegrees;
    }

    public double factor(double epochSeconds) {
        long minute = (long) Math.floor(epochSeconds / 60);
        if (minute != cachedMinute) {
            cachedMinute = minute;
            cachedFrom = Noise.remembering(minuteSeed, minute, MEMORY, MINUTES);
            cachedTo = Noise.remembering(minuteSeed, minute + 1, MEMORY, MINUTES);
        }
        double f = epochSeconds / 60 - minute;
        double z = cachedFrom + (cachedTo - cachedFrom) * f;

        long day = Calendar.solarDay(epochSeconds, longitudeDegrees);
        double overcast = (CLEAR - CLEARNESS[Calendar.month(day)]) / (2 * (CLEAR - MIXED) + (CLEAR - OVERCAST));
        double draw = Noise.unit(daySeed, day);
        double mean =
                draw < overcast ? OVERCAST : draw < 3 * overcast ? MIXED : CLEAR; // two mixed days for one overcast
        double spread = draw < overcast ? 0.10 : draw < 3 * overcast ? 0.18 : 0.02;
        return Math.clamp(mean + spread * z, LEAST, MOST);
    }
}
