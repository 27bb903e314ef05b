package io.hallwatt.contract.site;

import io.hallwatt.contract.UnitId;
import io.hallwatt.contract.yaml.YamlSection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A hall's {@code cooling}: each section one unit or a range of like ones. */
final class CoolingSections {
    private CoolingSections() {}

    static List<CoolingUnit> read(YamlSection hall) {
        List<CoolingUnit> units = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (YamlSection section : hall.sections("cooling")) {
            SectionIds ids = SectionIds.of(section, "cooling unit", taken);
            CoolingKind kind = section.choice("kind", CoolingKind.class, CoolingKind.CRAH);
            double coolingWatts = 1_000 * section.number("rated-cooling-kw", 0.001, 100_000);
            double electricalWatts = 1_000 * section.number("rated-electrical-kw", 0.001, 100_000);
            Fluid fluid = section.optionalChoice("fluid", Fluid.class).orElse(null);
            Double ratedFlow = section.optionalNumber("rated-flow-lps", 0.001, 10_000_000).stream()
                    .boxed()
                    .findFirst()
                    .orElse(null);
            Meter meter = Meter.read(section);
            WaterMeter water = WaterMeter.read(section);
            section.noOthers();
            for (String id : ids.list()) {
                units.add(new CoolingUnit(
                        new UnitId(id),
                        kind,
                        coolingWatts,
                        electricalWatts,
                        meter.modulusMilliwattHours(),
                        meter.resolutionMilliwattHours(),
                        meter.reportInterval(),
                        fluid,
                        ratedFlow,
                        water));
            }
        }
        return units;
    }
}
