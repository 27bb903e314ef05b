package io.hallwatt.benchmarks.peers;

import io.hallwatt.benchmarks.peers.RackSecond.Sample;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hall's racks in one closed second.
 *
 * @param racks that spoke in it, or whose power still held in it
 * @param shown the same, silent racks with what they last said where that holds at the second's end
 */
record HallSecondRacks(Map<String, RackTotals> racks, Map<String, RackTotals> shown) {
    /** Finds the second in which a rack spoke last. */
    interface Seconds {
        @Nullable
        RackSecond at(String rack, long time);
    }

    /** @param last each rack's last sample before the second; the last in it afterwards */
    static HallSecondRacks close(
            Hall hall, long start, Map<String, RackSecond> spoke, Map<String, Sample> last, Seconds before) {
        long end = start + HallSeconds.SECOND;
        Map<String, RackTotals> racks = new HashMap<>();
        Map<String, RackTotals> shown = new HashMap<>();
        for (Rack rack : hall.racks()) {
            String id = rack.id().text();
            RackSecond second = spoke.getOrDefault(id, new RackSecond());
            long hold = HallSeconds.holdMillis(rack);
            Sample newest = second.close(last.get(id), start, end, hold);
            RackTotals totals = second.totals;
            if (newest == null || (totals.readings == 0 && newest.at + hold <= start)) {
                last.remove(id);
                continue;
            }
            last.put(id, newest);
            racks.put(id, totals);
            shown.put(id, totals);
            if (totals.readings == 0 && newest.at + hold >= end) {
                RackSecond said = before.at(id, newest.at);
                shown.put(id, said == null ? totals : totals.holding(said.totals));
            }
        }
        return new HallSecondRacks(racks, shown);
    }
}
