package io.hallwatt.aggregate.streams;

import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.health.Health;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions hold records that the stage has not committed, asked of the broker several times a second. A consumer's own figures are of its last answer of a
 * partition: on a machine that has no time for it, that answer is seconds old and says that there is nothing to read, while thousands of readings wait.
 */
public final class CommittedEnds implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CommittedEnds.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final long PATIENCE_SECONDS = 10;

    /** What is older says nothing of now. Shorter than any silence that counts. */
    private static final long FRESH_NANOS = 2_000_000_000;

    private final Admin admin;
    private final String group;
    private final Set<String> watched;
    private final Map<TopicPartition, OffsetSpec> newest;
    private final Unread unread;
    private final Thread looking;
    private volatile @Nullable Look look;

    /** @param begunNanos when it was asked */
    private record Look(Set<String> behind, long begunNanos) {}

    /**
     * Begins to ask.
     *
     * @param group       the stage's consumer group
     * @param commitAfter within what time the stage commits what it has read
     */
    public CommittedEnds(
            KafkaSettings kafka, String group, Collection<TopicPartition> partitions, Duration commitAfter) {
        this.admin = Admin.create(kafka.client(KafkaSettings.Kind.ADMIN));
        this.group = group;
        this.watched = partitions.stream().map(CommittedEnds::place).collect(Collectors.toSet());
        this.newest = partitions.stream().collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest()));
        this.unread = new Unread(commitAfter.toNanos());
        this.looking = Thread.ofVirtual().name("aggregate-ends").start(this::lookAgain);
    }

    /** Whether something may be left to read: also where the broker has not said lately that there is nothing. False for partitions that are not watched. */
    public boolean behind(TopicPartition partition) {
        return behind(place(partition));
    }

    boolean behind(String place) {
        if (!watched.contains(place)) {
            return false;
        }
        Look last = look;
        return last == null
                || System.nanoTime() - last.begunNanos() > FRESH_NANOS
                || last.behind().contains(place);
    }

    private void lookAgain() {
        boolean told = false;
        try {
            while (true) {
                try {
                    long begun = System.nanoTime();
                    look = new Look(uncommitted(begun), begun);
                    if (told) {
                        told = false;
                        log.atInfo().addKeyValue("group", group).log("Kafka says again how far aggregate has read");
                    }
                } catch (ExecutionException | TimeoutException | RuntimeException e) {
                    if (!told) {
                        told = true;
                        Throwable reason = Objects.requireNonNullElse(e.getCause(), e);
                        log.atWarn()
                                .addKeyValue("group", group)
                                .addKeyValue("reason", Health.sentence(reason))
                                .log(
                                        "Kafka does not say how far aggregate has read; until it does, no hall is taken for silent as a whole");
                    }
                }
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<String> uncommitted(long begun) throws InterruptedException, ExecutionException, TimeoutException {
        // Ends first: what is committed meanwhile is more, and never said to be less than what is read.
        Map<TopicPartition, Long> ends = offsets(newest);
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, OffsetSpec> oldest = new HashMap<>();
        ends.forEach((partition, end) -> {
            OffsetAndMetadata read = committed.get(partition);
            if (read == null || read.offset() < end) {
                oldest.put(partition, OffsetSpec.earliest()); // what is not there any more cannot be read
            }
        });
        Map<TopicPartition, Long> starts = oldest.isEmpty() ? Map.of() : offsets(oldest);
        Map<TopicPartition, Long> read = new HashMap<>();
        ends.keySet().forEach(partition -> {
            OffsetAndMetadata known = committed.get(partition);
            read.put(partition, Math.max(known == null ? 0 : known.offset(), starts.getOrDefault(partition, 0L)));
        });
        return unread.look(begun, ends, read).stream().map(CommittedEnds::place).collect(Collectors.toSet());
    }

    private Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> which)
            throws InterruptedException, ExecutionException, TimeoutException {
        return admin.listOffsets(which).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, offset -> offset.getValue().offset()));
    }

    private static String place(TopicPartition partition) {
        return Backlog.place(partition.topic(), Integer.toString(partition.partition()));
    }

    @Override
    public void close() {
        looking.interrupt();
        admin.close(Duration.ZERO);
    }
}
