package io.hallwatt.benchmarks.load;

import io.hallwatt.contract.Reading;

/** A device that makes up its own readings. */
abstract sealed class GeneratedDevice permits GeneratedRack, GeneratedUnit, GeneratedSupply {
    private static final double MILLIS_PER_HOUR = 3_600_000;

    private long sequence;
    private long last;

    /** @param at epoch ms, not before that of the last one */
    final Reading reading(long at) {
        double hours = last == 0 ? 0 : (at - last) / MILLIS_PER_HOUR;
        last = at;
        return reading(at, sequence++, hours);
    }

    /** @param hours since the last one */
    abstract Reading reading(long at, long sequence, double hours);

    /** As registers show it: mWh in steps of 1 Wh. */
    static long register(double wattHours) {
        return ((long) wattHours) * 1000;
    }
}
