package io.hallwatt.benchmarks;

import io.hallwatt.app.summary.Summary.Latency;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.benchmarks.alerts.AlertLatencyResult;
import io.hallwatt.benchmarks.alerts.StormResult;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was measured of alerts, for people. */
final class AlertTables {
    private static final double MEGABYTE = 1024 * 1024;

    private AlertTables() {}

    static void tell(StormResult result, Terminal terminal) {
        terminal.say("storm   all fire after   all end after   transitions/s");
        List<StormResult.Storm> storms = result.storms();
        for (int i = 0; i < storms.size(); i++) {
            StormResult.Storm storm = storms.get(i);
            terminal.say("%5d   %,11d ms   %,10d ms   %,13d"
                    .formatted(i + 1, storm.toFiringMillis(), storm.toResolvedMillis(), storm.transitionsPerSecond()));
        }
        terminal.say("told      %,d transitions; %,d missing, %,d repeated"
                .formatted(result.transitions(), result.missing(), result.repeated()));
        terminal.say("notified  %,d firing, %,d over, in %,d requests of at most %,d"
                .formatted(
                        result.notifications().firing(),
                        result.notifications().over(),
                        result.notifications().requests(),
                        result.notifications().mostInOne()));
        terminal.say("/metrics  %s; %.1f MB at most, %,d refused"
                .formatted(millis(result.scrapeMillis()), result.pageBytes() / MEGABYTE, result.refused()));
        terminal.say("heap      %.0f MB before, after each storm %s MB (after collections)"
                .formatted(
                        result.heapBeforeBytes() / MEGABYTE,
                        result.heapAfterBytes().stream()
                                .map(bytes -> "%.0f".formatted(bytes / MEGABYTE))
                                .collect(Collectors.joining(", "))));
    }

    static void tell(AlertLatencyResult result, Terminal terminal) {
        terminal.say("%,d episodes in %,d halls of %,d racks, %.0f s measured; %.2f cores, others %.2f"
                .formatted(
                        result.episodes(),
                        result.halls(),
                        result.racks(),
                        result.seconds(),
                        result.cores(),
                        result.coresOfOthers()));
        terminal.say("reading in breach to alert            heard   missed        p50        p99        max");
        for (AlertLatencyResult.Way way : result.ways()) {
            terminal.say("%-36s %,6d   %,6d   %8s   %8s   %8s ms"
                    .formatted(
                            way.name(),
                            way.heard(),
                            way.missed(),
                            number(way.millis().p50()),
                            number(way.millis().p99()),
                            number(way.millis().max())));
        }
        terminal.say("/metrics  " + millis(result.scrapeMillis()));
        if (result.withoutPrometheus() != null) {
            terminal.say("without Prometheus: " + result.withoutPrometheus());
        }
    }

    private static String millis(Latency latency) {
        return "p50 %s, p99 %s, max %s ms"
                .formatted(number(latency.p50()), number(latency.p99()), number(latency.max()));
    }

    private static String number(@Nullable Long value) {
        return value == null ? "–" : "%,d".formatted(value);
    }
}
