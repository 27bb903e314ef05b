package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.maintenance.Maintenance;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Planned work by the clock of the site that an alert is of. */
final class PlannedWork {
    private final Maintenance maintenance;
    private final Inventory inventory;

    PlannedWork(Maintenance maintenance, Inventory inventory) {
        this.maintenance = maintenance;
        this.inventory = inventory;
    }

    /** Name of the window that an alert with these labels is in. */
    Optional<String> during(Map<String, String> labels, Instant at) {
        Maintenance local = maintenance.needsZone()
                ? maintenance.at(inventory.zone(labels.getOrDefault("site", "")).orElse(null))
                : maintenance;
        return local.during(labels, at);
    }
}
