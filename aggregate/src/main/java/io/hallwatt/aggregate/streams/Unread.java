package io.hallwatt.aggregate.streams;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What of the records that were published a while ago is not committed. What is committed trails what is read by up to the time between two commits: held against
 * the ends of now, a partition that is written to all the time would never be read to its end.
 *
 * <p>Offsets that no reader comes to (the marks of transactions that were given up, behind the last record) are never committed by a stage that has read nothing
 * since its start. So where neither an end nor what is committed has moved for a minute, there is nothing to read.
 */
final class Unread {
    /** Beside the time between two commits: to ask, to commit, to be told, ns. */
    private static final long SLACK_NANOS = 500_000_000;

    /** No partition with readings in it stands still for so long, ns; nor does a stage that works, however slowly. */
    static final long STILL_NANOS = 60_000_000_000L;

    private final long age;
    private final ArrayDeque<Ends> earlier = new ArrayDeque<>();
    private final Map<TopicPartition, Standing> standing = new HashMap<>();

    private record Ends(long nanos, Map<TopicPartition, Long> offsets) {}

    /** @param since when both were first seen so, ns */
    private record Standing(long end, long read, long since) {}

    /** @param commitNanos within what time what is read is committed */
    Unread(long commitNanos) {
        this.age = commitNanos + SLACK_NANOS;
    }

    /**
     * One look.
     *
     * @param nanos when it was begun; looks come in the order of their time
     * @param ends  behind the last record, by partition
     * @param read  what is committed or gone, by partition
     * @return the partitions that hold what was published a while ago and is not committed; as long as the first look is not
     *     old enough, all that are not committed to their ends
     */
    Set<TopicPartition> look(long nanos, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> read) {
        earlier.addLast(new Ends(nanos, Map.copyOf(ends)));
        Ends then = null;
        while (!earlier.isEmpty() && nanos - earlier.getFirst().nanos() >= age) {
            then = earlier.removeFirst();
        }
        if (then != null) {
            earlier.addFirst(then); // until a later one is old enough
        }
        Set<TopicPartition> behind = new HashSet<>();
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            TopicPartition partition = end.getKey();
            long committed = read.getOrDefault(partition, 0L);
            boolean still = still(partition, end.getValue(), committed, nanos);
            if (committed < end.getValue() && !still && committed < published(then, partition)) {
                behind.add(partition);
            }
        }
        return behind;
    }

    /** As of the look that is old enough; of none, all that can be. */
    private static long published(@Nullable Ends then, TopicPartition partition) {
        return then == null ? Long.MAX_VALUE : then.offsets().getOrDefault(partition, 0L);
    }

    private boolean still(TopicPartition partition, long end, long read, long nanos) {
        Standing before = standing.get(partition);
        if (before == null || before.end() != end || before.read() != read) {
            standing.put(partition, new Standing(end, read, nanos));
            return false;
        }
        return nanos - before.since() >= STILL_NANOS;
    }
}
