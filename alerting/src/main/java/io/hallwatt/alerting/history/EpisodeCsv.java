package io.hallwatt.alerting.history;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Episodes as CSV (RFC 4180). Texts that a spreadsheet would take for a formula have an apostrophe before them (OWASP, "CSV Injection"): labels and summaries
 * hold what rule files and devices say.
 */
public final class EpisodeCsv {
    private static final List<String> COLUMNS = List.of(
            "rule",
            "severity",
            "state",
            "site",
            "hall",
            "rack",
            "labels",
            "began",
            "fired",
            "ended",
            "seconds",
            "firingSeconds",
            "ending",
            "highest",
            "lowest",
            "threshold",
            "summary",
            "fingerprint",
            "plannedWork");

    private static final Pattern FORMULA = Pattern.compile("(?s)^[=+\\-@\t\r\n].*");
    private static final Pattern QUOTED = Pattern.compile("(?s).*[\",\r\n].*");

    private EpisodeCsv() {}

    /** Head line and one line an episode, each ended by CR LF. */
    public static String write(List<Episode> episodes, Instant now) {
        StringBuilder csv = new StringBuilder(String.join(",", COLUMNS)).append("\r\n");
        for (Episode episode : episodes) {
            csv.append(String.join(
                            ",",
                            text(episode.rule()),
                            text(episode.label("severity").orElse("")),
                            episode.state().name().toLowerCase(Locale.ROOT),
                            text(episode.label("site").orElse("")),
                            text(episode.label("hall").orElse("")),
                            text(episode.label("rack").orElse("")),
                            text(labels(episode.labels())),
                            episode.began().toString(),
                            plain(episode.firedAt()),
                            plain(episode.ended()),
                            Long.toString(episode.lasted(now).toSeconds()),
                            Long.toString(episode.firedFor(now).toSeconds()),
                            text(episode.ending() == null ? "" : episode.ending()),
                            plain(episode.highest()),
                            plain(episode.lowest()),
                            plain(episode.threshold()),
                            text(episode.annotations().getOrDefault("summary", "")),
                            episode.fingerprint(),
                            text(episode.maintenance() == null ? "" : episode.maintenance())))
                    .append("\r\n");
        }
        return csv.toString();
    }

    private static String labels(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String plain(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String text(String value) {
        String safe = FORMULA.matcher(value).matches() ? "'" + value : value;
        return QUOTED.matcher(safe).matches() ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
