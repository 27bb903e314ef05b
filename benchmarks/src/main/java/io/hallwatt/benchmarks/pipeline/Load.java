package io.hallwatt.benchmarks.pipeline;

import io.hallwatt.benchmarks.load.SiteOfRacks;
import io.hallwatt.contract.config.InvalidInput;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What the pipeline has to bear.
 *
 * @param rateHz  reports per device and second; empty: as many as it can count
 * @param silent  racks of each hall that fall silent, one after the other, while it is measured, and stay so; simulator only
 * @param warmUp  not measured
 * @param length  measured
 */
public record Load(
        SiteOfRacks size, Origin origin, OptionalDouble rateHz, int silent, Duration warmUp, Duration length) {
    public Load {
        if (silent < 0 || silent > size.racksPerHall()) {
            throw new InvalidInput(
                    "bench: --silent %d, but a hall of this site has %d racks".formatted(silent, size.racksPerHall()));
        }
        if (silent > 0 && origin == Origin.GENERATED) {
            throw new InvalidInput("bench: --silent needs --source simulator: generated racks never fall silent");
        }
    }

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
