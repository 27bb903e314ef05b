package io.hallwatt.ingest.simulate;

import io.hallwatt.contract.Reading;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SiteYaml;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.site.SupplyKind;
import io.hallwatt.contract.site.SupplySource;
import io.hallwatt.ingest.simulate.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sites and runs for these tests. */
final class SimulatedSites {
    static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final int TENTH = 10;

    private SimulatedSites() {}

    /** Two halls of six racks, cooling of every kind with a spare, a plant, a battery and the grid on the bus. */
    static Site two() {
        return Sites.site("two")
                .halls(
                        "h01..h02",
                        hall -> hall.designItWatts(240_000)
                                .racks("r001..r006")
                                .crah("crah-1..crah-3")
                                .cdu("cdu-1..cdu-3")
                                .chiller("chiller-1..chiller-3"))
                .physical(SupplyKind.SOLAR, "roof", 100_000)
                .contractual(SupplyKind.WIND, "wind", 500_000)
                .battery("battery", 100_000)
                .grid("grid", 1_000_000)
                .build();
    }

    /** The reference site with a tenth of its halls, each a tenth of its size. */
    static Site reference() {
        Site whole = SiteYaml.reference();
        List<Hall> halls = new ArrayList<>();
        for (Hall hall : whole.halls().subList(0, whole.halls().size() / TENTH * 2)) {
            halls.add(new Hall(
                    hall.id(),
                    hall.designItWatts() / TENTH,
                    hall.ashrae(),
                    hall.racks().subList(0, hall.racks().size() / TENTH),
                    hall.coolingUnits().stream()
                            .map(u -> new CoolingUnit(
                                    u.id(),
                                    u.kind(),
                                    u.ratedCoolingWatts() / TENTH,
                                    u.ratedElectricalWatts() / TENTH,
                                    u.registerModulusMilliwattHours(),
                                    u.registerResolutionMilliwattHours(),
                                    u.reportInterval()))
                            .toList()));
        }
        List<SupplySource> sources = whole.sources().stream()
                .map(s -> new SupplySource(
                        s.id(),
                        s.kind(),
                        s.physical(),
                        s.renewable(),
                        s.ratedWatts() / 50,
                        s.carbonGramsPerKilowattHour(),
                        s.registerModulusMilliwattHours(),
                        s.registerResolutionMilliwattHours(),
                        s.reportInterval()))
                .toList();
        return new Site(whole.id(), whole.name(), whole.zone(), whole.latitude(), whole.longitude(), halls, sources);
    }

    static SimulationConfig config(Duration length) {
        return SimulationConfig.DEFAULTS
                .withSeed(7)
                .withStart(START)
                .withLength(length)
                .withPace(Pace.AS_FAST_AS_POSSIBLE);
    }

    static Scenario scenario(Site site, String faults) {
        return Scenario.read("test.yaml", "faults:\n" + faults.indent(2), site);
    }

    static List<Reading> run(Site site, SimulationConfig config) {
        return rest(Simulation.begin(site, config, START));
    }

    static List<Reading> rest(Simulation simulation) {
        List<Reading> readings = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = simulation.advance(Instant.ofEpochMilli(Long.MAX_VALUE / 4), 1000, readings::add);
        }
        return readings;
    }

    /** A run with one fault. */
    static List<Reading> run(Site site, Duration length, String fault) {
        return run(site, config(length).withScenario(scenario(site, fault)));
    }

    static <R extends Reading> List<R> told(List<Reading> readings, Class<R> type, String device) {
        return readings.stream()
                .filter(r -> r.device().equals(device))
                .map(type::cast)
                .toList();
    }
}
