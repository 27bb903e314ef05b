package io.hallwatt.contract;

import java.time.Instant;

/**
 * Energy that a utility meter or a historian states for an interval that ends with its reading: exact for the interval, nothing known inside it.
 *
 * @param start          start of the interval; its end is the reading's time
 * @param milliwattHours energy of [start, at), ≥ 0
 */
public record IntervalEnergy(Instant start, long milliwattHours) {}
