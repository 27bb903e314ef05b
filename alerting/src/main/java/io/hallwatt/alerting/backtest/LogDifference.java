package io.hallwatt.alerting.backtest;

import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Transitions that one side has more often than the other. As often as they differ: what the live stage told twice was told once too often, and stands here.
 *
 * @param otherwise  those that both sides have, and not alike
 * @param unrecorded notes on windows that were published again which are not in the log: a stage that took the hall over, or new rules up, since the window was judged does not
 *                   know as what, and makes none
 */
public record LogDifference(
        List<AlertTransition> onlyHere,
        List<AlertTransition> onlyInLog,
        List<Otherwise> otherwise,
        List<AlertTransition> unrecorded) {
    public LogDifference {
        onlyHere = List.copyOf(onlyHere);
        onlyInLog = List.copyOf(onlyInLog);
        otherwise = List.copyOf(otherwise);
        unrecorded = List.copyOf(unrecorded);
    }

    /** One transition as it is here and as it is in the log. */
    public record Otherwise(AlertTransition here, AlertTransition inLog) {
        /** What differs, by the records' own names. */
        public List<Field> fields() {
            List<Field> fields = new ArrayList<>();
            add(fields, "rule", here.rule(), inLog.rule());
            add(fields, "labels", here.labels(), inLog.labels());
            add(fields, "annotations", here.annotations(), inLog.annotations());
            add(fields, "since", here.since(), inLog.since());
            add(fields, "value", here.value(), inLog.value());
            add(fields, "threshold", here.threshold(), inLog.threshold());
            add(fields, "maintenance", here.maintenance(), inLog.maintenance());
            add(fields, "restated", here.restated(), inLog.restated());
            add(fields, "fired", here.fired(), inLog.fired());
            add(fields, "fires", here.fires(), inLog.fires());
            return fields;
        }

        private static void add(List<Field> fields, String name, @Nullable Object here, @Nullable Object inLog) {
            if (!Objects.equals(here, inLog)) {
                fields.add(new Field(
                        name, here == null ? null : here.toString(), inLog == null ? null : inLog.toString()));
            }
        }

        private static void add(
                List<Field> fields, String name, SortedMap<String, String> here, SortedMap<String, String> inLog) {
            TreeSet<String> keys = new TreeSet<>(here.keySet());
            keys.addAll(inLog.keySet());
            keys.forEach(key -> add(fields, name + "." + key, here.get(key), inLog.get(key)));
        }
    }

    /** One field of a record; null where it has none. */
    public record Field(
            String name, @Nullable String here, @Nullable String inLog) {}

    /** What makes two records be of one change. */
    private record Change(String fingerprint, AlertState from, AlertState to, Instant at, boolean restated) {
        static Change of(AlertTransition transition) {
            return new Change(
                    transition.fingerprint(),
                    transition.from(),
                    transition.to(),
                    transition.at(),
                    transition.restated() != null);
        }
    }

    /** Both in {@link Backtest#inOrder their order}, which the differences keep. */
    public static LogDifference between(List<AlertTransition> here, List<AlertTransition> log) {
        List<AlertTransition> moreHere = without(here, log);
        Map<Change, Deque<AlertTransition>> inLog = new HashMap<>();
        List<AlertTransition> moreInLog = without(log, here);
        moreInLog.forEach(transition -> inLog.computeIfAbsent(Change.of(transition), change -> new ArrayDeque<>())
                .add(transition));
        List<Otherwise> otherwise = new ArrayList<>();
        List<AlertTransition> onlyHere = new ArrayList<>();
        List<AlertTransition> unrecorded = new ArrayList<>();
        for (AlertTransition transition : moreHere) {
            AlertTransition twin = inLog.getOrDefault(Change.of(transition), new ArrayDeque<>())
                    .poll();
            if (twin != null) {
                otherwise.add(new Otherwise(transition, twin));
            } else {
                (transition.restated() == null ? onlyHere : unrecorded).add(transition);
            }
        }
        List<AlertTransition> onlyInLog =
                without(moreInLog, otherwise.stream().map(Otherwise::inLog).toList());
        return new LogDifference(onlyHere, onlyInLog, otherwise, unrecorded);
    }

    /** Whether the log is the same; what a new start of the stage forgets is no difference. */
    public boolean none() {
        return onlyHere.isEmpty() && onlyInLog.isEmpty() && otherwise.isEmpty();
    }

    private static List<AlertTransition> without(List<AlertTransition> these, List<AlertTransition> others) {
        Map<AlertTransition, Integer> left = new HashMap<>();
        others.forEach(other -> left.merge(other, 1, Integer::sum));
        List<AlertTransition> more = new ArrayList<>();
        for (AlertTransition transition : these) {
            int matching = left.getOrDefault(transition, 0);
            if (matching == 0) {
                more.add(transition);
            } else {
                left.put(transition, matching - 1);
            }
        }
        return more;
    }
}
