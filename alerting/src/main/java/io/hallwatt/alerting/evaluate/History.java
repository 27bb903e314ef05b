package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.expr.Formula;
import io.hallwatt.alerting.expr.RangeFunction;
import io.hallwatt.alerting.series.Accumulator;
import io.hallwatt.alerting.series.Cells;
import io.hallwatt.alerting.series.Ring;
import io.hallwatt.contract.catalogue.Metric;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The past windows of one row, as far back as the rules' ranges reach. It is shared by all rules: a function over a series is computed once a window. It is not
 * written down: after a restart it is read again from where the windows came from.
 */
final class History {
    private final Map<Metric, Duration> reach;
    private final Map<Metric, Map<String, Ring>> rings = new EnumMap<>(Metric.class);
    private final Map<Asked, Answer> answers = new HashMap<>();
    private String[] racks = {};
    private long version;

    /** @param reach how far back values of each metric are asked for */
    History(Map<Metric, Duration> reach) {
        this.reach = reach;
    }

    private record Asked(RangeFunction function, Metric metric, Duration range, double argument, String key) {}

    private static final class Answer {
        final Accumulator accumulator;
        final Cells cells = new Cells();
        long version = -1;

        Answer(Accumulator accumulator) {
            this.accumulator = accumulator;
        }
    }

    /** Goes on from what another knows of the metrics that are asked for here too. */
    void adopt(History known) {
        racks = known.racks;
        version++;
        known.rings.forEach((metric, byKey) -> {
            if (reach.containsKey(metric)) {
                rings.put(metric, byKey);
            }
        });
    }

    /** Takes the next window. */
    void add(Sight sight) {
        if (!reach.isEmpty()) {
            follow(sight);
            put(sight);
        }
    }

    /** Takes a window that was published again, or late: the ranges of later windows see it, unless it knows other racks. */
    void restate(Sight sight) {
        if (!reach.isEmpty() && hasSameRacks(sight)) {
            put(sight);
        }
    }

    private void put(Sight sight) {
        version++;
        long end = sight.window().end().toEpochMilli();
        reach.forEach((metric, range) -> {
            Map<String, Ring> byKey = rings.computeIfAbsent(metric, m -> new HashMap<>());
            Set<String> keys = new HashSet<>();
            sight.keys(metric, keys);
            for (String key : keys) {
                double[] column = sight.column(metric, key);
                if (column != null) {
                    byKey.computeIfAbsent(key, k -> new Ring()).put(end, column);
                }
            }
            byKey.values().forEach(ring -> ring.dropTo(end - range.toMillis()));
            byKey.values().removeIf(Ring::isEmpty);
        });
    }

    private boolean hasSameRacks(Sight sight) {
        boolean same = racks.length == sight.size();
        for (int i = 0; same && i < racks.length; i++) {
            same = racks[i].equals(sight.rack(i));
        }
        return same;
    }

    /** Racks come, go, and change places: the past moves with them. */
    private void follow(Sight sight) {
        if (hasSameRacks(sight)) {
            return;
        }
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < racks.length; i++) {
            places.put(racks[i], i);
        }
        String[] now = new String[sight.size()];
        int[] from = new int[now.length];
        for (int i = 0; i < now.length; i++) {
            now[i] = sight.rack(i);
            from[i] = places.getOrDefault(now[i], -1);
        }
        racks = now;
        rings.values()
                .forEach(byKey -> byKey.values()
                        .forEach(ring -> ring.replaceAll(column -> {
                            double[] moved = new double[from.length];
                            Arrays.setAll(moved, i -> from[i] < 0 ? Double.NaN : column[from[i]]);
                            return moved;
                        })));
    }

    /** Adds the series of the metric that the past knows. */
    void keys(Metric metric, Set<String> into) {
        into.addAll(rings.getOrDefault(metric, Map.of()).keySet());
    }

    /**
     * A function over the range that ends now, of each of the row's racks; of all of them, whatever the matchers say. Good until the next is asked for.
     *
     * @param now end of the window that was added last
     */
    Cells over(Formula.Over over, String key, long now) {
        Asked asked = new Asked(over.function(), over.of().metric(), over.range(), over.argument(), key);
        Answer answer =
                answers.computeIfAbsent(asked, a -> new Answer(Accumulator.of(over.function(), over.argument())));
        if (answer.version != version) {
            answer.version = version;
            answer.cells.resize(racks.length);
            long after = now - over.range().toMillis();
            Ring ring = rings.getOrDefault(over.of().metric(), Map.of()).get(key);
            answer.accumulator.begin(racks.length, now);
            if (ring != null) {
                ring.feed(after, now, answer.accumulator);
            }
            answer.accumulator.end(after, now, answer.cells);
        }
        return answer.cells;
    }
}
