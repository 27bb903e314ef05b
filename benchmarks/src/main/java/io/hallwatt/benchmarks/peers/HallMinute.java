package io.hallwatt.benchmarks.peers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.HashMap;
import java.util.Map;

/** A hall's minute, added up from closed seconds. */
final class HallMinute {
    public Map<String, RackTotals> racks = new HashMap<>();
    /** Least and largest of the seconds' means, W. */
    public double wattsMin = Double.NaN;

    public double wattsMax = Double.NaN;

    @CanIgnoreReturnValue
    HallMinute add(Map<String, RackTotals> second, double watts) {
        second.forEach((rack, totals) ->
                racks.computeIfAbsent(rack, r -> new RackTotals()).add(totals));
        if (!Double.isNaN(watts)) {
            wattsMin = Double.isNaN(wattsMin) ? watts : Math.min(wattsMin, watts);
            wattsMax = Double.isNaN(wattsMax) ? watts : Math.max(wattsMax, watts);
        }
        return this;
    }
}
