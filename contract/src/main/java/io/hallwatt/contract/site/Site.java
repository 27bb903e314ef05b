package io.hallwatt.contract.site;

import io.hallwatt.contract.HallId;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SourceId;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A site: what there is, so that what is silent is known too. Published to the compacted topic {@code site}.
 *
 * @param latitude  degrees, north positive
 * @param longitude degrees, east positive
 */
public record Site(
        SiteId id,
        String name,
        ZoneId zone,
        double latitude,
        double longitude,
        List<Hall> halls,
        List<SupplySource> sources) {
    public Site {
        halls = List.copyOf(halls);
        sources = List.copyOf(sources);
    }

    public Optional<Hall> hall(HallId hall) {
        return halls.stream().filter(h -> h.id().equals(hall)).findFirst();
    }

    public Optional<SupplySource> source(SourceId source) {
        return sources.stream().filter(s -> s.id().equals(source)).findFirst();
    }

    public int rackCount() {
        return halls.stream().mapToInt(hall -> hall.racks().size()).sum();
    }
}
