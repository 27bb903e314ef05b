package io.hallwatt.app.pipeline;

import io.hallwatt.app.Unavailable;
import io.hallwatt.contract.config.FileTrouble;
import io.hallwatt.contract.config.InvalidInput;
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
 * The simulation's place in the data directory, so that meters go on where they were. After a kill the file is some seconds old. That does no harm to a live
 * simulation: it goes on from the present, registers have counted meanwhile and sequence numbers are above all that was given. A simulated past gives those seconds
 * again, the same to the byte, and they are counted as duplicates, or as late where their windows are long closed.
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
     * Refuses what {@link #open} would refuse, before anybody is told of the site.
     *
     * @throws InvalidInput if the file holds no simulation that could go on like this
     */
    public void require(Site site, SimulationConfig config, Instant now) {
        if (exists()) {
            open(site, config, now);
        }
    }

    /**
     * Goes on with what the file holds, or begins.
     *
     * @throws InvalidInput if the file is of another site or seed, or of a past run that is not the one asked for
     */
    public Simulation open(Site site, SimulationConfig config, Instant now) {
        try {
            return exists()
                    ? Simulation.resume(site, config, now, SimulationState.of(Files.readAllBytes(file)))
                    : Simulation.begin(site, config, now);
        } catch (InvalidInput e) {
            throw new InvalidInput(
                    e.faults().stream().map(fault -> file + ": " + fault).toList());
        } catch (IOException e) {
            throw new Unavailable("%s cannot be read: %s".formatted(file, FileTrouble.of(e)), e);
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
                            .formatted(file, FileTrouble.of(e)),
                    e);
        }
    }
}
