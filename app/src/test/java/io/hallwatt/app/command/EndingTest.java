package io.hallwatt.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.app.summary.Summary;
import io.hallwatt.app.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EndingTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void what_was_rejected_is_named_by_code_the_most_frequent_first() {
        int exit = tell(summary(new TreeMap<>(Map.of("UNKNOWN_DEVICE", 180_000L, "BAD_UNIT", 2L)), 0));

        assertThat(exit).isZero();
        assertThat(lines())
                .contains(
                        "readings  sent 180,012 = accepted 10 + rejected 180,002 (UNKNOWN_DEVICE 180,000, BAD_UNIT 2)");
    }

    @Test
    void where_nothing_was_rejected_and_no_hour_was_counted_neither_is_spoken_of() {
        tell(summary(new TreeMap<>(), 0));

        assertThat(lines())
                .contains("readings  sent 10 = accepted 10 + rejected 0")
                .noneMatch(line -> line.startsWith("renewable"));
    }

    @Test
    void what_late_means_and_what_to_do_is_said_where_anything_was() {
        tell(summary(new TreeMap<>(), 0));
        assertThat(lines()).noneMatch(line -> line.startsWith("late"));

        Ending.tell(late(summary(new TreeMap<>(), 0)), true, false, terminal(false));

        assertThat(lines())
                .contains("counted   8 + 0 duplicates + 2 late = 10")
                .anyMatch(line -> line.startsWith("late ") && line.contains("in the energy of the hours"))
                .anyMatch(line -> line.contains("--set aggregate.grace="));
    }

    @Test
    void renewable_hours_are_told_with_both_shares() {
        tell(summary(new TreeMap<>(), 24));

        assertThat(lines())
                .contains("renewable matched 600 mWh of load 1,000 in 24 hours: hourly 60.0 %, annual 75.0 %");
    }

    @Test
    void the_end_is_announced_on_a_line_of_its_own_where_somebody_watches() {
        Ending.announce(terminal(true));

        assertThat(lines()).containsExactly("", "Ending: counting what is under way …");
    }

    @Test
    void the_end_is_announced_without_an_empty_line_in_a_log() {
        Ending.announce(terminal(false));

        assertThat(lines()).containsExactly("Ending: counting what is under way …");
    }

    private int tell(Summary summary) {
        return Ending.tell(summary, true, false, terminal(false));
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private Terminal terminal(boolean interactive) {
        PrintStream stream = new PrintStream(written, true, StandardCharsets.UTF_8);
        return new Terminal(stream, stream, interactive, false);
    }

    private static Summary late(Summary of) {
        return new Summary(
                of.readings(),
                new Summary.Aggregated(8, 0, 2),
                of.energy(),
                of.renewable(),
                of.windows(),
                of.alerts(),
                of.lag(),
                of.latencyMillis(),
                of.startup(),
                of.heapMaxBytes(),
                of.total());
    }

    private static Summary summary(SortedMap<String, Long> rejected, int hours) {
        long sent = 10 + rejected.values().stream().mapToLong(Long::longValue).sum();
        Summary.Aggregated counted = new Summary.Aggregated(10, 0, 0);
        Summary.Renewable renewable = new Summary.Renewable(
                Summary.LoadOf.FACILITY,
                1000,
                750,
                600,
                new BigDecimal("0.600000000000"),
                new BigDecimal("0.750000000000"),
                150,
                400,
                null,
                hours,
                0,
                0,
                hours,
                null,
                null,
                List.of());
        return new Summary(
                new Summary.Readings(sent, 10, rejected),
                counted,
                new Summary.Energy(5, 5, 0, 0),
                renewable,
                Map.of(),
                List.of(),
                new Summary.Lag(0, 0),
                new Summary.Latencies(Summary.Latency.NONE, Summary.Latency.NONE),
                new Summary.Startup(null),
                0,
                counted);
    }
}
