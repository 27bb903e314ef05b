package io.hallwatt.alerting.backtest;

import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What has been seen so far of one kind of windows; those of different rows come in any order. */
final class Coverage {
    private final Scope scope;
    private final Resolution resolution;
    private final NavigableMap<Instant, Instant> spans = new TreeMap<>();
    /** End of the newest window of each row. */
    private final Map<String, Instant> rows = new HashMap<>();

    private long windows;

    Coverage(Scope scope, Resolution resolution) {
        this.scope = scope;
        this.resolution = resolution;
    }

    void add(Sight sight) {
        windows++;
        Instant from = sight.window().start();
        Instant to = sight.window().end();
        rows.merge(sight.row(), to, (a, b) -> a.isAfter(b) ? a : b);
        Map.Entry<Instant, Instant> before = spans.floorEntry(from);
        if (before != null && !before.getValue().isBefore(to)) {
            return; // nearly every window is of a time that another row has shown
        }
        if (before != null && !before.getValue().isBefore(from)) {
            from = before.getKey();
        }
        Map.Entry<Instant, Instant> after = spans.higherEntry(from);
        while (after != null && !after.getKey().isAfter(to)) {
            to = after.getValue().isAfter(to) ? after.getValue() : to;
            spans.remove(after.getKey());
            after = spans.higherEntry(from);
        }
        spans.put(from, to);
    }

    /** Whether the row's windows were seen up to that time, or those of all where it has none. */
    boolean covers(String row, Instant end) {
        Looked looked = looked();
        Instant last = rows.getOrDefault(row, looked.last());
        return looked.covers(end) && !end.isAfter(last);
    }

    Looked looked() {
        List<Looked.Hole> holes = new ArrayList<>();
        Instant end = null;
        for (Map.Entry<Instant, Instant> span : spans.entrySet()) {
            if (end != null) {
                holes.add(new Looked.Hole(end, span.getKey()));
            }
            end = span.getValue();
        }
        return new Looked(
                scope, resolution, windows, spans.firstKey(), spans.lastEntry().getValue(), holes);
    }
}
