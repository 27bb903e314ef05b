package io.hallwatt.aggregate.streams;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions have records that are published and not read yet, as the consumers' own figures say, and what the broker says of them. Silence is only where
 * there is nothing left to read. Asked by many, measured a few times a second.
 *
 * <p>A consumer has no figure of a partition before its first answer from the broker, which comes for an empty partition too: without a figure, nothing is
 * known, and nothing is taken for read.
 */
public final class Backlog {
    private static final long FRESH_NANOS = 200_000_000;

    private volatile @Nullable Supplier<? extends Map<MetricName, ? extends Metric>> consumers;
    private volatile Predicate<String> uncommitted = place -> false;
    private final Set<String> workingOff = ConcurrentHashMap.newKeySet();
    private Set<String> behind = Set.of();
    /** Records left in each partition that the consumers have a figure of. */
    private Map<String, Long> known = Map.of();

    private boolean allKnown;
    private long measuredAt;

    /** From now on a partition of which these say that it holds what is not committed has something left to read, whatever its consumer says. */
    public void askToo(CommittedEnds ends) {
        askToo(ends::behind);
    }

    void askToo(Predicate<String> behind) {
        uncommitted = behind;
    }

    /** From now on these are the consumers. */
    public void watch(KafkaStreams running) {
        watch(running::metrics);
    }

    /** From now on these are the consumers' figures. Before, there is nothing to read. */
    void watch(Supplier<? extends Map<MetricName, ? extends Metric>> figures) {
        consumers = figures;
    }

    /** Records published and not read yet, over all partitions. */
    public long records() {
        long records = 0;
        for (Map.Entry<MetricName, ? extends Metric> metric : figures().entrySet()) {
            records += isLag(metric.getKey()) ? Math.max(0, Math.round(number(metric.getValue()))) : 0;
        }
        return records;
    }

    /** Records published and not read yet in that partition, as its consumer says. */
    synchronized long records(int partition, String topic) {
        measure();
        return known.getOrDefault(place(topic, Integer.toString(partition)), 0L);
    }

    /** A hall's task says whether it works off a backlog. */
    void workingOff(String task, boolean works) {
        if (works) {
            workingOff.add(task);
        } else {
            workingOff.remove(task);
        }
    }

    /** Whether any hall's task of this process works off a backlog. */
    boolean isWorkedOff() {
        return !workingOff.isEmpty();
    }

    /** Whether nothing is left to read in any partition that the consumers have. */
    synchronized boolean caughtUp() {
        if (consumers == null) {
            return true;
        }
        measure();
        return allKnown && behind.isEmpty();
    }

    /** Whether nothing is left to read in that partition, which a consumer has, of any of the topics. */
    synchronized boolean caughtUp(int partition, String... topics) {
        if (consumers == null) {
            return true;
        }
        measure();
        for (String topic : topics) {
            String place = place(topic, Integer.toString(partition));
            if (behind.contains(place) || !known.containsKey(place)) {
                return false;
            }
        }
        return true;
    }

    private void measure() {
        long now = System.nanoTime();
        if (measuredAt != 0 && now - measuredAt <= FRESH_NANOS) {
            return;
        }
        measuredAt = now;
        behind = new HashSet<>();
        known = new HashMap<>();
        Map<String, Double> unknown = new HashMap<>(); // by client: partitions that it has and has no figure of
        figures().forEach((name, metric) -> {
            double number = number(metric);
            if (isLag(name) && !Double.isNaN(number)) {
                String place =
                        place(name.tags().getOrDefault("topic", ""), name.tags().getOrDefault("partition", ""));
                known.put(place, Math.max(0, Math.round(number)));
                if (number > 0 || uncommitted.test(place)) {
                    behind.add(place);
                }
                unknown.merge(client(name), -1.0, Double::sum);
            } else if (name.name().equals("assigned-partitions") && reads(name)) {
                unknown.merge(client(name), Double.isNaN(number) ? 1 : number, Double::sum);
            }
        });
        allKnown = !known.isEmpty() && unknown.values().stream().allMatch(count -> count <= 0);
    }

    private Map<MetricName, ? extends Metric> figures() {
        Supplier<? extends Map<MetricName, ? extends Metric>> running = consumers;
        return running == null ? Map.of() : running.get();
    }

    private static boolean isLag(MetricName name) {
        return name.name().equals("records-lag") && name.tags().containsKey("partition") && reads(name);
    }

    /** A consumer of the input, not one that reads stores again or the site models. */
    private static boolean reads(MetricName name) {
        return !client(name).endsWith("restore-consumer") && !client(name).endsWith("global-consumer");
    }

    private static String client(MetricName name) {
        return name.tags().getOrDefault("client-id", "");
    }

    private static double number(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** The clients write dots in topic names as underscores, or not, by their version. */
    static String place(String topic, String partition) {
        return topic.replace('.', '_') + " " + partition;
    }
}
