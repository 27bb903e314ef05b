package io.hallwatt.benchmarks.pipeline;

import io.hallwatt.app.summary.Summary.Latencies;
import io.hallwatt.benchmarks.meter.Part;
import io.hallwatt.benchmarks.meter.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The figures of one run. All are of the measured span, but for {@code lost} and {@code whole}, which are of the whole run, warm-up included.
 *
 * @param seconds    measured
 * @param reports    accepted by ingest in the span
 * @param counted    counted by aggregate in the span
 * @param rackShare  part of the reports that racks sent: each has {@link #POINTS} points
 * @param late       readings that came too late for their windows
 * @param lagMax     records that aggregate had not yet read, the most seen
 * @param lagEnd     the same after draining
 * @param unnamedNanos CPU time of threads that belong to no part, by name
 * @param lost       accepted − (counted + duplicates + late + rejected by aggregate) after draining; 0, or a fault
 */
public record PipelineResult(
        Load load,
        double seconds,
        long reports,
        long counted,
        double rackShare,
        long windows,
        long late,
        long duplicates,
        long lagMax,
        long lagEnd,
        long lost,
        Latencies latencyMillis,
        long heapMaxBytes,
        long heapAfterGcBytes,
        long heapAfterGcMaxBytes,
        Usage usage,
        Map<String, Long> unnamedNanos,
        Whole whole) {
    public PipelineResult {
        unnamedNanos = Map.copyOf(unnamedNanos);
    }

    /** In a rack's report: per feed a register and volts, amps and watts of three phases, less the totals; three inlets, outlet. */
    public static final int POINTS = 24;

    /** Of the whole run. */
    public record Whole(long sent, long accepted, long rejected, long counted, long duplicates, long late) {}

    /**
     * What one part of the process used for the points that went through it.
     *
     * @param stage {@link Part#text}
     */
    public record Stage(
            String stage,
            double cpuSecondsPerMillionPoints,
            long reportsPerSecond,
            double cpuSeconds,
            double cores,
            long allocatedBytesPerReport) {}

    public List<Stage> stages() {
        List<Stage> stages = new ArrayList<>();
        for (Part part : Part.values()) {
            double cpu = usage.cpuSeconds(part);
            if (part == Part.PEER) {
                continue;
            }
            long through = part == Part.AGGREGATE || part == Part.ALERTING || part == Part.OBSERVER ? counted : reports;
            stages.add(new Stage(
                    part.text(),
                    rounded(perMillionPoints(cpu, through)),
                    Math.round(through / seconds),
                    rounded(cpu),
                    rounded(cpu / seconds),
                    through == 0 ? 0 : usage.allocatedBytes(part) / through));
        }
        return stages;
    }

    public double cpuSecondsPerMillionPoints() {
        return perMillionPoints(usage.cpuSeconds(), counted);
    }

    public long reportsPerSecond() {
        return Math.round(counted / seconds);
    }

    public long pointsPerSecond() {
        return Math.round(points(counted) / seconds);
    }

    private double perMillionPoints(double cpuSeconds, long through) {
        return through == 0 ? 0 : cpuSeconds / (points(through) / 1e6);
    }

    private double points(long through) {
        return through * rackShare * POINTS;
    }

    public static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }
}
