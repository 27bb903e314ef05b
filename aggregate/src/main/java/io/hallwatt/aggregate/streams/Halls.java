package io.hallwatt.aggregate.streams;

import io.hallwatt.aggregate.energy.PartSink;
import io.hallwatt.aggregate.hall.HallState;
import io.hallwatt.aggregate.hall.HallWindows;
import io.hallwatt.contract.HallKey;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** The halls of one task: those that were heard of or are awaited, those that the site models give it, and which of them a record's key names. */
final class Halls {
    private final Shell task;
    private final TreeMap<String, HallWindows> halls = new TreeMap<>();
    /** The same by their records' keys: looked up for every reading. */
    private final Map<Bytes, HallWindows> byKey = new HashMap<>();
    /** The one that was named last: a pack has its readings hall by hall. */
    private byte @Nullable [] lastKey;

    private @Nullable HallWindows last;

    Halls(Shell task) {
        this.task = task;
    }

    void forget() {
        halls.clear();
        byKey.clear();
        lastKey = null;
        last = null;
    }

    /** @param parts by hall's key, as {@link #drainDirty} gave them */
    void restore(Map<String, Map<String, byte[]>> parts) {
        parts.forEach((name, ofHall) -> {
            HallKey key = HallKey.parse(name);
            Hall model = model(key);
            Hall last = model == null ? HallState.model(ofHall) : model;
            if (last != null) {
                HallWindows windows = windows(key, last);
                HallState.restore(windows, model, ofHall);
                halls.put(name, windows);
            }
        });
    }

    /** Of each hall the parts that changed since the last time, under its key. */
    void drainDirty(PartSink sink) {
        halls.forEach((name, hall) -> HallState.drainDirty(hall, (part, bytes) -> sink.part(name + "|" + part, bytes)));
    }

    private HallWindows windows(HallKey key, Hall model) {
        return new HallWindows(key.site(), model, task.stage.hallSettings(), new HallTopics(task, key));
    }

    /** Null where no site model has the hall. */
    private @Nullable Hall model(HallKey key) {
        Site site = task.sites().get(key.site().text());
        return site == null ? null : site.hall(key.hall()).orElse(null);
    }

    /** A site model is new or changed. */
    void changed(Site site) {
        for (HallWindows windows : halls.values()) {
            if (windows.site().equals(site.id())) {
                Hall hall = site.hall(windows.model().id()).orElse(null);
                if (hall == null) {
                    windows.leave();
                } else if (windows.left() || !windows.model().equals(hall)) {
                    windows.apply(hall);
                }
            }
        }
    }

    /** There is no model of the site any more. */
    void gone(String site) {
        halls.values().stream()
                .filter(windows -> windows.site().text().equals(site))
                .forEach(HallWindows::leave);
    }

    /** Those that were heard of or are awaited, whether they left or not. */
    Collection<HallWindows> all() {
        return halls.values();
    }

    void forEach(BiConsumer<String, HallWindows> visitor) {
        halls.forEach(visitor);
    }

    /** The hall that the key of a reading names, which begins if it is new; null where no site model has it, or the key is none. */
    @Nullable
    HallWindows of(byte[] key) {
        if (!Arrays.equals(key, lastKey) || last == null || last.left()) {
            last = find(key);
            lastKey = key;
        }
        return last;
    }

    private @Nullable HallWindows find(byte[] key) {
        Bytes bytes = Bytes.wrap(key);
        HallWindows known = byKey.get(bytes);
        if (known != null && !known.left()) {
            return known;
        }
        HallWindows hall = named(new String(key, StandardCharsets.UTF_8));
        if (hall != null) {
            byKey.put(bytes, hall);
        }
        return hall;
    }

    private @Nullable HallWindows named(String name) {
        HallWindows known = halls.get(name);
        if (known != null && !known.left()) {
            return known;
        }
        try {
            return begin(HallKey.parse(name));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private @Nullable HallWindows begin(HallKey key) {
        Hall model = model(key);
        if (model == null) {
            task.refresh();
            model = model(key);
        }
        if (model == null) {
            return null;
        }
        HallWindows known = halls.get(key.toString()); // it left, and has just come back
        HallWindows hall = known == null ? windows(key, model) : known;
        hall.apply(model);
        halls.put(key.toString(), hall);
        return hall;
    }

    /** Those that the site models give this task; one that was never heard of begins. */
    List<HallWindows> modelled() {
        List<HallWindows> modelled = new ArrayList<>();
        for (HallKey key : modelledKeys()) {
            HallWindows known = halls.get(key.toString());
            HallWindows hall = known == null ? begin(key) : known;
            if (hall != null) {
                modelled.add(hall);
            }
        }
        return modelled;
    }

    /** The input ended: closes what is open in every hall, and tells their sites, of halls that never spoke too. */
    void end() {
        for (HallKey key : modelledKeys()) {
            HallWindows hall = halls.get(key.toString());
            if (hall != null) {
                hall.end();
            }
            new HallTopics(task, key).ended(hall == null ? 0 : hall.closedUntil());
        }
        halls.values().stream().filter(HallWindows::left).forEach(hall -> {
            hall.end();
            new HallTopics(task, new HallKey(hall.site(), hall.model().id())).ended(hall.closedUntil());
        });
    }

    /** The halls of all site models whose key falls into this task's partition. */
    private List<HallKey> modelledKeys() {
        List<HallKey> keys = new ArrayList<>();
        for (Site site : task.sites().values()) {
            for (Hall hall : site.halls()) {
                HallKey key = new HallKey(site.id(), hall.id());
                if (task.stage.partitions().hallIsIn(task.partition(), key.toString())) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }
}
