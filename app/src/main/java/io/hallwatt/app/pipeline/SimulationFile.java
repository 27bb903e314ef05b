package io.hallwatt.app.pipeline;

import io.hallwatt.app.Unavailable;
import io.hallwatt.contract.site.Site;
import io.hallwatt.ingest.simulate.SimulatedSource;
import io.hallwatt.ingest.simulate.Simulation;
import io.hallwatt.ingest.simulate.SimulationConfig;
import io.hallwatt.ingest.simulate.SimulationState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * The simulation's place in the data directory, so that meters go on where they were. After a kill the file is some seconds old; that does no harm, since the
 * simulation goes on from the present: registers have counted meanwhile and sequence numbers are above all that was given.
 */
public final class SimulationFile {
    private static final String NAME = "simulation.state";

    private final Path file;

    public SimulationFile(Path directory) {
        this.file = directory.resolve(NAME);
    }

    /** Whether a simulation was at work here before. */
    public boolean exists() {
        return Files.exists(file);
    }

    /**
     * Goes on with what the file holds, or begins.
     *
     * @throws io.hallwatt.contract.config.InvalidInput if the file is of another site or seed
     */
    public Simulation open(Site site, SimulationConfig config, Instant now) {
        try {
            return exists()
                    ? Simulation.resume(site, config, now, SimulationState.of(Files.readAllBytes(file)))
                    : Simulation.begin(site, config, now);
        } catch (IOException e) {
            throw new Unavailable("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Keeps where the source is. A kill in the middle leaves the file of before. */
    public void keep(SimulatedSource source) {
        Path next = file.resolveSibling(NAME + ".next");
        try {
            Files.write(next, source.state().bytes());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Unavailable(
                    "%s cannot be written: %s. Free some space, or choose another --data-dir."
                            .formatted(file, e.getMessage()),
                    e);
        }
    }
}
