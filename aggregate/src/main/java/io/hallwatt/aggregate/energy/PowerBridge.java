package io.hallwatt.aggregate.energy;

/**
 * Power integrated along a stretch, by straight lines between samples.
 *
 * @param wattMillisTwice  twice the integral, W·ms, so that the mean of two samples stays an integer
 * @param uncoveredMillis part of the stretch without samples near enough: nothing is known of it
 */
record PowerBridge(long wattMillisTwice, long uncoveredMillis) {
    static final PowerBridge EMPTY = new PowerBridge(0, 0);

    private static final long TWICE_WATT_MILLIS_PER_MILLIWATT_HOUR = 7_200;

    /** Longer by one stretch; {@code watts} below 0 where a sample is missing. */
    PowerBridge then(long millis, int wattsBefore, int wattsAfter, long longestMillis) {
        return wattsBefore < 0 || wattsAfter < 0 || millis > longestMillis
                ? new PowerBridge(wattMillisTwice, uncoveredMillis + millis)
                : new PowerBridge(wattMillisTwice + ((long) wattsBefore + wattsAfter) * millis, uncoveredMillis);
    }

    /** The stretch that this one has more than {@code tail}, its own end. */
    PowerBridge before(PowerBridge tail) {
        return new PowerBridge(wattMillisTwice - tail.wattMillisTwice, uncoveredMillis - tail.uncoveredMillis);
    }

    boolean whole() {
        return uncoveredMillis == 0;
    }

    /** Energy of what is covered, rounded down. */
    long milliwattHours() {
        return wattMillisTwice / TWICE_WATT_MILLIS_PER_MILLIWATT_HOUR;
    }
}
