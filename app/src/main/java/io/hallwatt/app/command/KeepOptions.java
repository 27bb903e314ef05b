package io.hallwatt.app.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the simulation is kept, for commands whose other state is all in Kafka. */
final class KeepOptions {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "Keep the simulator's state there; a second start goes on with the same meters (default: each start has new ones).")
    private @Nullable Path directory;

    @Nullable
    Path directory() {
        return directory;
    }
}
