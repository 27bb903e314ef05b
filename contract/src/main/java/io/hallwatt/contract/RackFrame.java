package io.hallwatt.contract;

import io.hallwatt.contract.catalogue.Metric;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All racks of one hall in one window, in columns: one record instead of hundreds.
 *
 * @param racks   in the site model's order
 * @param columns one column a metric and key ({@link Column}), each as long as {@code racks}; NaN stands for "absent" in memory, null on the wire
 */
public record RackFrame(
        SiteId site, HallId hall, Window window, int revision, List<RackId> racks, Map<Column, double[]> columns) {
    public RackFrame {
        racks = List.copyOf(racks);
        Map<Column, double[]> sorted = new TreeMap<>(columns);
        for (Map.Entry<Column, double[]> column : sorted.entrySet()) {
            if (column.getValue().length != racks.size()) {
                throw new IllegalArgumentException("column %s has %d values for %d racks"
                        .formatted(column.getKey(), column.getValue().length, racks.size()));
            }
        }
        columns = Collections.unmodifiableMap(sorted);
    }

    /** A rack metric and, where it has dimensions, which: {@code A}, {@code A/L1}. */
    public record Column(Metric metric, String key) implements Comparable<Column> {
        @Override
        public int compareTo(Column other) {
            int byMetric = metric.compareTo(other.metric);
            return byMetric != 0 ? byMetric : key.compareTo(other.key);
        }
    }

    public HallKey key() {
        return new HallKey(site, hall);
    }

    /** The column, or null where the frame has none. Not to be changed. */
    public double @Nullable [] column(Metric metric, String key) {
        return columns.get(new Column(metric, key));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof RackFrame that)
                || !site.equals(that.site)
                || !hall.equals(that.hall)
                || !window.equals(that.window)
                || revision != that.revision
                || !racks.equals(that.racks)
                || !columns.keySet().equals(that.columns.keySet())) {
            return false;
        }
        return columns.entrySet().stream()
                .allMatch(column -> Arrays.equals(column.getValue(), that.columns.get(column.getKey())));
    }

    @Override
    public int hashCode() {
        return Objects.hash(site, hall, window, revision, racks, columns.keySet());
    }
}
