package io.hallwatt.aggregate.site;

import io.hallwatt.aggregate.energy.EnergyBook;
import io.hallwatt.aggregate.energy.PartSink;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Closed hours of halls and sources that are not published yet, in the order in which they will be. Whoever closed them holds them no longer, so
 * their energy is still open here: of each hour what its newest waiting revision says beyond its newest published one.
 */
final class WaitingHours {
    private static final int LAYOUT = 1;
    private static final String WAITING = "hour|";
    private static final String PUBLISHED = "published|";
    private static final long KEPT_MILLIS =
            (EnergyBook.RESTATABLE_HOURS + EnergyBook.OLDER_HOURS) * Resolution.HOUR.millis();

    private final TreeSet<EnergyHour> waiting = new TreeSet<>(Comparator.comparing(EnergyHour::start)
            .thenComparing(hour -> hour.subject().text())
            .thenComparingInt(EnergyHour::revision));
    /** By subject and start, mWh of the newest published revision of hours that can still be restated. */
    private final TreeMap<String, TreeMap<Long, Long>> published = new TreeMap<>();

    private final Set<String> publishedAnew = new TreeSet<>();
    private final Set<String> written = new HashSet<>();
    private boolean dirty;

    void add(EnergyHour hour) {
        dirty |= waiting.add(hour);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Publishes the hours that end at or before {@code end}, epoch ms. */
    void publish(long end, Consumer<EnergyHour> out) {
        while (!waiting.isEmpty() && waiting.first().end().toEpochMilli() <= end) {
            EnergyHour hour = waiting.removeFirst();
            out.accept(hour);
            long start = hour.start().toEpochMilli();
            TreeMap<Long, Long> own = published.computeIfAbsent(hour.subject().text(), subject -> new TreeMap<>());
            own.put(start, hour.totalMilliwattHours());
            own.headMap(own.lastKey() - KEPT_MILLIS).clear();
            publishedAnew.add(hour.subject().text());
            dirty = true;
        }
    }

    /** What waits and was not published in an earlier revision, mWh. */
    long milliwattHours() {
        long sum = 0;
        EnergyHour newer = null;
        for (EnergyHour hour : waiting.descendingSet()) {
            boolean newest = newer == null
                    || !newer.start().equals(hour.start())
                    || !newer.subject().equals(hour.subject());
            sum += newest ? hour.totalMilliwattHours() - published(hour) : 0;
            newer = hour;
        }
        return sum;
    }

    private long published(EnergyHour hour) {
        return published
                .getOrDefault(hour.subject().text(), new TreeMap<>())
                .getOrDefault(hour.start().toEpochMilli(), 0L);
    }

    /** Each hour that waits is a part of its own: where one input is far ahead of the other there may be thousands. */
    void drainDirty(PartSink sink) {
        if (!dirty) {
            return;
        }
        dirty = false;
        Set<String> keys = new HashSet<>();
        for (EnergyHour hour : waiting) {
            String key =
                    WAITING + hour.start().toEpochMilli() + "|" + hour.subject().text() + "|" + hour.revision();
            keys.add(key);
            if (written.add(key)) {
                sink.part(key, Codecs.ENERGY_HOUR.write(hour));
            }
        }
        written.removeIf(key -> {
            boolean gone = !keys.contains(key);
            if (gone) {
                sink.part(key, null);
            }
            return gone;
        });
        publishedAnew.forEach(
                subject -> sink.part(PUBLISHED + subject, write(published.getOrDefault(subject, new TreeMap<>()))));
        publishedAnew.clear();
    }

    private static byte[] write(Map<Long, Long> hours) {
        StateWriter out = new StateWriter(LAYOUT);
        out.integer(hours.size());
        hours.forEach((start, energy) -> {
            out.integer(start);
            out.integer(energy);
        });
        return out.toBytes();
    }

    /** @param parts a site's, by the keys that {@link #drainDirty} gave, among others */
    void restore(Map<String, byte[]> parts) {
        parts.forEach((key, bytes) -> {
            if (key.startsWith(WAITING)) {
                try {
                    waiting.add(Codecs.ENERGY_HOUR.read(bytes));
                    written.add(key);
                } catch (Malformed e) {
                    throw new IllegalStateException("an hour in the stage's own state that cannot be read", e);
                }
            } else if (key.startsWith(PUBLISHED)) {
                published(key.substring(PUBLISHED.length()), new StateReader(bytes, LAYOUT));
            }
        });
    }

    private void published(String subject, StateReader in) {
        TreeMap<Long, Long> hours = new TreeMap<>();
        for (int count = in.count(); count > 0; count--) {
            long start = in.integer();
            hours.put(start, in.integer());
        }
        published.put(subject, hours);
    }
}
