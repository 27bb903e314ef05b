package io.hallwatt.app.command;

import io.hallwatt.alerting.evaluate.Inventory;
import io.hallwatt.alerting.evaluate.SiteInventory;
import io.hallwatt.alerting.maintenance.Maintenance;
import io.hallwatt.contract.config.InvalidInput;
import java.nio.file.Path;
import java.time.ZoneId;
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

    /** Null where no site was named. */
    @Nullable
    ZoneId zone() {
        return site == null ? null : SiteCommand.read(site).zone();
    }

    /**
     * The planned work by the site's clock.
     *
     * @throws InvalidInput where nothing says which that is
     */
    Maintenance local(Maintenance planned) {
        Maintenance local = planned.at(zone());
        if (local.needsZone()) {
            throw new InvalidInput(
                    "The file of planned work names no zone, so its times are the site's: name the site with --site, or write zone: into the file.");
        }
        return local;
    }
}
