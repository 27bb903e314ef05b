package io.hallwatt.ingest.simulate.plant;

/**
 * Photovoltaic plant. Cells warm up with light (NOCT 45 °C) and lose 0.35 % a kelvin; 14 % goes in dirt, wires and mismatch; inverters take 1.5 % and clip at
 * their rating, for which the panels are 25 % oversized.
 */
public final class PvPlant {
    private static final double NOCT = 45;
    private static final double OVERSIZE = 1.25;

    private final double peakWatts;

    private PvPlant(double peakWatts) {
        this.peakWatts = peakWatts;
    }

    /** @param peakWatts of the panels, at 1,000 W/m² and 25 °C */
    public static PvPlant ofPanels(double peakWatts) {
        return new PvPlant(peakWatts);
    }

    /** @param ratedWatts of the inverters: the plant's nameplate */
    public static PvPlant rated(double ratedWatts) {
        return new PvPlant(ratedWatts * OVERSIZE);
    }

    public static double cellCelsius(double irradiance, double airCelsius) {
        return airCelsius + irradiance * (NOCT - 20) / 800;
    }

    public double dcWatts(double irradiance, double airCelsius) {
        return peakWatts * irradiance / 1000 * (1 - 0.0035 * (cellCelsius(irradiance, airCelsius) - 25)) * 0.86;
    }

    /** What the inverters give, W; never negative. */
    public double acWatts(double irradiance, double airCelsius) {
        return Math.min(0.985 * dcWatts(irradiance, airCelsius), peakWatts / OVERSIZE);
    }
}
