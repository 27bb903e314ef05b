package io.hallwatt.benchmarks;

import static io.hallwatt.benchmarks.pipeline.PipelineResult.rounded;

import io.hallwatt.app.summary.Summary.Latencies;
import io.hallwatt.benchmarks.meter.Machine;
import io.hallwatt.benchmarks.peers.Peer;
import io.hallwatt.benchmarks.pipeline.PipelineResult;
import io.hallwatt.benchmarks.pipeline.PipelineResult.Stage;
import io.hallwatt.benchmarks.pipeline.PipelineResult.Whole;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code bench --json} ends with. Rates, CPU and latencies are of the measured span.
 *
 * @param source                     who made the readings, {@code simulator} or {@code generated}
 * @param rateHz                     asked for, or {@code max}
 * @param silent                     racks of each hall that fell silent one after the other
 * @param lost                       readings that were accepted and are nowhere; 0, or a fault
 * @param cpuSecondsPerMillionPoints of the whole process: broker, stages, collector and compiler, source and observer too
 * @param cores                      that the process kept busy
 * @param coresOfOthers              that other programs kept busy meanwhile: figures of a busy machine are worth less
 * @param unnamedThreadsCpuSeconds   what is in the stage {@code other}: the busiest threads
 */
record Report(
        int racks,
        int halls,
        String source,
        String rateHz,
        int silent,
        long reportsPerSecond,
        long pointsPerSecond,
        double seconds,
        long lagMax,
        long lagEnd,
        long lost,
        long late,
        long windows,
        Latencies latencyMillis,
        long heapMaxBytes,
        long heapAfterGcBytes,
        long heapAfterGcMaxBytes,
        long gcMillis,
        long gcCount,
        double cpuSecondsPerMillionPoints,
        double cores,
        double coresOfOthers,
        List<Stage> stages,
        List<Peer> peers,
        Whole readings,
        Map<String, Double> unnamedThreadsCpuSeconds,
        Machine machine) {
    private static final int MOST_UNNAMED = 8;

    Report {
        stages = List.copyOf(stages);
        peers = List.copyOf(peers);
    }

    static Report of(PipelineResult run, List<Peer> peers, Machine machine) {
        return new Report(
                run.load().size().racks(),
                run.load().size().halls(),
                run.load().origin().text(),
                run.load().rateText(),
                run.load().silent(),
                run.reportsPerSecond(),
                run.pointsPerSecond(),
                rounded(run.seconds()),
                run.lagMax(),
                run.lagEnd(),
                run.lost(),
                run.late(),
                run.windows(),
                run.latencyMillis(),
                run.heapMaxBytes(),
                run.heapAfterGcBytes(),
                run.heapAfterGcMaxBytes(),
                run.usage().gcMillis(),
                run.usage().gcCount(),
                rounded(run.cpuSecondsPerMillionPoints()),
                rounded(run.usage().cpuSeconds() / run.seconds()),
                rounded(run.usage().coresOfOthers()),
                run.stages(),
                peers,
                run.whole(),
                busiest(run.unnamedNanos()),
                machine);
    }

    private static Map<String, Double> busiest(Map<String, Long> nanos) {
        Map<String, Double> busiest = new LinkedHashMap<>();
        nanos.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_UNNAMED)
                .forEach(thread -> busiest.put(thread.getKey(), rounded(thread.getValue() / 1e9)));
        return busiest;
    }
}
