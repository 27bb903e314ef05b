package io.hallwatt.aggregate.streams;

import io.hallwatt.aggregate.AggregateCounts;
import io.hallwatt.aggregate.hall.Outcome;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.Resolution;
import java.util.EnumMap;
import java.util.Map;

/** What one task has counted, part of its state. */
final class TaskCounts {
    private static final int LAYOUT = 2;

    private final long[] counts = new long[5];
    private final EnumMap<Resolution, Long> windows = new EnumMap<>(Resolution.class);

    void count(Outcome outcome) {
        switch (outcome) {
            case COUNTED -> counts[0]++;
            case DUPLICATE -> counts[1]++;
            case LATE -> counts[2]++;
            case UNKNOWN_DEVICE -> counts[3]++;
        }
    }

    void rejected() {
        counts[3]++;
    }

    /** A hall's window that its site's did not wait for. */
    void lateHallWindow() {
        counts[4]++;
    }

    void window(Resolution resolution) {
        windows.merge(resolution, 1L, Long::sum);
    }

    /** Records of devices that were read: counted, or not with a reason. */
    long read() {
        return counts[0] + counts[1] + counts[2] + counts[3];
    }

    AggregateCounts with(long registers, long open) {
        return new AggregateCounts(counts[0], counts[1], counts[2], counts[3], counts[4], registers, open, windows, 0);
    }

    byte[] write() {
        StateWriter out = new StateWriter(LAYOUT);
        out.integers(counts, counts.length);
        for (Resolution resolution : Resolution.values()) {
            out.integer(windows.getOrDefault(resolution, 0L));
        }
        return out.toBytes();
    }

    static TaskCounts read(byte[] bytes) {
        StateReader in = new StateReader(bytes, LAYOUT);
        TaskCounts counts = new TaskCounts();
        in.integers(counts.counts, counts.counts.length);
        Map<Resolution, Long> windows = counts.windows;
        for (Resolution resolution : Resolution.values()) {
            windows.put(resolution, in.integer());
        }
        return counts;
    }
}
