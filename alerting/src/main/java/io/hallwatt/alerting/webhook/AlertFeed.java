package io.hallwatt.alerting.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The alerts topic as one webhook reads it, for one consumer's life: which records are done with, through waits that are longer than Kafka's patience and partitions
 * that come and go. Confined to one thread.
 */
final class AlertFeed implements ConsumerRebalanceListener {
    /** Whoever does not ask Kafka for longer than max.poll.interval.ms (5 min) counts as dead. */
    static final Duration LONGEST_ROUND = Duration.ofMinutes(1);

    private static final Duration POLL = Duration.ofMillis(500);
    /** A new group begins with what happened about now, not with the topic's 400 days. */
    private static final Duration LOOK_BACK = Duration.ofMinutes(1);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Instant begun;
    private final BooleanSupplier closed;
    /** Where to go on, by partition; of partitions that are ours. */
    private final Map<TopicPartition, Long> done = new HashMap<>();

    private final KeptBack keptBack = new KeptBack();

    /** What is left of the records at hand is to be read again: a partition came or went, or they took too long. */
    private boolean reread;

    /** @param closed whether to end soon */
    AlertFeed(KafkaConsumer<String, byte[]> consumer, Instant begun, BooleanSupplier closed) {
        this.consumer = consumer;
        this.begun = begun;
        this.closed = closed;
    }

    /** Takes one record. */
    interface Reader {
        /** @return false if it is not done with: it is read again, here or by who has the partition then */
        boolean read(ConsumerRecord<String, byte[]> alert);
    }

    /** Of the records that are done with, those that may have to be told yet. */
    KeptBack keptBack() {
        return keptBack;
    }

    /** Whether all is read that there is. */
    boolean atEnd() {
        return !reread
                && consumer.assignment().stream()
                        .allMatch(partition -> consumer.currentLag(partition).orElse(1) == 0);
    }

    void subscribe(String topic) {
        consumer.subscribe(List.of(topic), this);
    }

    /** Gives what has come, record after record, to the reader, and commits what is done with. */
    void read(Reader reader) {
        if (reread) {
            seekToDone();
        }
        reread = false;
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        long began = System.nanoTime();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (interrupted() || !reader.read(record)) {
                break; // what is left is read again, by us or by who has the partition now
            }
            done.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            reread |= System.nanoTime() - began > LONGEST_ROUND.toNanos();
        }
        commit();
    }

    /** Whether the record at hand is to be left as it is: it may be somebody else's by now, or it is time to end. */
    boolean interrupted() {
        return closed.getAsBoolean() || reread;
    }

    /** Waits, less long where it is {@linkplain #interrupted interrupted}; stays a member of the group meanwhile: polls, and gets nothing. */
    void await(Duration wait) {
        commit();
        long end = System.nanoTime() + wait.toNanos();
        consumer.pause(consumer.assignment());
        for (long left = wait.toNanos(); left > 0 && !interrupted(); left = end - System.nanoTime()) {
            Duration part = Duration.ofNanos(left);
            int records = consumer.poll(part.compareTo(POLL) < 0 ? part : POLL).count();
            reread |= records > 0; // of a partition that came meanwhile: to be read again, in its turn
            consumer.pause(consumer.assignment());
        }
        consumer.resume(consumer.assignment());
    }

    void commit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        done.forEach((partition, next) -> offsets.put(
                partition, new OffsetAndMetadata(keptBack.from(partition).orElse(next))));
        if (!offsets.isEmpty()) {
            consumer.commitSync(offsets);
        }
    }

    private void seekToDone() {
        for (TopicPartition partition : consumer.assignment()) {
            Long next = done.get(partition);
            if (next != null) {
                consumer.seek(partition, next);
            }
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(assigned));
        Map<TopicPartition, Long> fresh = new HashMap<>();
        for (TopicPartition partition : assigned) {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset == null) {
                fresh.put(partition, begun.minus(LOOK_BACK).toEpochMilli());
            } else {
                done.put(partition, offset.offset());
            }
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(fresh.keySet());
        consumer.offsetsForTimes(fresh).forEach((partition, found) -> {
            long first = start(found, ends.getOrDefault(partition, 0L));
            done.put(partition, first);
            consumer.seek(partition, first);
        });
    }

    private static long start(@Nullable OffsetAndTimestamp found, long end) {
        return found == null ? end : found.offset();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        reread |= !revoked.isEmpty();
        commit();
        done.keySet().removeAll(revoked);
        keptBack.forget(revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        reread = true;
        done.keySet().removeAll(lost);
        keptBack.forget(lost);
    }
}
