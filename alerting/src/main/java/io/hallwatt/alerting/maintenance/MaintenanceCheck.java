package io.hallwatt.alerting.maintenance;

import io.hallwatt.contract.config.Faults;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a maintenance file.
 *
 * @param maintenance what could be read
 * @param faults      for which the file may not be used, {@code file:line:column: window name: key: what, remedy} each
 * @param warnings    what may be used and is hardly meant, in the same form
 */
public record MaintenanceCheck(Maintenance maintenance, List<String> faults, List<String> warnings) {
    public MaintenanceCheck {
        faults = List.copyOf(faults);
        warnings = List.copyOf(warnings);
    }

    /**
     * @param file   its name, for messages
     * @param alerts names of the alerts that there are; none: not known
     * @param site   the site's zone; null: not known
     */
    public static MaintenanceCheck of(String file, String text, Set<String> alerts, @Nullable ZoneId site) {
        Faults faults = new Faults(file);
        Faults warnings = new Faults(file);
        Maintenance maintenance = new MaintenanceFile(text, faults, warnings, alerts, site).maintenance();
        return new MaintenanceCheck(maintenance, faults.shown(), warnings.shown());
    }
}
