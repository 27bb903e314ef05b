package io.hallwatt.app.command;

import io.hallwatt.app.config.ConfigFile;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SiteYaml;
import io.hallwatt.ingest.simulate.Pace;
import io.hallwatt.ingest.simulate.SimulatedSite;
import io.hallwatt.ingest.simulate.SimulationConfig;
import io.hallwatt.ingest.simulate.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is simulated, of which time, and how fast. */
final class SimulationOptions {
    @Option(names = "--site", paramLabel = "FILE", description = "The site (default: tetouan, 40 halls of 200 racks).")
    private @Nullable Path site;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            defaultValue = "1",
            description =
                    "Reports per device and second, 0.1 to 10 (default: 1); the site file's report intervals give way to it.")
    private double rate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed gives the same readings (default: 1).")
    private long seed;

    @Option(names = "--scenario", paramLabel = "FILE", description = "What goes wrong, and when.")
    private @Nullable Path scenario;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            converter = InstantText.class,
            description = "As 2026-03-01T12:00:00Z: simulate the past from then on (default: begin now).")
    private @Nullable Instant start;

    @Option(
            names = "--length",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description =
                    "How much time to simulate, as 30m or 24h; its end closes every window and hour (default: no end).")
    private @Nullable Duration length;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            converter = PaceText.class,
            description =
                    "Simulated seconds a second, or max: as fast as it goes. Other than 1, it needs --start; above 1, a --length, too, that ends before now (default: 1, with --start max).")
    private @Nullable Pace speed;

    /** @throws io.hallwatt.contract.config.InvalidInput if the three do not fit together */
    SimulatedTime time(Instant now) {
        return SimulatedTime.of(start, length, speed, now);
    }

    /** Reads the files. @throws io.hallwatt.contract.config.InvalidInput with what is wrong with them, or with the rate */
    Simulated simulated(SimulatedTime time) {
        SimulationConfig config = SimulationConfig.DEFAULTS
                .withSeed(seed)
                .withRateHz(rate)
                .withStart(time.start())
                .withLength(time.length())
                .withPace(time.pace());
        Site published = SimulatedSite.of(site == null ? SiteYaml.reference() : SiteCommand.read(site), config);
        return new Simulated(
                published,
                scenario == null
                        ? config
                        : config.withScenario(Scenario.read(
                                scenario.toString(), ConfigFile.text(scenario, "scenario", "--scenario"), published)));
    }
}
