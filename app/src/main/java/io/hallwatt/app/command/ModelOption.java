package io.hallwatt.app.command;

import io.hallwatt.alerting.evaluate.Inventory;
import io.hallwatt.alerting.evaluate.SiteInventory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which site model rules are held against, for commands that have none of a running stage. */
final class ModelOption {
    @Option(
            names = "--site",
            paramLabel = "FILE",
            description =
                    "The site's model: of what it has not, nothing is missing, and what fired there ends, as live. Without it all may be there.")
    private @Nullable Path site;

    Inventory inventory() {
        return site == null ? Inventory.UNKNOWN : SiteInventory.of(SiteCommand.read(site));
    }
}
