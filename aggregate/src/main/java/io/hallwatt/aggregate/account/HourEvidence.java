package io.hallwatt.aggregate.account;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.EnergyHour.OffsetRange;
import io.hallwatt.contract.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** From which records each hour's energy comes: how many readings, from when to when, at which offsets. One topic's, for one energy subject. */
public final class HourEvidence {
    private static final long HOUR = Resolution.HOUR.millis();

    private final TreeMap<Long, long[]> hours = new TreeMap<>();
    private final Map<Long, TreeMap<Integer, long[]>> offsets = new TreeMap<>();
    private final String topic;

    public HourEvidence(String topic) {
        this.topic = topic;
    }

    /**
     * A reading counts for an hour.
     *
     * @param measuredAt event time, epoch ms; of an interval, its last millisecond
     */
    public void add(long measuredAt, int partition, long offset) {
        long hour = Resolution.HOUR.startMillis(measuredAt);
        long[] seen = hours.get(hour);
        if (seen == null) {
            seen = new long[] {0, Long.MAX_VALUE, Long.MIN_VALUE};
            hours.put(hour, seen);
        }
        seen[0]++;
        seen[1] = Math.min(seen[1], measuredAt);
        seen[2] = Math.max(seen[2], measuredAt);
        TreeMap<Integer, long[]> partitions = offsets.get(hour);
        if (partitions == null) {
            partitions = new TreeMap<>();
            offsets.put(hour, partitions);
        }
        long[] range = partitions.get(partition);
        if (range == null) {
            partitions.put(partition, new long[] {offset, offset});
        } else {
            range[0] = Math.min(range[0], offset);
            range[1] = Math.max(range[1], offset);
        }
    }

    public long readings(long hour) {
        long[] seen = hours.get(hour);
        return seen == null ? 0 : seen[0];
    }

    /** Epoch ms; only where there are readings. */
    public long firstAt(long hour) {
        return hours.getOrDefault(hour, new long[3])[1];
    }

    /** Epoch ms; only where there are readings. */
    public long lastAt(long hour) {
        return hours.getOrDefault(hour, new long[3])[2];
    }

    public List<OffsetRange> offsets(long hour) {
        List<OffsetRange> ranges = new ArrayList<>();
        offsets.getOrDefault(hour, new TreeMap<>())
                .forEach((partition, range) -> ranges.add(new OffsetRange(topic, partition, range[0], range[1])));
        return ranges;
    }

    /** Forgets the hours before {@code hour}: they can no longer be restated. */
    public void forgetBefore(long hour) {
        hours.headMap(hour).clear();
        offsets.keySet().removeIf(h -> h < hour);
    }

    /** Start of the newest hour with a reading; {@link Long#MIN_VALUE} where there is none. */
    public long newestHour() {
        return hours.isEmpty() ? Long.MIN_VALUE : hours.lastKey();
    }

    public void write(StateWriter out) {
        out.integer(hours.size());
        hours.forEach((hour, seen) -> {
            out.integer(hour / HOUR);
            out.integers(seen, 3);
            Map<Integer, long[]> partitions = offsets.getOrDefault(hour, new TreeMap<>());
            out.integer(partitions.size());
            partitions.forEach((partition, range) -> {
                out.integer(partition);
                out.integers(range, 2);
            });
        });
    }

    public void read(StateReader in) {
        for (int count = in.count(); count > 0; count--) {
            long hour = in.integer() * HOUR;
            long[] seen = new long[3];
            in.integers(seen, 3);
            hours.put(hour, seen);
            TreeMap<Integer, long[]> partitions = new TreeMap<>();
            for (int p = in.count(); p > 0; p--) {
                int partition = in.count();
                long[] range = new long[2];
                in.integers(range, 2);
                partitions.put(partition, range);
            }
            offsets.put(hour, partitions);
        }
    }
}
