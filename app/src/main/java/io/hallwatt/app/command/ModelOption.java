package io.hallwatt.app.command;

import io.hallwatt.alerting.evaluate.Inventory;
import io.hallwatt.alerting.evaluate.SiteInventory;
import io.hallwatt.alerting.maintenance.Maintenance;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.site.Site;
import java.nio.file.Path;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The site model, for commands that have none of a running stage. */
final class ModelOption {
    @Option(
            names = "--site",
            paramLabel = "FILE",
            description =
                    "The site's model: planned work whose file names no zone is by its clock; rules check says where it is by another. For rules test, backtest and explain, of what it has not, nothing is missing, and what fired there ends, as live; without it all may be there.")
    private @Nullable Path file;

    private @Nullable Site read;

    boolean isNamed() {
        return file != null;
    }

    Inventory inventory() {
        Site site = site();
        return site == null ? Inventory.UNKNOWN : SiteInventory.of(site);
    }

    /** Null where no site was named. */
    @Nullable
    ZoneId zone() {
        Site site = site();
        return site == null ? null : site.zone();
    }

    /**
     * The planned work by the site's clock. What it is held against is to be {@linkplain #checkClock of that site}.
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

    /**
     * @param of id of the site whose windows the planned work is held against
     * @throws InvalidInput where the planned work is by that site's clock, and the model that was named is another's
     */
    void checkClock(Maintenance planned, String of) {
        Site site = site();
        if (planned.needsZone() && site != null && !site.id().text().equals(of)) {
            throw new InvalidInput(
                    "The file of planned work names no zone, so its times are each site's own; there are windows of site %s, and --site %s is of site %s: name the model of %s, or write zone: into the file of planned work."
                            .formatted(of, file, site.id().text(), of));
        }
    }

    private @Nullable Site site() {
        if (read == null && file != null) {
            read = SiteCommand.read(file);
        }
        return read;
    }
}
