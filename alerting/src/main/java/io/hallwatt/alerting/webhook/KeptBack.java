package io.hallwatt.alerting.webhook;

import io.hallwatt.contract.AlertTransition;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What a backlog told of and may tell the end of: not posted yet, and not committed, so that who reads on after a restart finds it. Confined to one thread. */
final class KeptBack {
    /** A storm's worth; beyond it the oldest are posted. */
    private static final int MOST = 20_000;

    private final Map<String, Episode> episodes = new LinkedHashMap<>();
    private final Map<TopicPartition, Held> held = new HashMap<>();

    /** @param since wall time since when it is kept back */
    record Kept(AlertTransition transition, ConsumerRecord<String, byte[]> record, Instant since) {
        TopicPartition partition() {
            return new TopicPartition(record.topic(), record.partition());
        }
    }

    private static final class Episode {
        final Deque<Kept> kept = new ArrayDeque<>();
        boolean begun;
    }

    /** Of one partition: where the first was when nothing was kept back, and how many there are. One that is over since counts too: its end is not to be read alone. */
    private static final class Held {
        final long from;
        int count;

        Held(long from) {
            this.from = from;
        }
    }

    void add(Kept kept) {
        episodes.computeIfAbsent(kept.transition().fingerprint(), any -> new Episode())
                .kept
                .add(kept);
        held.computeIfAbsent(kept.partition(), any -> new Held(kept.record().offset())).count++;
    }

    boolean has(AlertTransition of) {
        return episodes.containsKey(of.fingerprint());
    }

    /**
     * An alert's end was read.
     *
     * @return what was kept back of it and is told to nobody; empty where some of it has been told, and its end is to be
     */
    List<Kept> over(AlertTransition end) {
        Episode episode = episodes.get(end.fingerprint());
        if (episode == null || episode.begun) {
            return List.of();
        }
        episodes.remove(end.fingerprint());
        less(episode.kept.getFirst().partition(), episode.kept.size());
        return List.copyOf(episode.kept);
    }

    /** The one that is to be told first. */
    @Nullable
    Kept first() {
        return episodes.isEmpty()
                ? null
                : episodes.values().iterator().next().kept.getFirst();
    }

    /** The first has been told. */
    void told(Kept first) {
        Episode episode = episodes.get(first.transition().fingerprint());
        if (episode != null && episode.kept.removeFirstOccurrence(first)) {
            less(first.partition(), 1);
            episode.begun = true;
            if (episode.kept.isEmpty()) {
                episodes.remove(first.transition().fingerprint());
            }
        }
    }

    private void less(TopicPartition partition, int by) {
        Held of = held.get(partition);
        if (of != null) {
            of.count -= by;
            if (of.count == 0) {
                held.remove(partition);
            }
        }
    }

    boolean tooMany() {
        return held.values().stream().mapToInt(of -> of.count).sum() > MOST;
    }

    /** Where a partition is to be read from again, if it is to be before this is told; empty where nothing of it is kept back. */
    OptionalLong from(TopicPartition partition) {
        Held of = held.get(partition);
        return of == null ? OptionalLong.empty() : OptionalLong.of(of.from);
    }

    /** Somebody else reads them now. */
    void forget(Collection<TopicPartition> partitions) {
        episodes.values()
                .removeIf(episode -> partitions.contains(episode.kept.getFirst().partition()));
        held.keySet().removeAll(partitions);
    }
}
