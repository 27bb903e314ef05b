package io.hallwatt.app.command;

import io.hallwatt.app.config.ConfigFile;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SiteYaml;
import io.hallwatt.ingest.simulate.SimulationConfig;
import io.hallwatt.ingest.simulate.scenario.Scenario;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is simulated. */
final class SimulationOptions {
    @Option(names = "--site", paramLabel = "FILE", description = "The site (default: tetouan, 40 halls of 200 racks).")
    private @Nullable Path site;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            defaultValue = "1",
            description = "Reports per device and second, 0.1 to 10 (default: 1).")
    private double rate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed gives the same readings (default: 1).")
    private long seed;

    @Option(names = "--scenario", paramLabel = "FILE", description = "What goes wrong, and when.")
    private @Nullable Path scenario;

    Site site() {
        return site == null ? SiteYaml.reference() : SiteCommand.read(site);
    }

    SimulationConfig config(Site simulated) {
        SimulationConfig config = SimulationConfig.DEFAULTS.withSeed(seed).withRateHz(rate);
        return scenario == null
                ? config
                : config.withScenario(Scenario.read(
                        scenario.toString(), ConfigFile.text(scenario, "scenario", "--scenario"), simulated));
    }
}
