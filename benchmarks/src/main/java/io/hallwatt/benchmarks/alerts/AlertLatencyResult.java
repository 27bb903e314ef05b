package io.hallwatt.benchmarks.alerts;

import io.hallwatt.app.summary.Summary.Latency;
import io.hallwatt.benchmarks.meter.Machine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How soon alerts were where people look.
 *
 * @param episodes          halls that went into breach in the measured span
 * @param scrapeMillis      time for a page of /metrics, asked for ten times a second
 * @param cores             that the process kept busy: pipeline, broker, simulator and benchmark
 * @param coresOfOthers     that other programs kept busy meanwhile, Prometheus among them
 * @param withoutPrometheus why Prometheus is not among the ways; absent where it is
 */
public record AlertLatencyResult(
        int racks,
        int halls,
        double seconds,
        int episodes,
        List<Way> ways,
        Latency scrapeMillis,
        double cores,
        double coresOfOthers,
        @Nullable String withoutPrometheus,
        Machine machine) {
    public AlertLatencyResult {
        ways = List.copyOf(ways);
    }

    /**
     * From the time of the first reading in breach to where its alert is seen.
     *
     * @param heard  episodes seen there
     * @param missed episodes never seen there
     */
    public record Way(String name, int heard, int missed, Latency millis) {}

    /** Whether every episode was seen on each of Hallwatt's own ways. */
    public boolean hallwattHeardAll() {
        return ways.stream().limit(2).allMatch(way -> way.missed() == 0 && way.heard() > 0);
    }
}
