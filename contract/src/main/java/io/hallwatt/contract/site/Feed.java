package io.hallwatt.contract.site;

/**
 * One feed of a rack.
 *
 * @param breakerAmps rating of its breaker, per phase
 * @param volts       nominal, line to neutral
 * @param phases      1 or 3
 */
public record Feed(double breakerAmps, double volts, int phases) {
    /** What the breaker lets through, W at power factor 1. */
    public double ratedWatts() {
        return breakerAmps * volts * phases;
    }
}
