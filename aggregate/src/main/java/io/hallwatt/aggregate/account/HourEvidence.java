package io.hallwatt.aggregate.account;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.EnergyHour.OffsetRange;
import io.hallwatt.contract.Resolution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From which records each hour's energy comes: how many readings, from when to when, at which offsets. One topic's, for one energy subject. An hour's first and last
 * minute are counted apart: the hours beside it rest on readings there.
 */
public final class HourEvidence {
    private static final long HOUR = Resolution.HOUR.millis();

    private static final long MINUTE = Resolution.MINUTE.millis();

    private final TreeMap<Long, Part> parts = new TreeMap<>();
    private final String topic;
    /** What the last reading was counted for; nearly always that of the next, and two places in memory in place of a dozen. */
    private @Nullable Part current;

    private int currentPartition;
    private long[] currentRange = new long[2];

    /** [start, end): the first minute of an hour, its last one, or what lies between them. */
    private static final class Part {
        final long start;
        final long end;
        long readings;
        long firstAt = Long.MAX_VALUE;
        long lastAt = Long.MIN_VALUE;
        final TreeMap<Integer, long[]> offsets = new TreeMap<>();

        Part(long start, long end) {
            this.start = start;
            this.end = end;
        }

        static Part of(long measuredAt) {
            long hour = Resolution.HOUR.startMillis(measuredAt);
            if (measuredAt < hour + MINUTE) {
                return new Part(hour, hour + MINUTE);
            }
            return measuredAt < hour + HOUR - MINUTE
                    ? new Part(hour + MINUTE, hour + HOUR - MINUTE)
                    : new Part(hour + HOUR - MINUTE, hour + HOUR);
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
        Part part = current;
        if (part == null || partition != currentPartition || measuredAt < part.start || measuredAt >= part.end) {
            Part found = Part.of(measuredAt);
            part = parts.computeIfAbsent(found.start, start -> found);
            current = part;
            currentPartition = partition;
            currentRange = part.offsets.computeIfAbsent(partition, none -> new long[] {offset, offset});
        }
        part.readings++;
        part.firstAt = Math.min(part.firstAt, measuredAt);
        part.lastAt = Math.max(part.lastAt, measuredAt);
        currentRange[0] = Math.min(currentRange[0], offset);
        currentRange[1] = Math.max(currentRange[1], offset);
    }

    private Collection<Part> of(long hour) {
        return parts.subMap(hour, hour + HOUR).values();
    }

    public long readings(long hour) {
        return of(hour).stream().mapToLong(part -> part.readings).sum();
    }

    /** Epoch ms; only where there are readings. */
    public long firstAt(long hour) {
        return of(hour).stream().mapToLong(part -> part.firstAt).min().orElse(Long.MAX_VALUE);
    }

    /** Epoch ms; only where there are readings. */
    public long lastAt(long hour) {
        return of(hour).stream().mapToLong(part -> part.lastAt).max().orElse(Long.MIN_VALUE);
    }

    /** Of the hour's own readings. */
    public List<OffsetRange> offsets(long hour) {
        return offsets(hour, hour + HOUR - 1);
    }

    /** Of all readings from a time to another, both included, and some beside them: one range a partition. */
    public List<OffsetRange> offsets(long from, long until) {
        TreeMap<Integer, long[]> all = new TreeMap<>();
        for (Part part : parts.subMap(Part.of(from).start, true, until, true).values()) {
            part.offsets.forEach((partition, range) -> all.merge(partition, range, (one, other) ->
                    new long[] {Math.min(one[0], other[0]), Math.max(one[1], other[1])}));
        }
        List<OffsetRange> ranges = new ArrayList<>();
        all.forEach((partition, range) -> ranges.add(new OffsetRange(topic, partition, range[0], range[1])));
        return ranges;
    }

    /** Forgets the hours before {@code hour}: they can no longer be restated. */
    public void forgetBefore(long hour) {
        parts.headMap(hour).clear();
        current = null;
    }

    /** Start of the newest hour with a reading; {@link Long#MIN_VALUE} where there is none. */
    public long newestHour() {
        return parts.isEmpty() ? Long.MIN_VALUE : Resolution.HOUR.startMillis(parts.lastKey());
    }

    public void write(StateWriter out) {
        out.integer(parts.size());
        parts.values().forEach(part -> {
            out.integer(part.start / MINUTE);
            out.integer(part.readings);
            out.integer(part.firstAt);
            out.integer(part.lastAt);
            out.integer(part.offsets.size());
            part.offsets.forEach((partition, range) -> {
                out.integer(partition);
                out.integers(range, 2);
            });
        });
    }

    public void read(StateReader in) {
        current = null;
        for (int count = in.count(); count > 0; count--) {
            Part part = Part.of(in.integer() * MINUTE);
            part.readings = in.integer();
            part.firstAt = in.integer();
            part.lastAt = in.integer();
            for (int p = in.count(); p > 0; p--) {
                int partition = in.count();
                long[] range = new long[2];
                in.integers(range, 2);
                part.offsets.put(partition, range);
            }
            parts.put(part.start, part);
        }
    }
}
