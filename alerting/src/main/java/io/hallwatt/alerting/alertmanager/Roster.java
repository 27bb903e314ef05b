package io.hallwatt.alerting.alertmanager;

import io.hallwatt.alerting.evaluate.AlertKey;
import io.hallwatt.alerting.membership.Tenure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is to be known of every alert of this process. An Alertmanager knows alerts by their labels only: of several that share theirs, the one that fires
 * stands for all. Confined to whoever holds it.
 */
final class Roster {
    private final Map<String, Map<AlertKey, Held>> byFingerprint = new HashMap<>();

    private record Held(Object owner, Notice notice) {}

    /** What becomes of a fingerprint. */
    sealed interface Change {
        record Told(Notice notice) implements Change {}

        /** Nobody here knows of it any more; whoever does will tell. */
        record Gone(String fingerprint) implements Change {}
    }

    /** Empty where this changes nothing of what is told. */
    Optional<Change> put(Object owner, Notice notice) {
        Map<AlertKey, Held> held = byFingerprint.computeIfAbsent(notice.fingerprint(), any -> new HashMap<>());
        Optional<Notice> before = speaker(held.values());
        held.put(notice.key(), new Held(owner, notice));
        return speaker(held.values())
                .filter(after -> !before.equals(Optional.of(after)))
                .map(Change.Told::new);
    }

    /** Whether it was last said of this alert that it fires. */
    boolean fires(AlertKey key, String fingerprint) {
        Held held = byFingerprint.getOrDefault(fingerprint, Map.of()).get(key);
        return held != null && !held.notice().resolved();
    }

    /** Takes out what the owner put in. */
    List<Change> forget(Object owner) {
        return drop(held -> held.owner().equals(owner));
    }

    /** Makes a last word, which stands until then, of what fires under the tenure. */
    List<Change> lastWord(Tenure tenure, Instant until) {
        List<Change> changes = new ArrayList<>();
        for (Map<AlertKey, Held> held : byFingerprint.values()) {
            Optional<Notice> before = speaker(held.values());
            held.replaceAll((key, one) ->
                    one.notice().tenure().equals(tenure) && !one.notice().resolved()
                            ? new Held(one.owner(), one.notice().standing(until))
                            : one);
            speaker(held.values())
                    .filter(after -> !before.equals(Optional.of(after)))
                    .map(Change.Told::new)
                    .ifPresent(changes::add);
        }
        return changes;
    }

    /** Takes out the ends that have been told long enough. */
    List<Change> tidy(Instant now) {
        return drop(held -> held.notice().over(now));
    }

    int size() {
        return byFingerprint.size();
    }

    private List<Change> drop(Predicate<Held> which) {
        List<Change> changes = new ArrayList<>();
        byFingerprint.forEach((fingerprint, held) -> {
            Optional<Notice> before = speaker(held.values());
            held.values().removeIf(which);
            Optional<Notice> after = speaker(held.values());
            if (after.isEmpty()) {
                changes.add(new Change.Gone(fingerprint));
            } else if (!after.equals(before)) {
                changes.add(new Change.Told(after.get()));
            }
        });
        byFingerprint.values().removeIf(Map::isEmpty);
        return changes;
    }

    /** The one that fired first of those that fire, else the one that ended last. */
    private static Optional<Notice> speaker(Collection<Held> held) {
        return held.stream()
                .map(Held::notice)
                .min(Comparator.comparing(Notice::resolved)
                        .thenComparing(
                                notice -> notice.endedAt() == null ? Instant.EPOCH : notice.endedAt(),
                                Comparator.reverseOrder())
                        .thenComparing(Notice::startsAt)
                        .thenComparing(notice -> notice.key().toString()));
    }
}
