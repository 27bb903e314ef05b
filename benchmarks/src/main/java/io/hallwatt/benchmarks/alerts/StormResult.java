package io.hallwatt.benchmarks.alerts;

import io.hallwatt.app.summary.Summary.Latency;
import io.hallwatt.benchmarks.meter.Machine;
import java.util.List;

/**
 * What became of some storms, one after the other.
 *
 * @param transitions          told in all, as a reader of committed records saw them
 * @param missing              transitions that should have been told and were not; 0, or a fault
 * @param repeated             transitions that were told again; 0, or a fault
 * @param notifications        what came to an Alertmanager
 * @param scrapeMillis         time for a page of /metrics while the storms went on
 * @param refused              pages that did not come, or not with status 200
 * @param pageBytes            largest page
 * @param heapBeforeBytes      after a collection, before the first storm; the whole process's, broker and benchmark in it
 * @param heapAfterBytes       the same after each storm
 */
public record StormResult(
        int racks,
        int halls,
        List<Storm> storms,
        long transitions,
        long missing,
        long repeated,
        Notifications notifications,
        Latency scrapeMillis,
        long refused,
        long pageBytes,
        long heapBeforeBytes,
        List<Long> heapAfterBytes,
        Machine machine) {
    public StormResult {
        storms = List.copyOf(storms);
        heapAfterBytes = List.copyOf(heapAfterBytes);
    }

    /**
     * One storm.
     *
     * @param toFiringMillis       from the first window that is in breach until all alerts that fire are committed and read
     * @param toResolvedMillis     the same of the first calm window and their ends
     * @param transitionsPerSecond the slower of both
     */
    public record Storm(long toFiringMillis, long toResolvedMillis, long transitionsPerSecond) {}

    /**
     * What came to an Alertmanager, which groups it by its routes.
     *
     * @param firing    alerts told as firing, each once
     * @param over      alerts told as over, each once
     * @param mostInOne alerts in the request that had the most
     */
    public record Notifications(int firing, int over, long requests, int mostInOne) {}

    /** Whether every transition was told once, and every page came. */
    public boolean holds() {
        return missing == 0 && repeated == 0 && refused == 0;
    }
}
