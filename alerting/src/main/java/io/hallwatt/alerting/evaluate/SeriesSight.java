package io.hallwatt.alerting.evaluate;

import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A window made of series, as unit tests of rules give them: values in Prometheus's base units already.
 *
 * @param racks    ids; one empty id where a hall or the site itself is seen
 * @param coverage for each rack
 * @param series   by metric and key, a value for each rack; NaN where there is none
 */
record SeriesSight(
        Scope scope,
        String site,
        String hall,
        Window window,
        List<String> racks,
        List<Double> coverage,
        Map<Metric, Map<String, double[]>> series)
        implements Sight {
    @Override
    public int size() {
        return racks.size();
    }

    @Override
    public String rack(int index) {
        return racks.get(index);
    }

    @Override
    public double coverage(int index) {
        return coverage.get(index);
    }

    @Override
    public void each(Metric metric, Look look) {
        Map<String, double[]> byKey = series.getOrDefault(metric, Map.of());
        byKey.forEach((key, values) -> {
            for (int i = 0; i < values.length; i++) {
                look.at(i, key, values[i]);
            }
        });
        if (byKey.isEmpty() && metric.dimensions().isEmpty()) {
            for (int i = 0; i < size(); i++) {
                look.at(i, "", Double.NaN);
            }
        }
    }

    @Override
    public void keys(Metric metric, Set<String> into) {
        if (metric.dimensions().isEmpty()) {
            into.add("");
        } else {
            into.addAll(series.getOrDefault(metric, Map.of()).keySet());
        }
    }

    @Override
    public double @Nullable [] column(Metric metric, String key) {
        return series.getOrDefault(metric, Map.of()).get(key);
    }

    @Override
    public boolean fill(Metric metric, String key, double[] into) {
        double[] values = column(metric, key);
        if (values == null) {
            return false;
        }
        System.arraycopy(values, 0, into, 0, values.length);
        return true;
    }
}
