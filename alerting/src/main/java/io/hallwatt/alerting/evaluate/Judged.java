package io.hallwatt.alerting.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one rule saw in breach of late, window by window: what a window that is published again is compared with. Kept on the heap only; what came before a start is
 * not compared. Calm windows take no room.
 */
final class Judged {
    /** Revisions of windows that are older are not compared. */
    static final Duration KEPT = Duration.ofMinutes(15);

    private final Map<String, Row> rows = new HashMap<>();

    /** @param since end of the first window that was judged here */
    private record Row(Instant since, NavigableMap<Instant, Set<AlertKey>> breaches) {}

    /** The row's window that ends then is judged now. */
    void begin(String row, Instant end) {
        Row known = rows.computeIfAbsent(row, name -> new Row(end, new TreeMap<>()));
        if (!known.breaches().isEmpty()) {
            known.breaches().headMap(end.minus(KEPT)).clear();
        }
    }

    /** A window of the row was not judged: what is known begins anew with the next. */
    void forget(String row) {
        rows.remove(row);
    }

    void breached(AlertKey key, Instant end) {
        Row row = rows.get(key.row());
        if (row != null) {
            row.breaches().computeIfAbsent(end, at -> new HashSet<>()).add(key);
        }
    }

    /** What was in breach in that window; null where nobody knows any more. */
    @Nullable
    Set<AlertKey> in(String row, Instant end, Instant newest) {
        Row known = rows.get(row);
        if (known == null || end.isBefore(known.since()) || end.isBefore(newest.minus(KEPT))) {
            return null;
        }
        return Set.copyOf(known.breaches().getOrDefault(end, Set.of()));
    }

    /** The window was published again, and this is in breach in it now. */
    void restate(String row, Instant end, Set<AlertKey> breaches) {
        Row known = rows.get(row);
        if (known != null) {
            known.breaches().put(end, new HashSet<>(breaches));
        }
    }
}
