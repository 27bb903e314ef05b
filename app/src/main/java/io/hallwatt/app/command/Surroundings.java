package io.hallwatt.app.command;

import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.config.Nearest;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which sites, halls and racks the windows that a rule looks at are of, to say why it has nothing to explain where it was asked to look. */
final class Surroundings {
    /** More names than that help nobody. */
    private static final int MOST_NAMED = 8;

    private final String rule;
    private final @Nullable String hall;
    private final @Nullable String rack;
    private final Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    private final Set<String> sites = new TreeSet<>();
    /** A window has every hall and rack of the site model, those that are silent too. */
    private final TreeMap<String, Set<String>> racks = new TreeMap<>();

    /** @param hall asked for, and the rack; absent where all are */
    Surroundings(String rule, @Nullable String hall, @Nullable String rack) {
        this.rule = rule;
        this.hall = hall;
        this.rack = rack;
    }

    /** There is such a window. */
    void at(Sight sight) {
        scopes.add(sight.scope());
        sites.add(sight.site());
        if (sight.scope() != Scope.SITE) {
            Set<String> there = racks.computeIfAbsent(sight.hall(), id -> new TreeSet<>());
            for (int i = 0; i < sight.size() && sight.scope() == Scope.RACK; i++) {
                there.add(sight.rack(i));
            }
        }
    }

    /** A sentence on what was asked for and is not there, and what is. */
    String nowhere() {
        if (scopes.isEmpty()) {
            return "%s: no window is kept that it could look at. See whether aggregate runs.".formatted(rule);
        }
        if (racks.isEmpty() && (hall != null || rack != null)) {
            return "%s looks at the whole site: leave --hall and --rack out.".formatted(rule);
        }
        if (hall != null && !racks.containsKey(hall)) {
            return unknown("hall", hall, site(), racks.keySet());
        }
        if (rack != null && !scopes.contains(Scope.RACK)) {
            return "%s looks at halls, not at racks: leave --rack out.".formatted(rule);
        }
        Set<String> here = racks.entrySet().stream()
                .filter(entry -> hall == null || entry.getKey().equals(hall))
                .flatMap(entry -> entry.getValue().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (rack != null && !here.contains(rack)) {
            return rack.contains("/")
                    ? "Give hall and rack apart: --hall %s --rack %s.".formatted((Object[]) rack.split("/", 2))
                    : unknown("rack", rack, hall == null ? site() : "hall " + hall, here);
        }
        return "%s: the windows%s have no value that it could look at. See whether the devices report."
                .formatted(rule, hall == null ? "" : " of hall " + hall);
    }

    private String site() {
        return (sites.size() == 1 ? "site " : "sites ") + String.join(", ", sites);
    }

    private static String unknown(String what, String id, String where, Collection<String> known) {
        String some = known.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return "There is no %s %s in %s%s It has %s%s."
                .formatted(
                        what,
                        id,
                        where,
                        Nearest.ending(id, known),
                        some,
                        known.size() > MOST_NAMED ? " and %d more".formatted(known.size() - MOST_NAMED) : "");
    }
}
