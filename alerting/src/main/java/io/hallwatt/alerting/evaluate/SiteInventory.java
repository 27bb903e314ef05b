package io.hallwatt.alerting.evaluate;

import io.hallwatt.contract.catalogue.Dimension;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.site.Site;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What one site model has; of other sites it knows nothing. */
public final class SiteInventory implements Inventory {
    private final String site;
    private final ZoneId zone;
    private final Set<String> sources;
    /** By id. */
    private final Map<String, InHall> halls;

    private SiteInventory(String site, ZoneId zone, Set<String> sources, Map<String, InHall> halls) {
        this.site = site;
        this.zone = zone;
        this.sources = sources;
        this.halls = halls;
    }

    public static SiteInventory of(Site site) {
        return new SiteInventory(
                site.id().text(),
                site.zone(),
                site.sources().stream().map(source -> source.id().text()).collect(Collectors.toSet()),
                site.halls().stream().collect(Collectors.toMap(hall -> hall.id().text(), InHall::of)));
    }

    /** @param feeds by rack */
    private record InHall(Set<String> units, Map<String, Set<String>> feeds) {
        static InHall of(Hall hall) {
            return new InHall(
                    hall.coolingUnits().stream().map(unit -> unit.id().text()).collect(Collectors.toSet()),
                    hall.racks().stream()
                            .collect(Collectors.toMap(rack -> rack.id().text(), InHall::feeds)));
        }

        /** A rack whose feeds are not modelled may have both. */
        private static Set<String> feeds(Rack rack) {
            if (rack.feedA() == null) {
                return rack.feedB() == null ? Set.of("A", "B") : Set.of("B");
            }
            return rack.feedB() == null ? Set.of("A") : Set.of("A", "B");
        }

        boolean hasFeed(String rack, String feed) {
            return rack.isEmpty()
                    ? feeds.values().stream().anyMatch(those -> those.contains(feed))
                    : feeds.getOrDefault(rack, Set.of()).contains(feed);
        }
    }

    @Override
    public boolean has(String key, String rack, Dimension dimension, String id) {
        Row row = Row.of(key);
        if (!row.site().equals(site)) {
            return true;
        }
        InHall hall = halls.get(row.hall());
        return switch (dimension) {
            case SOURCE -> sources.contains(id);
            case UNIT -> hall != null && hall.units().contains(id);
            case FEED -> hall != null && hall.hasFeed(rack, id);
            case PHASE, CONSTRAINT -> true;
        };
    }

    @Override
    public boolean gone(String key) {
        Row row = Row.of(key);
        return row.site().equals(site) && !row.hall().isEmpty() && !halls.containsKey(row.hall());
    }

    @Override
    public Optional<ZoneId> zone(String of) {
        return of.equals(site) ? Optional.of(zone) : Optional.empty();
    }
}
