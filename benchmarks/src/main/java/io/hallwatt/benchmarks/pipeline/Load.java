package io.hallwatt.benchmarks.pipeline;

import io.hallwatt.benchmarks.load.SiteOfRacks;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What the pipeline has to bear.
 *
 * @param rateHz  reports per device and second; empty: as many as it can count
 * @param warmUp  not measured
 * @param length  measured
 */
public record Load(SiteOfRacks size, Origin origin, OptionalDouble rateHz, Duration warmUp, Duration length) {
    /** Who makes the readings. */
    public enum Origin {
        /** The site's physics, as in the demo: its cost is part of ingest's. */
        SIMULATOR,
        /** Readings that cost next to nothing to make. */
        GENERATED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As in results: {@code 1.0} or {@code max}. */
    public String rateText() {
        return rateHz.isPresent() ? Double.toString(rateHz.getAsDouble()) : "max";
    }
}
