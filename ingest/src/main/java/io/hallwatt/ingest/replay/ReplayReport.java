package io.hallwatt.ingest.replay;

import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.Rejected;
import io.hallwatt.contract.config.Durations;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Tells a person how a replay goes: each refused line, a summary for each file, and how far it is: a bar on a terminal, else a line every 10 s. */
public final class ReplayReport implements ReplayListener {
    private static final int MOST_LINES_OF_A_FILE = 20;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final Duration BETWEEN_BARS = Duration.ofMillis(200);
    private static final int BAR = 30;

    private final PrintStream out;
    private final boolean terminal;
    private final InstantSource clock;
    private final Instant start;
    private final Map<String, Integer> shown = new HashMap<>();
    private Instant told;
    private boolean barDrawn;

    /** @param terminal whether {@code out} is one: then the bar is drawn over itself */
    public ReplayReport(PrintStream out, boolean terminal, InstantSource clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.start = clock.instant();
        this.told = start;
    }

    @Override
    public void refused(Rejected rejected) {
        String file =
                rejected.origin().substring(0, Math.max(0, rejected.origin().lastIndexOf(':')));
        int lines = shown.merge(file, 1, Integer::sum);
        if (lines <= MOST_LINES_OF_A_FILE) {
            String end = rejected.reason().endsWith(".") ? "" : ".";
            line("%s: refused %s: %s%s".formatted(rejected.origin(), rejected.code(), rejected.reason(), end));
        } else if (lines == MOST_LINES_OF_A_FILE + 1) {
            line("%s: more are refused; the summary counts them, the topic of rejected records holds them all."
                    .formatted(file));
        }
    }

    @Override
    public void progress(Progress progress) {
        Instant now = clock.instant();
        if (Duration.between(told, now).compareTo(terminal ? BETWEEN_BARS : BETWEEN_LINES) < 0) {
            return;
        }
        told = now;
        if (terminal) {
            out.print('\r' + bar(progress.part()) + " " + words(progress, now) + "\u001b[K");
            out.flush();
            barDrawn = true;
        } else {
            line(words(progress, now));
        }
    }

    @Override
    public void ended(FileSummary summary) {
        if (summary.refusedInAll() == 0) {
            line(
                    summary.taken() == 1
                            ? "%s: its one row was taken.".formatted(summary.file())
                            : "%s: all %,d rows were taken.".formatted(summary.file(), summary.taken()));
            return;
        }
        StringBuilder codes = new StringBuilder();
        for (Map.Entry<RejectCode, Long> code : summary.refused().entrySet()) {
            codes.append(codes.isEmpty() ? "" : ", ").append("%,d %s".formatted(code.getValue(), code.getKey()));
        }
        line("%s: refused %s. The other %,d rows were taken.".formatted(summary.file(), codes, summary.taken()));
    }

    private String words(Progress progress, Instant now) {
        double seconds = Math.max(0.001, Duration.between(start, now).toMillis() / 1000.0);
        String left = progress.part() > 0
                ? Durations.format(Duration.ofSeconds(Math.round(seconds / progress.part() * (1 - progress.part()))))
                : "unknown";
        return "%.0f %% · %,d readings · %,.0f/s · %s left"
                .formatted(100 * progress.part(), progress.readings(), progress.readings() / seconds, left);
    }

    private static String bar(double part) {
        int filled = (int) Math.round(BAR * part);
        return "█".repeat(filled) + "░".repeat(BAR - filled);
    }

    private void line(String text) {
        if (barDrawn) {
            out.print("\r\u001b[K");
            barDrawn = false;
        }
        out.println(text);
    }
}
