package io.hallwatt.alerting.backtest;

import io.hallwatt.alerting.history.Episode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One name of alerts under two sets of rules.
 *
 * @param here      times that it fired under the first
 * @param there     under the second
 * @param onlyHere  what fired under the first while it did not under the second
 * @param onlyThere the other way round
 */
public record Difference(String alert, int here, int there, List<Episode> onlyHere, List<Episode> onlyThere) {
    public Difference {
        onlyHere = List.copyOf(onlyHere);
        onlyThere = List.copyOf(onlyThere);
    }

    /** Of all names that fired under either, in the order in which they first did; where nothing differs too. */
    public static List<Difference> between(List<Episode> here, List<Episode> there) {
        List<Episode> firedHere = here.stream().filter(Episode::fired).toList();
        List<Episode> firedThere = there.stream().filter(Episode::fired).toList();
        Set<String> names = new LinkedHashSet<>();
        firedHere.forEach(episode -> names.add(episode.rule()));
        firedThere.forEach(episode -> names.add(episode.rule()));
        List<Difference> differences = new ArrayList<>();
        for (String name : names) {
            List<Episode> a = of(name, firedHere);
            List<Episode> b = of(name, firedThere);
            differences.add(new Difference(name, a.size(), b.size(), without(a, b), without(b, a)));
        }
        return differences;
    }

    public boolean none() {
        return here == there && onlyHere.isEmpty() && onlyThere.isEmpty();
    }

    private static List<Episode> of(String name, List<Episode> episodes) {
        return episodes.stream().filter(episode -> episode.rule().equals(name)).toList();
    }

    /** Those that no other of the same alert shares any time with. */
    private static List<Episode> without(List<Episode> episodes, List<Episode> others) {
        return episodes.stream()
                .filter(episode -> others.stream()
                        .noneMatch(other -> other.fingerprint().equals(episode.fingerprint())
                                && other.overlaps(
                                        episode.began(), episode.ended() == null ? Instant.MAX : episode.ended())))
                .toList();
    }
}
