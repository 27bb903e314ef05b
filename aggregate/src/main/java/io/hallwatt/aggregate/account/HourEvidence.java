package io.hallwatt.aggregate.account;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.EnergyHour.OffsetRange;
import io.hallwatt.contract.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From which records each hour's energy comes: how many readings, from when to when, at which offsets. One topic's, for one energy subject. */
public final class HourEvidence {
    private static final long HOUR = Resolution.HOUR.millis();

    private final TreeMap<Long, Hour> hours = new TreeMap<>();
    private final String topic;
    /** What the last reading was counted for; nearly always that of the next, and two places in memory in place of a dozen. */
    private @Nullable Hour current;

    private int currentPartition;
    private long[] currentRange = new long[2];

    private static final class Hour {
        final long start;
        long readings;
        long firstAt = Long.MAX_VALUE;
        long lastAt = Long.MIN_VALUE;
        final TreeMap<Integer, long[]> offsets = new TreeMap<>();

        Hour(long start) {
            this.start = start;
        }
    }

    public HourEvidence(String topic) {
        this.topic = topic;
    }

    /**
     * A reading counts for an hour.
     *
     * @param measuredAt event time, epoch ms; of an interval, its last millisecond
     */
    public void add(long measuredAt, int partition, long offset) {
        Hour hour = current;
        if (hour == null
                || partition != currentPartition
                || measuredAt < hour.start
                || measuredAt - hour.start >= HOUR) {
            hour = hours.computeIfAbsent(Resolution.HOUR.startMillis(measuredAt), Hour::new);
            current = hour;
            currentPartition = partition;
            currentRange = hour.offsets.computeIfAbsent(partition, none -> new long[] {offset, offset});
        }
        hour.readings++;
        hour.firstAt = Math.min(hour.firstAt, measuredAt);
        hour.lastAt = Math.max(hour.lastAt, measuredAt);
        currentRange[0] = Math.min(currentRange[0], offset);
        currentRange[1] = Math.max(currentRange[1], offset);
    }

    private Hour at(long hour) {
        Hour seen = hours.get(hour);
        return seen == null ? new Hour(hour) : seen;
    }

    public long readings(long hour) {
        return at(hour).readings;
    }

    /** Epoch ms; only where there are readings. */
    public long firstAt(long hour) {
        return at(hour).firstAt;
    }

    /** Epoch ms; only where there are readings. */
    public long lastAt(long hour) {
        return at(hour).lastAt;
    }

    public List<OffsetRange> offsets(long hour) {
        List<OffsetRange> ranges = new ArrayList<>();
        at(hour).offsets
                .forEach((partition, range) -> ranges.add(new OffsetRange(topic, partition, range[0], range[1])));
        return ranges;
    }

    /** Forgets the hours before {@code hour}: they can no longer be restated. */
    public void forgetBefore(long hour) {
        hours.headMap(hour).clear();
        current = null;
    }

    /** Start of the newest hour with a reading; {@link Long#MIN_VALUE} where there is none. */
    public long newestHour() {
        return hours.isEmpty() ? Long.MIN_VALUE : hours.lastKey();
    }

    public void write(StateWriter out) {
        out.integer(hours.size());
        hours.values().forEach(hour -> {
            out.integer(hour.start / HOUR);
            out.integer(hour.readings);
            out.integer(hour.firstAt);
            out.integer(hour.lastAt);
            out.integer(hour.offsets.size());
            hour.offsets.forEach((partition, range) -> {
                out.integer(partition);
                out.integers(range, 2);
            });
        });
    }

    public void read(StateReader in) {
        current = null;
        for (int count = in.count(); count > 0; count--) {
            Hour hour = new Hour(in.integer() * HOUR);
            hour.readings = in.integer();
            hour.firstAt = in.integer();
            hour.lastAt = in.integer();
            for (int p = in.count(); p > 0; p--) {
                int partition = in.count();
                long[] range = new long[2];
                in.integers(range, 2);
                hour.offsets.put(partition, range);
            }
            hours.put(hour.start, hour);
        }
    }
}
