package io.hallwatt.ingest.simulate.weather;

/** Water in air, by Magnus' formula over water (17.62, 243.12 °C), −45 to 60 °C. */
public final class MoistAir {
    private static final double A = 17.62;
    private static final double B = 243.12;

    private MoistAir() {}

    /** @param humidityPercent above 0 */
    public static double dewPointCelsius(double celsius, double humidityPercent) {
        double gamma = StrictMath.log(humidityPercent / 100) + A * celsius / (B + celsius);
        return B * gamma / (A - gamma);
    }

    /** Relative humidity of air with a dew point, %; at most 100. */
    public static double humidityPercent(double celsius, double dewPointCelsius) {
        double exponent = A * dewPointCelsius / (B + dewPointCelsius) - A * celsius / (B + celsius);
        return Math.min(100, 100 * StrictMath.exp(exponent));
    }
}
