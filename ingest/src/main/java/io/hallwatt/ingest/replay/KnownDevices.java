package io.hallwatt.ingest.replay;

import io.hallwatt.contract.config.Nearest;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.yaml.YamlSection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the devices that a mapping names are in the site model: better said once, before a row is read, than in every row. */
record KnownDevices(Site site) {
    void check(YamlSection section, DeviceKind kind, ReadingMapping.@Nullable Id hall, ReadingMapping.Id device) {
        if (kind == DeviceKind.SOURCE) {
            check(
                    section,
                    kind.key(),
                    device,
                    "site " + site.id(),
                    site.sources().stream().map(source -> source.id().text()).toList());
            return;
        }
        check(
                section,
                "hall",
                hall,
                "site " + site.id(),
                site.halls().stream().map(h -> h.id().text()).toList());
        if (hall instanceof ReadingMapping.Id.Constant constant) {
            site.halls().stream()
                    .filter(h -> h.id().text().equals(constant.text()))
                    .findFirst()
                    .ifPresent(h -> check(section, kind.key(), device, "hall " + h.id(), devices(h, kind)));
        }
    }

    private static List<String> devices(Hall hall, DeviceKind kind) {
        return kind == DeviceKind.RACK
                ? hall.racks().stream().map(rack -> rack.id().text()).toList()
                : hall.coolingUnits().stream().map(unit -> unit.id().text()).toList();
    }

    private static void check(
            YamlSection section, String key, ReadingMapping.@Nullable Id id, String where, List<String> known) {
        if (id instanceof ReadingMapping.Id.Constant constant && section.has(key) && !known.contains(constant.text())) {
            section.fault(
                    key,
                    "%s is not in %s%s; mend it or add it to the site file",
                    Shown.cut(constant.text()),
                    where,
                    Nearest.hint(constant.text(), known));
        }
    }
}
