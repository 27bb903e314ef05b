package io.hallwatt.aggregate.energy;

/**
 * What a register showed.
 *
 * @param at            event time, epoch ms
 * @param milliwattHours as the device shows it, not unwrapped
 */
record RegisterPoint(long at, long milliwattHours) {}
