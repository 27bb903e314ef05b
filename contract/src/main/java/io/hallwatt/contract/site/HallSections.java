package io.hallwatt.contract.site;

import io.hallwatt.contract.HallId;
import io.hallwatt.contract.yaml.YamlSection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** The site file's {@code halls}: each section one hall or a range of halls that are built alike. */
final class HallSections {
    private static final int MOST_HALLS = 1_000;
    private static final int MOST_RACKS = 200_000;

    private final Set<String> taken = new HashSet<>();
    private final List<Hall> halls = new ArrayList<>();
    private long hallCount;
    private long rackCount;

    private HallSections() {}

    /** All halls; faults are noted and wrong halls are left out. */
    static List<Hall> read(YamlSection top) {
        HallSections halls = new HallSections();
        List<YamlSection> sections = top.sections("halls");
        if (sections.isEmpty()) {
            top.fault("halls", "a site has at least one hall: - ids: h01..h40");
        }
        for (YamlSection section : sections) {
            halls.add(section);
        }
        if (halls.hallCount > MOST_HALLS || halls.rackCount > MOST_RACKS) {
            top.fault(
                    "halls",
                    "%,d halls with %,d racks; a site has at most %,d halls and %,d racks: split it into several",
                    halls.hallCount,
                    halls.rackCount,
                    MOST_HALLS,
                    MOST_RACKS);
        }
        return halls.halls;
    }

    private void add(YamlSection section) {
        SectionIds ids = SectionIds.of(section, "hall", taken);
        double designWatts = 1_000 * section.number("design-it-kw", 0.001, 1_000_000);
        AshraeClass ashrae = section.optionalChoice("ashrae", AshraeClass.class).orElse(AshraeClass.A2);
        OptionalDouble capacityKilowatts = section.optionalNumber("power-capacity-kw", 0.001, 1_000_000);
        double capacityWatts = capacityKilowatts.isPresent() ? 1_000 * capacityKilowatts.getAsDouble() : designWatts;
        List<Rack> hallRacks = RackSections.read(section, ids.named("hall"));
        List<CoolingUnit> units = CoolingSections.read(section);
        section.noOthers();
        hallCount += ids.list().size();
        rackCount += (long) ids.list().size() * hallRacks.size();
        if (hallCount > MOST_HALLS) {
            return; // noted at the end; no use filling the memory
        }
        for (String id : ids.list()) {
            halls.add(new Hall(new HallId(id), designWatts, ashrae, hallRacks, units, capacityWatts));
        }
    }
}
