package io.hallwatt.contract.wire;

import io.hallwatt.contract.HallId;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.catalogue.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A frame as it is written: columns by {@code powerWatts} or {@code feedPowerWatts/A}, values to the unit's {@link Unit#decimals}, absent ones null.
 *
 * @param columns each as long as {@code racks}
 */
record RackFrameShape(
        SiteId site, HallId hall, Window window, int revision, List<RackId> racks, Map<String, double[]> columns) {

    /** The frame; columns of a newer writer's metrics are passed over. */
    RackFrame frame() {
        Map<RackFrame.Column, double[]> known = new LinkedHashMap<>();
        columns.forEach((name, values) -> {
            int slash = name.indexOf('/');
            Optional<Metric> metric = Metric.inRecord(Scope.RACK, slash < 0 ? name : name.substring(0, slash));
            metric.ifPresent(m ->
                    known.put(new RackFrame.Column(m, slash < 0 ? "" : name.substring(slash + 1)), values));
        });
        return new RackFrame(site, hall, window, revision, racks, known);
    }

    static String name(RackFrame.Column column) {
        String field = column.metric().field();
        return column.key().isEmpty() ? field : field + "/" + column.key();
    }
}
