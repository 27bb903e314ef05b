package io.hallwatt.benchmarks.alerts;

import io.hallwatt.contract.site.Site;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Which racks' alerts reached Alertmanager, as firing and as over, by the time that each began. */
final class Notified {
    private final RackPlaces places;
    private final Map<Instant, BitSet> firing = new HashMap<>();
    private final Map<Instant, BitSet> over = new HashMap<>();

    Notified(Site site) {
        this.places = new RackPlaces(site);
    }

    synchronized void take(Receiver.Arrived alert) {
        Integer place = places.of(alert.labels());
        if (place != null) {
            (alert.fires() ? firing : over)
                    .computeIfAbsent(alert.startsAt(), at -> new BitSet())
                    .set(place);
        }
    }

    /** Alerts that were told as firing, each once. */
    synchronized int firing() {
        return count(firing);
    }

    /** Alerts that were told as over, each once. */
    synchronized int over() {
        return count(over);
    }

    private static int count(Map<Instant, BitSet> racks) {
        return racks.values().stream().mapToInt(BitSet::cardinality).sum();
    }
}
