package io.hallwatt.alerting.history;

import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds episodes from transitions. Those of one alert come in the order in which they were told, those of different alerts in any; what comes twice counts
 * once. Where the log begins in the middle of an episode, the episode is there as far as its transitions tell.
 */
public final class Episodes {
    /** The annotation that says how an alert ended. */
    private static final String ENDED = "ended";

    private final List<Open> all = new ArrayList<>();
    private final Map<String, Alert> alerts = new HashMap<>();

    /** One alert's transitions so far. */
    private static final class Alert {
        private final List<Open> open = new ArrayList<>();
        /** Told at {@code newest}: only these can come again unnoticed by their time. */
        private final Set<AlertTransition> atNewest = new HashSet<>();

        private Instant newest = Instant.MIN;

        boolean again(AlertTransition transition) {
            if (transition.at().isBefore(newest)) {
                return true;
            }
            if (transition.at().isAfter(newest)) {
                atNewest.clear();
                newest = transition.at();
            }
            return !atNewest.add(transition);
        }

        /** The one that the transition goes on with: two rules may give alerts with the same labels, whose episodes differ in their beginning. */
        @Nullable
        Open continued(AlertTransition transition) {
            return open.stream()
                    .filter(episode -> episode.since.equals(transition.since()))
                    .findFirst()
                    .orElseGet(() -> open.stream()
                            .filter(episode -> episode.newest.to() == transition.from())
                            .findFirst()
                            .orElse(null));
        }
    }

    /** An episode in the making. */
    private static final class Open {
        private final Instant began;
        private Instant since;
        private AlertTransition newest;
        private AlertTransition shown;
        private boolean fired;
        private @Nullable Instant firedAt;
        private @Nullable Instant ended;
        private @Nullable Double highest;
        private @Nullable Double lowest;
        private @Nullable Double threshold;

        Open(AlertTransition first) {
            this.began = first.since();
            this.since = first.since();
            this.newest = first;
            this.shown = first;
            this.fired = first.from() == AlertState.FIRING;
        }

        void add(AlertTransition transition) {
            newest = transition;
            if (transition.to() == AlertState.INACTIVE) {
                ended = transition.at();
                return;
            }
            since = transition.since();
            shown = transition;
            threshold = transition.threshold() == null ? threshold : transition.threshold();
            if (transition.to() == AlertState.FIRING && firedAt == null) {
                firedAt = fired ? null : transition.at();
                fired = true;
            }
            Double value = transition.value();
            if (value != null) {
                highest = highest == null ? value : Double.valueOf(Math.max(highest, value));
                lowest = lowest == null ? value : Double.valueOf(Math.min(lowest, value));
            }
        }

        Episode episode() {
            return new Episode(
                    newest.fingerprint(),
                    newest.rule(),
                    newest.labels(),
                    without(shown),
                    newest.to(),
                    began,
                    fired,
                    firedAt,
                    newest.fires(),
                    ended,
                    ended == null ? null : newest.annotations().get(ENDED),
                    highest,
                    lowest,
                    threshold,
                    newest.maintenance());
        }

        private static SortedMap<String, String> without(AlertTransition transition) {
            SortedMap<String, String> annotations = new TreeMap<>(transition.annotations());
            annotations.remove(ENDED);
            return annotations;
        }
    }

    public void add(AlertTransition transition) {
        if (transition.restated() != null) {
            return; // what was told stays told: only its window was published anew
        }
        Alert alert = alerts.computeIfAbsent(transition.fingerprint(), fingerprint -> new Alert());
        if (alert.again(transition)) {
            return;
        }
        Open episode = transition.from() == AlertState.INACTIVE ? null : alert.continued(transition);
        if (episode == null) {
            episode = new Open(transition);
            all.add(episode);
            alert.open.add(episode);
        }
        episode.add(transition);
        if (transition.to() == AlertState.INACTIVE) {
            alert.open.remove(Objects.requireNonNull(episode));
        }
    }

    /** All so far, by their beginning, those of one instant by rule and labels. */
    public List<Episode> all() {
        return all.stream()
                .map(Open::episode)
                .sorted(Comparator.comparing(Episode::began)
                        .thenComparing(Episode::rule)
                        .thenComparing(episode -> episode.labels().toString()))
                .toList();
    }
}
