package io.hallwatt.alerting.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one rule saw in breach of late: what a window that is published again is compared with. Kept on the heap only; what came before a start is not compared. Kept
 * where it changes, so that neither calm windows nor a storm that lasts take room.
 */
final class Judged {
    /** Revisions of windows that are older are not compared. */
    static final Duration KEPT = Duration.ofMinutes(15);

    /** Most changes kept of a row: where racks swing about a bound, what is older is not compared. */
    static final int MOST_CHANGES = 64;

    private final Map<String, Row> rows = new HashMap<>();

    /** What was in breach from each end of a window on, and from which on that is known. */
    private static final class Row {
        private final NavigableMap<Instant, Set<AlertKey>> changes = new TreeMap<>();
        private Instant from = Instant.MIN;

        Set<AlertKey> at(Instant end) {
            Map.Entry<Instant, Set<AlertKey>> change = changes.floorEntry(end);
            return change == null ? Set.of() : change.getValue();
        }

        void forgetTo(Instant time) {
            Instant last = changes.floorKey(time);
            if (last != null) {
                changes.headMap(last, false).clear();
            }
            while (changes.size() > MOST_CHANGES) {
                changes.pollFirstEntry();
                from = changes.firstKey();
            }
        }
    }

    /** A window of the row was judged. Need not be said of windows without a breach after one that had none. */
    void judged(String row, Instant end, Set<AlertKey> breaches) {
        Row known = rows.get(row);
        if (known == null && breaches.isEmpty()) {
            return;
        }
        if (known == null) {
            known = new Row();
            rows.put(row, known);
        }
        if (!known.at(end).equals(breaches)) {
            known.changes.put(end, breaches);
        }
        known.forgetTo(end.minus(KEPT));
    }

    /** A window of the row was not judged: what is known begins anew after it. */
    void forget(String row, Instant end) {
        Row known = rows.computeIfAbsent(row, name -> new Row());
        known.changes.clear();
        known.from = end.plusMillis(1);
    }

    /**
     * What was in breach in that window; null where nobody knows any more.
     *
     * @param since end of the first window of the row that was judged here
     */
    @Nullable
    Set<AlertKey> in(String row, Instant end, Instant newest, Instant since) {
        if (end.isBefore(since) || end.isBefore(newest.minus(KEPT))) {
            return null;
        }
        Row known = rows.get(row);
        if (known == null) {
            return Set.of();
        }
        return end.isBefore(known.from) ? null : known.at(end);
    }

    /** The window was published again, and this is in breach in it now. */
    void restate(String row, Instant end, Duration length, Set<AlertKey> breaches) {
        Row known = rows.computeIfAbsent(row, name -> new Row());
        known.changes.putIfAbsent(end.plus(length), known.at(end));
        known.changes.put(end, breaches);
    }
}
