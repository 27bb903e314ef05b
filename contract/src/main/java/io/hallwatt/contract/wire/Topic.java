package io.hallwatt.contract.wire;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The topic catalogue: names, keys, how long they keep. Partition counts are configuration, but topics of one {@link Group} have the same. */
public enum Topic {
    SITE("site", Group.BY_SITE, "site", Cleanup.COMPACT, null),
    READINGS_RACK("readings.rack", Group.BY_HALL, "site/hall", Cleanup.DELETE, Duration.ofDays(7)),
    READINGS_COOLING("readings.cooling", Group.BY_HALL, "site/hall", Cleanup.DELETE, Duration.ofDays(7)),
    READINGS_SUPPLY("readings.supply", Group.BY_SITE, "site", Cleanup.DELETE, Duration.ofDays(7)),
    READINGS_REJECTED("readings.rejected", Group.ANY, "as received", Cleanup.DELETE, Duration.ofDays(30)),
    METRICS_RACK_1S("metrics.rack.1s", Group.BY_HALL, "site/hall", Cleanup.DELETE, Duration.ofHours(6)),
    METRICS_RACK_1M("metrics.rack.1m", Group.BY_HALL, "site/hall", Cleanup.DELETE, Duration.ofDays(7)),
    METRICS_HALL_1S("metrics.hall.1s", Group.BY_HALL, "site/hall", Cleanup.DELETE, Duration.ofHours(6)),
    METRICS_HALL_1M("metrics.hall.1m", Group.BY_HALL, "site/hall", Cleanup.DELETE, Duration.ofDays(30)),
    METRICS_HALL_15M("metrics.hall.15m", Group.BY_HALL, "site/hall", Cleanup.DELETE, Duration.ofDays(400)),
    METRICS_SITE_1S("metrics.site.1s", Group.BY_SITE, "site", Cleanup.DELETE, Duration.ofHours(6)),
    METRICS_SITE_1M("metrics.site.1m", Group.BY_SITE, "site", Cleanup.DELETE, Duration.ofDays(30)),
    METRICS_SITE_15M("metrics.site.15m", Group.BY_SITE, "site", Cleanup.DELETE, Duration.ofDays(400)),
    /** What a site adds up of its halls' closed windows on their way to their site's task, inside aggregate. */
    HALL_TO_SITE("aggregate.hall-to-site", Group.BY_SITE, "site", Cleanup.DELETE, Duration.ofDays(7)),
    /** Never deleted, never compacted: the journal that the ledger is built from. */
    ENERGY_HOUR("energy.hour", Group.BY_SITE, "site", Cleanup.DELETE, null),
    ALERTS("alerts", Group.ANY, "alert fingerprint", Cleanup.DELETE, Duration.ofDays(400));

    /** What a topic's partitions meet by. */
    public enum Group {
        /** Keyed by site/hall: one hall is in one partition, the same in all of the group. */
        BY_HALL,
        /** Keyed by site. */
        BY_SITE,
        ANY
    }

    /** Kafka's cleanup policies. */
    public enum Cleanup {
        DELETE,
        COMPACT
    }

    private final String plainName;
    private final Group group;
    private final String key;
    private final Cleanup cleanup;
    private final @Nullable Duration retention;

    Topic(String plainName, Group group, String key, Cleanup cleanup, @Nullable Duration retention) {
        this.plainName = plainName;
        this.group = group;
        this.key = key;
        this.cleanup = cleanup;
        this.retention = retention;
    }

    /** The name with the deployment's prefix, {@code hallwatt.} by default: {@code hallwatt.readings.rack}. */
    public String name(String prefix) {
        return prefix + plainName;
    }

    /** The name without prefix, for file names and documents: {@code readings.rack}. */
    public String plainName() {
        return plainName;
    }

    public Group group() {
        return group;
    }

    /** What the record key is. */
    public String key() {
        return key;
    }

    public Cleanup cleanup() {
        return cleanup;
    }

    /** How long records are kept, by event time; empty: for ever. */
    public Optional<Duration> retention() {
        return Optional.ofNullable(retention);
    }
}
