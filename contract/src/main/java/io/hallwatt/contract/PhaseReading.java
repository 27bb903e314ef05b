package io.hallwatt.contract;

/**
 * One phase of a feed.
 *
 * @param volts line to neutral, RMS
 * @param amps  RMS
 * @param watts active power
 */
public record PhaseReading(double volts, double amps, double watts) {}
