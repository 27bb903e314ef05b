package io.hallwatt.aggregate.account;

import io.hallwatt.aggregate.energy.PartSink;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.EnergyHour.OffsetRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Evidence of hours that no reading can restate any more, kept as it was last published: such an hour may yet be given a part of a silence that ends (ADR 13). */
final class OlderEvidence {
    private static final int LAYOUT = 1;

    /**
     * @param readings counted for the hour
     * @param firstAt  event time of the first of them, epoch ms; only where there are any
     * @param lastAt   likewise, of the last
     * @param offsets  which records they are
     * @param carbon   g CO2-eq/kWh; absent where the subject has none
     */
    record Kept(
            long readings,
            long firstAt,
            long lastAt,
            List<OffsetRange> offsets,
            @Nullable Double carbon) {
        @Nullable
        Instant first() {
            return readings == 0 ? null : Instant.ofEpochMilli(firstAt);
        }

        @Nullable
        Instant last() {
            return readings == 0 ? null : Instant.ofEpochMilli(lastAt);
        }
    }

    private final String topic;
    private final int most;
    private final TreeMap<Long, Kept> hours = new TreeMap<>();
    private final TreeSet<Long> dirty = new TreeSet<>();

    /** @param most hours that are kept */
    OlderEvidence(String topic, int most) {
        this.topic = topic;
        this.most = most;
    }

    void keep(long hour, Kept kept) {
        hours.put(hour, kept);
        dirty.add(hour);
        while (hours.size() > most) {
            dirty.add(hours.pollFirstEntry().getKey());
        }
    }

    /** Null where nothing was kept of the hour. */
    @Nullable
    Kept of(long hour) {
        return hours.get(hour);
    }

    /** Gives each hour once, and null for those that are kept no longer. */
    void drainDirty(String prefix, PartSink sink) {
        for (long hour : dirty) {
            Kept kept = hours.get(hour);
            sink.part(prefix + hour, kept == null ? null : write(kept));
        }
        dirty.clear();
    }

    private static byte[] write(Kept kept) {
        StateWriter out = new StateWriter(LAYOUT);
        out.integer(kept.readings());
        out.integer(kept.firstAt());
        out.integer(kept.lastAt());
        out.integer(kept.offsets().size());
        for (OffsetRange range : kept.offsets()) {
            out.integer(range.partition());
            out.integer(range.from());
            out.integer(range.to());
        }
        out.text(kept.carbon() == null ? "" : kept.carbon().toString());
        return out.toBytes();
    }

    void read(long hour, byte[] part) {
        StateReader in = new StateReader(part, LAYOUT);
        long readings = in.integer();
        long firstAt = in.integer();
        long lastAt = in.integer();
        List<OffsetRange> offsets = new ArrayList<>();
        for (int count = in.count(); count > 0; count--) {
            offsets.add(new OffsetRange(topic, in.count(), in.integer(), in.integer()));
        }
        String carbon = in.text();
        hours.put(hour, new Kept(readings, firstAt, lastAt, offsets, carbon.isEmpty() ? null : Double.valueOf(carbon)));
    }
}
