package io.hallwatt.contract;

import io.hallwatt.contract.catalogue.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The quantities of one scope in one window, by metric and dimension. Immutable.
 *
 * <p>A metric without dimensions has one quantity, under the empty key. A metric by feed has one a feed ({@code A}), a metric by feed and phase one for
 * each pair ({@code A/L1}).
 */
public final class Quantities {
    /** Nothing known, nothing unknown. */
    public static final Quantities NONE = builder().build();

    private final EnumMap<Metric, Map<String, Quantity>> byMetric;

    private Quantities(EnumMap<Metric, Map<String, Quantity>> byMetric) {
        this.byMetric = byMetric;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** One line of what {@link #entries} gives. {@code key} is empty where the metric has no dimensions. */
    public record Entry(Metric metric, String key, Quantity quantity) {}

    /** In the catalogue's order, then by key. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        byMetric.forEach(
                (metric, byKey) -> byKey.forEach((key, quantity) -> entries.add(new Entry(metric, key, quantity))));
        return Collections.unmodifiableList(entries);
    }

    /** All keys of one metric; empty where the window does not speak of it. */
    public Map<String, Quantity> of(Metric metric) {
        return byMetric.getOrDefault(metric, Map.of());
    }

    /** The quantity of a metric without dimensions, or null where the window does not speak of it. */
    public @Nullable Quantity get(Metric metric) {
        return get(metric, "");
    }

    public @Nullable Quantity get(Metric metric, String key) {
        return of(metric).get(key);
    }

    /** The value, measured or estimated; empty where unknown or not spoken of. */
    public OptionalDouble value(Metric metric) {
        return value(metric, "");
    }

    /** The value for one key, measured or estimated; empty where unknown or not spoken of. */
    public OptionalDouble value(Metric metric, String key) {
        Quantity quantity = get(metric, key);
        return switch (quantity) {
            case null -> OptionalDouble.empty();
            case Quantity.Measured measured -> OptionalDouble.of(measured.value());
            case Quantity.Estimated estimated -> OptionalDouble.of(estimated.value());
            case Quantity.Unknown unknown -> OptionalDouble.empty();
        };
    }

    /** Of these metrics alone. */
    public Quantities only(Set<Metric> metrics) {
        EnumMap<Metric, Map<String, Quantity>> some = new EnumMap<>(byMetric);
        some.keySet().retainAll(metrics);
        return new Quantities(some);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Quantities that && byMetric.equals(that.byMetric);
    }

    @Override
    public int hashCode() {
        return byMetric.hashCode();
    }

    @Override
    public String toString() {
        return byMetric.toString();
    }

    /** Collects quantities; the last one given for a metric and key stands. */
    public static final class Builder {
        private final EnumMap<Metric, Map<String, Quantity>> byMetric = new EnumMap<>(Metric.class);

        private Builder() {}

        public Builder put(Metric metric, Quantity quantity) {
            return put(metric, "", quantity);
        }

        /** A measured value. */
        public Builder put(Metric metric, double value) {
            return put(metric, "", Quantity.measured(value));
        }

        /** A measured value for one key. */
        public Builder put(Metric metric, String key, double value) {
            return put(metric, key, Quantity.measured(value));
        }

        public Builder put(Metric metric, String key, Quantity quantity) {
            int parts = key.isEmpty() ? 0 : key.split("/", -1).length;
            if (parts != metric.dimensions().size()) {
                throw new IllegalArgumentException("%s has the dimensions %s, but the key \"%s\" has %d parts"
                        .formatted(metric, metric.dimensions(), key, parts));
            }
            if (parts == 0) {
                byMetric.put(metric, Map.of(key, quantity)); // nearly all: no tree for one value
            } else {
                byMetric.computeIfAbsent(metric, m -> new TreeMap<>()).put(key, quantity);
            }
            return this;
        }

        /** What was given for a metric without dimensions; null where nothing was. */
        public @Nullable Quantity get(Metric metric) {
            return byMetric.getOrDefault(metric, Map.of()).get("");
        }

        public Builder unknown(Metric metric, Reason reason) {
            return put(metric, "", Quantity.unknown(reason));
        }

        public Quantities build() {
            EnumMap<Metric, Map<String, Quantity>> copy = new EnumMap<>(Metric.class);
            byMetric.forEach((metric, byKey) -> copy.put(
                    metric, metric.dimensions().isEmpty() ? byKey : Collections.unmodifiableMap(new TreeMap<>(byKey))));
            return new Quantities(copy);
        }
    }
}
