package io.hallwatt.alerting.expr;

/** {@code > 0.8}: what a value is held against. */
public record Bound(Comparator comparator, double limit) {
    public boolean holds(double value) {
        return comparator.holds(value, limit);
    }

    /** Whether it can hold for any value from {@code least} to {@code most}. */
    public boolean mayHold(double least, double most) {
        return comparator.mayHold(least, most, limit);
    }

    /** Whether it holds for every value from {@code least} to {@code most}. */
    public boolean mustHold(double least, double most) {
        return !comparator.opposite().mayHold(least, most, limit);
    }
}
