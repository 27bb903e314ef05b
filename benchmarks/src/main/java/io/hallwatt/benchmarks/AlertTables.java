package io.hallwatt.benchmarks;

import io.hallwatt.app.summary.Summary.Latency;
import io.hallwatt.app.terminal.Terminal;
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
        terminal.say("/metrics  %s; %.1f MB at most, %,d refused"
                .formatted(millis(result.scrapeMillis()), result.pageBytes() / MEGABYTE, result.refused()));
        terminal.say("heap      %.0f MB before, after each storm %s MB (after collections)"
                .formatted(
                        result.heapBeforeBytes() / MEGABYTE,
                        result.heapAfterBytes().stream()
                                .map(bytes -> "%.0f".formatted(bytes / MEGABYTE))
                                .collect(Collectors.joining(", "))));
    }

    private static String millis(Latency latency) {
        return "p50 %s, p99 %s, max %s ms"
                .formatted(number(latency.p50()), number(latency.p99()), number(latency.max()));
    }

    private static String number(@Nullable Long value) {
        return value == null ? "–" : "%,d".formatted(value);
    }
}
