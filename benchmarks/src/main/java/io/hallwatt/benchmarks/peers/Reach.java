package io.hallwatt.benchmarks.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a group has committed what it read of one topic: the same yardstick for everyone who reads. */
final class Reach {
    private static final Duration STALL = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 50;

    private final Admin admin;
    private final String topic;

    Reach(Admin admin, String topic) {
        this.admin = admin;
        this.topic = topic;
    }

    /** Records in the topic, as nobody writes transactions there. */
    long records() throws InterruptedException {
        Map<TopicPartition, OffsetSpec> newest = new HashMap<>();
        try {
            int partitions = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .partitions()
                    .size();
            for (int p = 0; p < partitions; p++) {
                newest.put(new TopicPartition(topic, p), OffsetSpec.latest());
            }
            return admin.listOffsets(newest).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private long committed(String group) throws InterruptedException {
        try {
            long sum = 0;
            for (Map.Entry<TopicPartition, OffsetAndMetadata> one : admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()) {
                sum += one.getKey().topic().equals(topic) && one.getValue() != null
                        ? one.getValue().offset()
                        : 0;
            }
            return sum;
        } catch (ExecutionException e) {
            return 0; // the group is not there yet
        }
    }

    /** A way through the topic, from a first moment to a second. */
    record Way(long records, double seconds) {
        long perSecond() {
            return seconds == 0 ? 0 : Math.round(records / seconds);
        }
    }

    /**
     * Waits until the group has committed {@code enough} records, and gives its way from where it had read {@code skipped}: before that it starts and warms up,
     * and after {@code enough} it may be held up by what is no work, as by the wait for whether more will come.
     *
     * @param atSkipped called there
     */
    Way follow(String group, long skipped, long enough, Runnable atSkipped, BooleanSupplier interrupted)
            throws InterruptedException {
        long from = -1;
        long fromNanos = 0;
        List<Long> last = new ArrayList<>(List.of(0L, System.nanoTime()));
        while (true) {
            long committed = committed(group);
            long now = System.nanoTime();
            if (from < 0 && committed >= skipped) {
                from = committed;
                fromNanos = now;
                atSkipped.run();
            }
            if (committed != last.getFirst()) {
                last = List.of(committed, now);
            }
            if (committed >= enough || interrupted.getAsBoolean()) {
                return new Way(committed - from, (now - fromNanos) / 1e9);
            }
            if (now - last.getLast() > STALL.toNanos()) {
                throw new IllegalStateException("%s has read %,d of %,d records of %s and does not go on"
                        .formatted(group, committed, enough, topic));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}
