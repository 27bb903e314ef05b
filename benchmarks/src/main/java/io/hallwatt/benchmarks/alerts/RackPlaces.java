package io.hallwatt.benchmarks.alerts;

import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.site.Site;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A number for each rack of a site, by the labels of its alerts: what is remembered of thousands is a bit each. */
final class RackPlaces {
    private final Map<String, Integer> places = new HashMap<>();

    RackPlaces(Site site) {
        for (Hall hall : site.halls()) {
            for (Rack rack : hall.racks()) {
                places.put(hall.id() + "/" + rack.id(), places.size());
            }
        }
    }

    /** Null where it is no rack of the site. */
    @Nullable
    Integer of(Map<String, String> labels) {
        return places.get(labels.get("hall") + "/" + labels.get("rack"));
    }
}
