package io.hallwatt.alerting.evaluate;

import io.hallwatt.contract.catalogue.Dimension;
import java.time.ZoneId;
import java.util.Optional;

/** What the site model has: of what it has not, nothing is missing, and what fires there is over. */
public interface Inventory {
    /** Nobody knows: all may be there. */
    Inventory UNKNOWN = (row, rack, dimension, id) -> true;

    /**
     * Whether there is such a feed, cooling unit or supply source; true where nobody knows.
     *
     * @param row  site, or site/hall
     * @param rack empty where the hall or the site itself is meant
     * @param id   of the dimension: {@code B}, {@code crah-1}
     */
    boolean has(String row, String rack, Dimension dimension, String id);

    /** The zone that a site's clocks show; empty where nobody knows. */
    default Optional<ZoneId> zone(String site) {
        return Optional.empty();
    }

    /**
     * Whether there is no such hall or site any more: no window of it comes that could end its alerts.
     *
     * @param row site, or site/hall
     */
    default boolean gone(String row) {
        return false;
    }
}
