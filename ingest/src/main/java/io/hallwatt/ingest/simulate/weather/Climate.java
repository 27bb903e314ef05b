package io.hallwatt.ingest.simulate.weather;

import io.hallwatt.ingest.simulate.noise.Noise;

/**
 * Outdoor air after the normals of Tangier, 1961–90 (Hong Kong Observatory), 50 km from the reference site: month's mean, daily swing with its top at 15 h
 * solar time, and spells of warmer and colder days.
 */
public final class Climate {
    private static final double[] MEAN = {12.5, 13.1, 14.0, 15.2, 17.7, 20.6, 23.5, 23.9, 22.8, 19.7, 15.9, 13.3};
    private static final double[] HIGH = {16.2, 16.8, 17.9, 19.2, 21.9, 24.9, 28.3, 28.6, 27.3, 23.7, 19.6, 17.0};
    private static final double[] LOW = {8.8, 9.4, 10.1, 11.2, 13.4, 16.2, 18.7, 19.1, 18.3, 15.6, 12.2, 9.7};

    private static final double DAY = 86_400;
    private static final double SPELL_KELVIN = 2;
    private static final double SPELL_MEMORY = 0.7; // from day to day
    private static final int SPELL_DAYS = 20;
    private static final double MEAN_HUMIDITY_PERCENT = 72; // sea air

    private final long seed;
    private final double longitudeDegrees;

    public Climate(long seed, double longitudeDegrees) {
        this.seed = Noise.seed(seed, "climate");
        this.longitudeDegrees = longitudeDegrees;
    }

    /** Dry bulb, °C. */
    public double celsius(double epochSeconds) {
        return normalCelsius(epochSeconds, longitudeDegrees) + spell(epochSeconds);
    }

    /** Dew point, °C: that of a day's mean temperature at the sea air's usual humidity, never above the dry bulb. */
    public double dewPointCelsius(double epochSeconds) {
        double mean = Calendar.overTheYear(MEAN, epochSeconds) + spell(epochSeconds);
        return Math.min(MoistAir.dewPointCelsius(mean, MEAN_HUMIDITY_PERCENT), celsius(epochSeconds));
    }

    /** What the normals say for the time of year and of day, without spells. */
    static double normalCelsius(double epochSeconds, double longitudeDegrees) {
        double swing = (Calendar.overTheYear(HIGH, epochSeconds) - Calendar.overTheYear(LOW, epochSeconds)) / 2;
        double hour = Calendar.solarHour(epochSeconds, longitudeDegrees);
        return Calendar.overTheYear(MEAN, epochSeconds) + swing * StrictMath.cos(2 * Math.PI * (hour - 15) / 24);
    }

    private double spell(double epochSeconds) {
        double x = epochSeconds / DAY;
        long day = (long) Math.floor(x);
        double from = Noise.remembering(seed, day, SPELL_MEMORY, SPELL_DAYS);
        double to = Noise.remembering(seed, day + 1, SPELL_MEMORY, SPELL_DAYS);
        return SPELL_KELVIN * (from + (to - from) * (x - day));
    }
}
