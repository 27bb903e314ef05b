package io.hallwatt.contract.site;

import io.hallwatt.contract.SourceId;
import io.hallwatt.contract.yaml.YamlSection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** The site file's {@code supply}: its sources. */
final class SupplySections {
    private SupplySections() {}

    /** How a source's energy reaches the site. */
    private enum Delivery {
        /** Over the site's bus, past its meters. */
        PHYSICAL,
        /** By a purchase agreement: matched, never added to physical power. */
        CONTRACTUAL
    }

    static List<SupplySource> read(YamlSection top) {
        List<SupplySource> sources = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (YamlSection section : top.sections("supply")) {
            sources.addAll(read(section, taken));
        }
        return sources;
    }

    private static List<SupplySource> read(YamlSection section, Set<String> taken) {
        SectionIds ids = SectionIds.of(section, "source", taken);
        SupplyKind kind = section.choice("kind", SupplyKind.class, SupplyKind.GRID);
        boolean physical = delivery(section, kind) == Delivery.PHYSICAL;
        boolean renewable = section.optionalTruth("renewable").orElse(kind.renewable());
        double ratedWatts = 1_000_000 * section.number("rated-mw", 0.000_001, 100_000);
        OptionalDouble carbon = section.optionalNumber("carbon-grams-per-kwh", 0, 2_000);
        Meter meter = Meter.read(section);
        section.noOthers();
        return ids.list().stream()
                .map(id -> new SupplySource(
                        new SourceId(id),
                        kind,
                        physical,
                        renewable,
                        ratedWatts,
                        carbon.isPresent() ? (Double) carbon.getAsDouble() : null,
                        meter.modulusMilliwattHours(),
                        meter.resolutionMilliwattHours(),
                        meter.reportInterval()))
                .toList();
    }

    /** Said for plants, since a wrong guess would count their energy wrongly; a battery and a grid connection are always physical. */
    private static Delivery delivery(YamlSection section, SupplyKind kind) {
        boolean alwaysPhysical = kind == SupplyKind.BATTERY || kind == SupplyKind.GRID;
        if (!alwaysPhysical) {
            return section.choice("delivery", Delivery.class, Delivery.PHYSICAL);
        }
        Delivery delivery = section.optionalChoice("delivery", Delivery.class).orElse(Delivery.PHYSICAL);
        if (delivery == Delivery.CONTRACTUAL) {
            section.fault(
                    "delivery", "a battery or a grid connection is physical; a purchase agreement is one of its plant");
        }
        return Delivery.PHYSICAL;
    }
}
