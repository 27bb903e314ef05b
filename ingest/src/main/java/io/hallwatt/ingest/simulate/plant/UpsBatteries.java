package io.hallwatt.ingest.simulate.plant;

/**
 * The batteries of the halls' UPS systems, taken as one. They stand behind the site's meters: what they give while the grid is away no meter shows, and what they take
 * back from the bus afterwards is load. Five minutes at the halls' design power; what goes beyond is carried by generators, whose fuel is not bought at the bus.
 */
public final class UpsBatteries {
    /** Energy out for energy in. */
    public static final double ROUND_TRIP = 0.9;

    private static final double HOURS = 5.0 / 60;
    private static final double RECHARGE = 0.1; // of the design power: half an hour or so for all of it

    private final double designWatts;
    private double owedWattHours;

    /** Full. */
    public UpsBatteries(double designWatts) {
        this.designWatts = designWatts;
    }

    /** What they have still to take from the bus until they are full. */
    public double owedWattHours() {
        return owedWattHours;
    }

    public void owedWattHours(double wattHours) {
        owedWattHours = wattHours;
    }

    /** Carries what nothing else does. */
    public void give(double watts, double seconds) {
        double most = HOURS * designWatts / ROUND_TRIP;
        owedWattHours = Math.min(most, owedWattHours + watts / ROUND_TRIP * seconds / 3600);
    }

    /**
     * Takes back from the bus.
     *
     * @param room what the bus has for it, W
     * @return what it takes, W
     */
    public double take(double room, double seconds) {
        double owed = owedWattHours * 3600 / seconds;
        double watts = Math.max(0, Math.min(Math.min(RECHARGE * designWatts, owed), room));
        owedWattHours = watts == owed ? 0 : owedWattHours - watts * seconds / 3600;
        return watts;
    }
}
