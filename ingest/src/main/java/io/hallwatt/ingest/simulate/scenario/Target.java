package io.hallwatt.ingest.simulate.scenario;

import io.hallwatt.contract.config.Nearest;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom a fault strikes: {@code all}, a hall {@code h01} (its racks and cooling units), halls {@code h01..h04}, a rack or unit {@code h01/r001},
 * {@code h01/crah-1}, several {@code h01/r001..r020} (in the site file's order), or a supply source {@code grid}.
 *
 * @param text    as written
 * @param devices as {@link io.hallwatt.contract.Reading#device} names them, in the site's order
 */
public record Target(String text, List<String> devices) {
    private static final String RANGE = "..";

    public Target {
        devices = List.copyOf(devices);
    }

    /** @throws IllegalArgumentException with a sentence, where the site has no such device */
    public static Target parse(String text, Site site) {
        List<String> devices = new ArrayList<>();
        int slash = text.indexOf('/');
        if (text.equals("all")) {
            site.halls().forEach(hall -> addAll(hall, devices));
            site.sources().forEach(source -> devices.add(source.id().text()));
        } else if (slash >= 0) {
            Hall hall = hall(text.substring(0, slash), site);
            List<String> racks = hall.racks().stream().map(r -> r.id().text()).toList();
            List<String> units =
                    hall.coolingUnits().stream().map(u -> u.id().text()).toList();
            String wanted = text.substring(slash + 1);
            List<String> among =
                    racks.contains(first(wanted)) ? racks : units.contains(first(wanted)) ? units : both(racks, units);
            for (String id : range(wanted, among, "hall " + hall.id() + " has no rack or cooling unit")) {
                devices.add(hall.id() + "/" + id);
            }
        } else if (site.sources().stream().anyMatch(s -> s.id().text().equals(text))) {
            devices.add(text);
        } else {
            List<String> halls = site.halls().stream().map(h -> h.id().text()).toList();
            for (String id : range(text, halls, "the site has no hall or source")) {
                addAll(hall(id, site), devices);
            }
        }
        return new Target(text, devices);
    }

    private static void addAll(Hall hall, List<String> devices) {
        hall.racks().forEach(rack -> devices.add(hall.id() + "/" + rack.id()));
        hall.coolingUnits().forEach(unit -> devices.add(hall.id() + "/" + unit.id()));
    }

    private static Hall hall(String id, Site site) {
        return site.halls().stream()
                .filter(hall -> hall.id().text().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the site has no hall %s%s"
                        .formatted(
                                id,
                                Nearest.hint(
                                        id,
                                        site.halls().stream()
                                                .map(h -> h.id().text())
                                                .toList()))));
    }

    private static List<String> range(String text, List<String> known, String unknown) {
        int dots = text.indexOf(RANGE);
        int from = index(first(text), known, unknown);
        int to = dots < 0 ? from : index(text.substring(dots + RANGE.length()), known, unknown);
        if (to < from) {
            throw new IllegalArgumentException("%s runs backwards in the site file's order".formatted(text));
        }
        return known.subList(from, to + 1);
    }

    private static int index(String id, List<String> known, String unknown) {
        int index = known.indexOf(id);
        if (index < 0) {
            throw new IllegalArgumentException("%s %s%s".formatted(unknown, id, Nearest.hint(id, known)));
        }
        return index;
    }

    private static String first(String text) {
        int dots = text.indexOf(RANGE);
        return dots < 0 ? text : text.substring(0, dots);
    }

    private static List<String> both(List<String> racks, List<String> units) {
        List<String> all = new ArrayList<>(racks);
        all.addAll(units);
        return all;
    }
}
