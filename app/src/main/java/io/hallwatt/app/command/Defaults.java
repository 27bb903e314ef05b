package io.hallwatt.app.command;

import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.alerting.AlertingConfig;
import java.nio.file.Path;

/** The stages' defaults where all of them work in one data directory. */
public final class Defaults {
    private Defaults() {}

    public static AlertingConfig alerting(Path directory) {
        return AlertingConfig.DEFAULTS.with(directory.resolve("alerting"));
    }

    public static AggregateConfig aggregate(Path directory) {
        return AggregateConfig.DEFAULTS.with(directory.resolve("aggregate"));
    }

    /** Of a past that is read from files: event time alone closes windows. */
    public static AggregateConfig aggregateOfThePast(Path directory) {
        return aggregate(directory).with(AggregateConfig.WallClock.EVENT_TIME);
    }
}
