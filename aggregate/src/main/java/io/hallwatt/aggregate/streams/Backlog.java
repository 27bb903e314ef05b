package io.hallwatt.aggregate.streams;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions have records that are published and not read yet, as the consumers' own figures say. Silence is only where there is nothing left to
 * read. Asked by many, measured a few times a second.
 */
public final class Backlog {
    private static final long FRESH_NANOS = 200_000_000;

    private volatile @Nullable KafkaStreams streams;
    private Set<String> behind = Set.of();
    private long measuredAt;

    /** From now on these are the consumers. */
    public void watch(KafkaStreams running) {
        streams = running;
    }

    /** Records published and not read yet, over all partitions. */
    public long records() {
        long records = 0;
        for (Map.Entry<MetricName, ? extends Metric> metric : figures().entrySet()) {
            records += lag(metric.getKey(), metric.getValue());
        }
        return records;
    }

    /** Whether nothing is left to read anywhere. */
    synchronized boolean caughtUp() {
        measure();
        return behind.isEmpty();
    }

    /** Whether nothing is left to read in that partition of any of the topics. */
    synchronized boolean caughtUp(int partition, String... topics) {
        measure();
        for (String topic : topics) {
            if (behind.contains(place(topic, Integer.toString(partition)))) {
                return false;
            }
        }
        return true;
    }

    private void measure() {
        long now = System.nanoTime();
        if (measuredAt == 0 || now - measuredAt > FRESH_NANOS) {
            measuredAt = now;
            behind = new HashSet<>();
            figures().forEach((name, metric) -> {
                if (lag(name, metric) > 0) {
                    behind.add(place(
                            name.tags().getOrDefault("topic", ""), name.tags().getOrDefault("partition", "")));
                }
            });
        }
    }

    private Map<MetricName, ? extends Metric> figures() {
        KafkaStreams running = streams;
        return running == null ? Map.of() : running.metrics();
    }

    private static long lag(MetricName name, Metric metric) {
        if (!name.name().equals("records-lag")
                || !name.tags().containsKey("partition")
                || name.tags().getOrDefault("client-id", "").endsWith("restore-consumer")
                || name.tags().getOrDefault("client-id", "").endsWith("global-consumer")) {
            return 0;
        }
        return metric.metricValue() instanceof Double records && records > 0 ? Math.round(records) : 0;
    }

    /** The clients write dots in topic names as underscores, or not, by their version. */
    private static String place(String topic, String partition) {
        return topic.replace('.', '_') + " " + partition;
    }
}
