package io.hallwatt.ingest.simulate.plant;

/** Lithium battery at the site's bus: two hours at its rating, 86 % from bus to bus, half of the loss on the way in. Positive power is discharge. */
public final class Battery {
    /** Energy out at the bus for energy in at the bus. */
    public static final double ROUND_TRIP = 0.86;

    private static final double ONE_WAY = Math.sqrt(ROUND_TRIP);
    private static final double HOURS = 2;

    private final double ratedWatts;
    private final double capacityWattHours;
    private double storedWattHours;

    public Battery(double ratedWatts, double chargeRatio) {
        this.ratedWatts = ratedWatts;
        this.capacityWattHours = ratedWatts * HOURS;
        this.storedWattHours = capacityWattHours * chargeRatio;
    }

    public double chargeRatio() {
        return storedWattHours / capacityWattHours;
    }

    public void chargeRatio(double ratio) {
        storedWattHours = capacityWattHours * ratio;
    }

    /** The power nearest to {@code wantedWatts} that rating and content allow for {@code seconds}. */
    public double possibleWatts(double wantedWatts, double seconds) {
        double hours = seconds / 3600;
        double most = Math.min(ratedWatts, storedWattHours * ONE_WAY / hours);
        double least = -Math.min(ratedWatts, (capacityWattHours - storedWattHours) / ONE_WAY / hours);
        return Math.clamp(wantedWatts, least, Math.max(least, most));
    }

    /** Books what went to the bus and what came from it, both ≥ 0. */
    public void book(double deliveredWattHours, double drawnWattHours) {
        double stored = storedWattHours + drawnWattHours * ONE_WAY - deliveredWattHours / ONE_WAY;
        storedWattHours = Math.clamp(stored, 0, capacityWattHours);
    }
}
