package io.hallwatt.app.topics;

import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.wire.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the catalogue's topics lie in one Kafka.
 *
 * @param hallPartitions partitions of what is keyed by hall: work spreads over as many threads
 * @param sitePartitions partitions of what is keyed by site, and of the rest
 * @param replication    copies of each partition
 * @param keepForever    no record is deleted by its age: for a past that is replayed or simulated, since Kafka deletes by the record's time
 */
public record TopicLayout(int hallPartitions, int sitePartitions, short replication, boolean keepForever) {
    /** One broker, one site. */
    public static final TopicLayout DEFAULTS = new TopicLayout(4, 1, (short) 1, false);

    /** The site's record holds every rack: 8,000 racks are some megabytes before compression. */
    private static final int LARGEST_SITE_BYTES = 8 * 1024 * 1024;

    /** What is rejected keeps its bytes (ADR 5), as many as a topic of readings takes, and gets a reason beside them. */
    private static final int LARGEST_REJECTED_BYTES = 2 * 1024 * 1024;

    public TopicLayout {
        new Faults("topics")
                .unless(
                        hallPartitions >= 1 && hallPartitions <= 1_000,
                        "hall-partitions is %d; give 1 to 1000",
                        hallPartitions)
                .unless(
                        sitePartitions >= 1 && sitePartitions <= 1_000,
                        "site-partitions is %d; give 1 to 1000",
                        sitePartitions)
                .unless(
                        replication >= 1 && replication <= 15,
                        "replication is %d; give 1 to 15, and no more than there are brokers",
                        replication)
                .throwIfAny();
    }

    public TopicLayout keepingForever() {
        return new TopicLayout(hallPartitions, sitePartitions, replication, true);
    }

    int partitions(Topic topic) {
        return switch (topic.group()) {
            case BY_HALL -> hallPartitions;
            case BY_SITE, ANY -> sitePartitions;
        };
    }

    /** What Kafka is told of the topic, sorted. */
    Map<String, String> settings(Topic topic) {
        Map<String, String> settings = new TreeMap<>();
        switch (topic.cleanup()) {
            case COMPACT -> settings.put("cleanup.policy", "compact");
            case DELETE -> {
                settings.put("cleanup.policy", "delete");
                settings.put("retention.ms", Long.toString(retentionMillis(topic)));
                if (retentionMillis(topic) < 0) {
                    // A broker's own bound on size would delete what is to be kept for ever.
                    settings.put("retention.bytes", "-1");
                }
            }
        }
        if (topic == Topic.READINGS_REJECTED) {
            settings.put("max.message.bytes", Integer.toString(LARGEST_REJECTED_BYTES));
        }
        if (topic == Topic.SITE) {
            settings.put("max.message.bytes", Integer.toString(LARGEST_SITE_BYTES));
        }
        return settings;
    }

    private long retentionMillis(Topic topic) {
        return keepForever ? -1 : topic.retention().map(Duration::toMillis).orElse(-1L);
    }
}
