package io.hallwatt.alerting.evaluate;

import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A hall or a site in one window. */
record QuantitiesSight(
        Scope scope,
        String row,
        String site,
        String hall,
        Window window,
        int revision,
        double completeness,
        Quantities quantities)
        implements Sight {
    @Override
    public int size() {
        return 1;
    }

    @Override
    public String rack(int index) {
        return "";
    }

    @Override
    public double coverage(int index) {
        return completeness;
    }

    @Override
    public void each(Metric metric, Look look) {
        Map<String, Quantity> byKey = quantities.of(metric);
        double factor = metric.unit().prometheusFactor();
        byKey.forEach((key, quantity) -> look.at(0, key, value(quantity) * factor));
        if (byKey.isEmpty() && metric.dimensions().isEmpty()) {
            look.at(0, "", Double.NaN);
        }
    }

    @Override
    public boolean estimated(Metric metric) {
        return quantities.of(metric).values().stream().anyMatch(quantity -> quantity instanceof Quantity.Estimated);
    }

    @Override
    public void keys(Metric metric, Set<String> into) {
        if (metric.dimensions().isEmpty()) {
            into.add("");
        } else {
            into.addAll(quantities.of(metric).keySet());
        }
    }

    @Override
    public double @Nullable [] column(Metric metric, String key) {
        double[] column = new double[1];
        return fill(metric, key, column) ? column : null;
    }

    @Override
    public boolean fill(Metric metric, String key, double[] into) {
        Quantity quantity = quantities.get(metric, key);
        if (quantity == null) {
            return false;
        }
        into[0] = value(quantity) * metric.unit().prometheusFactor();
        return true;
    }

    private static double value(Quantity quantity) {
        return switch (quantity) {
            case Quantity.Measured measured -> measured.value();
            case Quantity.Estimated estimated -> estimated.value();
            case Quantity.Unknown unknown -> Double.NaN;
        };
    }
}
