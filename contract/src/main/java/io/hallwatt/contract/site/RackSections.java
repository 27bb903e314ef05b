package io.hallwatt.contract.site;

import io.hallwatt.contract.RackId;
import io.hallwatt.contract.config.Count;
import io.hallwatt.contract.yaml.YamlSection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A hall's {@code racks} and the {@code rows} that they stand in, filled in the order of the file. */
final class RackSections {
    private static final int MOST_RACKS = 100_000;

    private final YamlSection hall;
    private final String named;
    private final List<String> ranges = new ArrayList<>();
    private final List<Rack> racks = new ArrayList<>();

    private RackSections(YamlSection hall, String named) {
        this.hall = hall;
        this.named = named;
    }

    /** @param named the hall, for messages: {@code hall h07} */
    static List<Rack> read(YamlSection hall, String named) {
        RackSections sections = new RackSections(hall, named);
        Set<String> taken = new HashSet<>();
        for (YamlSection section : hall.sections("racks")) {
            sections.add(section, taken);
        }
        List<Place> places = sections.places();
        if (hall.has("rows") && places.size() != sections.racks.size()) {
            sections.misfit(places.size());
            return List.copyOf(sections.racks);
        }
        return List.copyOf(
                places.isEmpty() ? sections.racks : placed(sections.racks, places)); // halls built alike share it
    }

    private void add(YamlSection section, Set<String> taken) {
        SectionIds ids = SectionIds.of(section, "rack", taken);
        ranges.add(ids.text());
        Optional<YamlSection> feeds = section.optionalSection("feeds");
        Feed feedA = feeds.map(f -> feed(f, "A")).orElse(null);
        Feed feedB = feeds.map(f -> feed(f, "B")).orElse(null);
        feeds.ifPresent(f -> {
            if (!f.has("A") && !f.has("B")) {
                section.fault("feeds", "neither A nor B: give one, or leave feeds out");
            }
            f.noOthers();
        });
        Meter meter = Meter.read(section);
        section.noOthers();
        for (String id : ids.list()) {
            racks.add(new Rack(
                    new RackId(id),
                    "",
                    0,
                    feedA,
                    feedB,
                    meter.modulusMilliwattHours(),
                    meter.resolutionMilliwattHours(),
                    meter.reportInterval()));
        }
    }

    private static @Nullable Feed feed(YamlSection feeds, String name) {
        Optional<YamlSection> section = feeds.optionalSection(name);
        if (section.isEmpty()) {
            return null;
        }
        YamlSection feed = section.get();
        double amps = feed.number("breaker-amps", 1, 6_300);
        double volts = feed.number("volts", 12, 1_000);
        long phases = feed.optionalInteger("phases", 1, 3).orElse(3);
        if (phases == 2) {
            feed.fault("phases", "2 phases: a feed has 1 or 3");
        }
        feed.noOthers();
        return new Feed(amps, volts, (int) phases);
    }

    private record Place(String row, int position) {}

    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (YamlSection row : hall.sections("rows")) {
            SectionIds ids = SectionIds.of(row, "row", taken);
            int count = (int) row.integer("racks", 1, 1_000);
            row.noOthers();
            for (String id : ids.list()) {
                for (int position = 1; position <= count && places.size() < MOST_RACKS; position++) {
                    places.add(new Place(id, position));
                }
            }
        }
        return places;
    }

    private void misfit(int placed) {
        hall.fault(
                "racks",
                "%s: rack range %s has %s, but the rows below place %d. %s",
                named,
                String.join(", ", ranges),
                Count.of(racks.size(), "rack"),
                placed,
                placed < racks.size() ? "Add rows or shorten the range." : "Take rows away or lengthen the range.");
    }

    private static List<Rack> placed(List<Rack> racks, List<Place> places) {
        List<Rack> placed = new ArrayList<>(racks.size());
        for (int i = 0; i < racks.size(); i++) {
            Rack rack = racks.get(i);
            Place place = places.get(i);
            placed.add(new Rack(
                    rack.id(),
                    place.row(),
                    place.position(),
                    rack.feedA(),
                    rack.feedB(),
                    rack.registerModulusMilliwattHours(),
                    rack.registerResolutionMilliwattHours(),
                    rack.reportInterval()));
        }
        return placed;
    }
}
