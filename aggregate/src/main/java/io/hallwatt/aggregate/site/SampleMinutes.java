package io.hallwatt.aggregate.site;

import io.hallwatt.aggregate.energy.PartSink;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.aggregate.window.PowerSamples;
import io.hallwatt.contract.Resolution;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Samples of a few devices by minute, whatever order they come in. Without channels: which samples there were. */
final class SampleMinutes {
    private static final int LAYOUT = 1;

    private final TreeMap<Long, PowerSamples> minutes = new TreeMap<>();
    private final TreeSet<Long> dirty = new TreeSet<>();
    private final int channels;
    private int devices;

    SampleMinutes(int channels) {
        this.channels = channels;
    }

    void grow(int count) {
        devices = Math.max(devices, count);
        minutes.values().forEach(samples -> samples.grow(devices));
    }

    /**
     * @param values one a channel; not kept
     * @return false where the very sample was there already
     */
    boolean add(int device, long at, long sequence, long... values) {
        long minute = Resolution.MINUTE.startMillis(at);
        PowerSamples samples = minutes.get(minute);
        if (samples == null) {
            samples = new PowerSamples(devices, channels);
            minutes.put(minute, samples);
        }
        boolean added = samples.add(device, (int) (at - minute), sequence, values);
        if (added) {
            dirty.add(minute);
        }
        return added;
    }

    /** By its start each minute with a part of [from, to). */
    SortedMap<Long, PowerSamples> between(long from, long to) {
        return minutes.subMap(Resolution.MINUTE.startMillis(from), to);
    }

    /** Forgets the minutes that start before {@code limit}. */
    void forget(long limit) {
        SortedMap<Long, PowerSamples> old = minutes.headMap(limit);
        dirty.addAll(old.keySet());
        old.clear();
    }

    void drainDirty(PartSink sink) {
        for (long minute : dirty) {
            PowerSamples samples = minutes.get(minute);
            if (samples == null) {
                sink.part(Long.toString(minute), null);
            } else {
                StateWriter out = new StateWriter(LAYOUT);
                samples.write(out);
                sink.part(Long.toString(minute), out.toBytes());
            }
        }
        dirty.clear();
    }

    void restore(Map<String, byte[]> parts) {
        parts.forEach((minute, bytes) ->
                minutes.put(Long.parseLong(minute), PowerSamples.read(new StateReader(bytes, LAYOUT), channels)));
    }
}
