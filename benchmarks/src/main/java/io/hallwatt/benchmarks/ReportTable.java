package io.hallwatt.benchmarks;

import io.hallwatt.app.summary.Summary.Latency;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.benchmarks.meter.HotMethods;
import io.hallwatt.benchmarks.peers.Peer;
import io.hallwatt.benchmarks.pipeline.PipelineResult.Stage;
import org.jspecify.annotations.Nullable;

/** A report for people. */
final class ReportTable {
    private static final double MEGABYTE = 1024 * 1024;
    private static final int HOTTEST = 20;

    private ReportTable() {}

    static void tell(Report report, Terminal terminal) {
        terminal.say("machine   %d cores, %s, %s, heap at most %,.0f MB; other programs kept %.2f cores busy meanwhile"
                .formatted(
                        report.machine().cores(),
                        report.machine().java(),
                        report.machine().collector(),
                        report.machine().heapLimitBytes() / MEGABYTE,
                        report.coresOfOthers()));
        terminal.say("load      %,d racks in %,d halls, %s source at %s Hz, %.1f s measured"
                .formatted(report.racks(), report.halls(), report.source(), report.rateHz(), report.seconds()));
        terminal.say("rate      %,d reports/s, %,d points/s, on %.2f cores"
                .formatted(report.reportsPerSecond(), report.pointsPerSecond(), report.cores()));
        terminal.say("lag       %,d at most, %,d at the end; %,d late, %,d lost"
                .formatted(report.lagMax(), report.lagEnd(), report.late(), report.lost()));
        terminal.say("latency   reading to hall metric %s; to alert %s"
                .formatted(
                        millis(report.latencyMillis().readingToHallMetric()),
                        millis(report.latencyMillis().readingToAlert())));
        terminal.say("heap      %,.0f MB at most, %,.0f MB after collection; %,d collections took %,d ms"
                .formatted(
                        report.heapMaxBytes() / MEGABYTE,
                        report.heapAfterGcMaxBytes() / MEGABYTE,
                        report.gcCount(),
                        report.gcMillis()));
        terminal.say("");
        terminal.say("stage       CPU-s per million points    cores   bytes allocated per report");
        for (Stage stage : report.stages()) {
            terminal.say("%-10s  %24.3f  %7.3f  %27s"
                    .formatted(
                            stage.stage(),
                            stage.cpuSecondsPerMillionPoints(),
                            stage.cores(),
                            stage.allocatedBytesPerReport() == 0
                                    ? "–"
                                    : "%,d".formatted(stage.allocatedBytesPerReport())));
        }
        terminal.say("%-10s  %24.3f  %7.3f".formatted("all", report.cpuSecondsPerMillionPoints(), report.cores()));
        if (!report.peers().isEmpty()) {
            terminal.say("");
            terminal.say(
                    "peer                              reports/s   CPU-s per million points (own, process)   µs a reading   compared");
            for (Peer peer : report.peers()) {
                terminal.say("%-30s  %,11d  %30s %8s   %12s   %s"
                        .formatted(
                                peer.name(),
                                peer.reportsPerSecond(),
                                cpu(peer.cpuSecondsPerMillionPoints()),
                                cpu(peer.processCpuSecondsPerMillionPoints()),
                                cpu(peer.cpuMicrosecondsPerReading()),
                                peer.compared()));
            }
        }
    }

    static void tell(HotMethods hot, Terminal terminal) {
        terminal.say("");
        terminal.say("hottest methods");
        hot.topmost(HOTTEST).forEach(one -> tell(one, terminal));
        terminal.say("hallwatt's own, with what they call");
        hot.ours(HOTTEST).forEach(one -> tell(one, terminal));
    }

    private static void tell(HotMethods.Hot one, Terminal terminal) {
        terminal.say(
                "%5.1f %%  %-9s  %s".formatted(100 * one.share(), one.part().text(), one.method()));
    }

    private static String cpu(@Nullable Double seconds) {
        return seconds == null ? "–" : "%.3f".formatted(seconds);
    }

    private static String millis(Latency latency) {
        return latency.p50() == null
                ? "not measured"
                : "p50 %s, p99 %s, max %s ms".formatted(latency.p50(), number(latency.p99()), number(latency.max()));
    }

    private static String number(@Nullable Long value) {
        return value == null ? "–" : "%,d".formatted(value);
    }
}
