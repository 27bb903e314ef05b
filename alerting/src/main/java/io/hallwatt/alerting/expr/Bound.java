package io.hallwatt.alerting.expr;

/** {@code > 0.8}: what a value is held against. */
public record Bound(Comparator comparator, double limit) {
    public boolean holds(double value) {
        return comparator.holds(value, limit);
    }
}
