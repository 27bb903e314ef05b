package io.hallwatt.aggregate.energy;

/**
 * Energy of a book's meters in one window, whole mWh.
 *
 * @param measuredMilliwattHours  between register readings at or around the window's ends, or of intervals inside it
 * @param estimatedMilliwattHours known for a longer span and spread over it, or bridged by power; never part of the measured
 * @param metersExpected          meters of the site model, and those that have left it where they are complete
 * @param metersComplete          those of them whose energy is known from the window's start to its end
 */
public record Energy(
        long measuredMilliwattHours, long estimatedMilliwattHours, int metersExpected, int metersComplete) {
    /** Of no meter. */
    public static final Energy NONE = new Energy(0, 0, 0, 0);

    public Energy plus(Energy other) {
        return new Energy(
                measuredMilliwattHours + other.measuredMilliwattHours,
                estimatedMilliwattHours + other.estimatedMilliwattHours,
                metersExpected + other.metersExpected,
                metersComplete + other.metersComplete);
    }

    public long totalMilliwattHours() {
        return measuredMilliwattHours + estimatedMilliwattHours;
    }
}
