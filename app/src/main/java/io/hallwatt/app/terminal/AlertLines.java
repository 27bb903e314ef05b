package io.hallwatt.app.terminal;

import io.hallwatt.app.summary.Glimpse;
import io.hallwatt.app.terminal.Picture.Line;
import io.hallwatt.app.terminal.Picture.Tone;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.HallId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The alerts of one moment in words: what fires, what is about to, what has just ended. A watchdog is none of them: it fires while all is well. Pure. */
final class AlertLines {
    private static final int MOST = 8;
    private static final List<String> SEVERITIES = List.of("critical", "warning", "info");
    private static final String OF_NO_FAULT = "none";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ssXXX", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssXXX", Locale.ROOT);

    private final List<AlertTransition> firing;
    private final List<AlertTransition> pending;
    private final List<AlertTransition> resolved;
    private final boolean watched;
    private final AlertValues values;
    private final ZoneId zone;
    private final Instant now;

    AlertLines(Glimpse glimpse, AlertValues values, ZoneId zone, Instant now) {
        this.firing = faults(glimpse.firing());
        this.pending = faults(glimpse.pending());
        this.resolved = faults(glimpse.resolved());
        this.watched = glimpse.firing().stream().anyMatch(AlertLines::watchdog);
        this.values = values;
        this.zone = zone;
        this.now = now;
    }

    /** {@code 1 alert firing}. */
    String firing() {
        return firing.size() == 1 ? "1 alert firing" : firing.size() + " alerts firing";
    }

    long firingIn(HallId hall) {
        return firing.stream()
                .filter(alert -> hall.text().equals(alert.labels().get("hall")))
                .count();
    }

    /**
     * One line of counts, then the alerts; those that have no place are counted, so that lines and count add up to the first line's.
     *
     * @param rows that there is place for
     */
    List<Line> lines(int rows) {
        List<Line> all = Stream.of(
                        firing.stream().map(alert -> line(Tone.RED, alert, "since", alert.since())),
                        pending.stream().map(alert -> line(Tone.YELLOW, alert, "pending since", alert.since())),
                        resolved.stream().map(alert -> line(Tone.FAINT, alert, "resolved", alert.at())))
                .flatMap(group -> group)
                .toList();
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(firing.isEmpty() ? Tone.GREEN : Tone.YELLOW, inShort()));
        int places = Math.max(0, rows - 1);
        int shown = all.size() <= Math.min(MOST, places) ? all.size() : Math.min(MOST, Math.max(0, places - 1));
        lines.addAll(all.subList(0, shown));
        if (shown < all.size()) {
            lines.add(new Line(Tone.FAINT, "  … and %d more".formatted(all.size() - shown)));
        }
        return lines;
    }

    private String inShort() {
        StringBuilder text = new StringBuilder("alerts  ").append(firing.size()).append(" firing");
        if (!pending.isEmpty()) {
            text.append(", ").append(pending.size()).append(" pending");
        }
        if (!resolved.isEmpty()) {
            text.append(", ").append(resolved.size()).append(" just resolved");
        }
        return text.append(watched ? ", watchdog ok" : "").toString();
    }

    private Line line(Tone tone, AlertTransition alert, String word, Instant at) {
        StringBuilder text = new StringBuilder("  %-8s  %s".formatted(severity(alert), AlertPlace.of(alert.labels())));
        String value = values.text(alert);
        if (!value.isEmpty()) {
            text.append("  ").append(value);
        }
        text.append("  ").append(word).append(' ').append(time(at));
        return new Line(tone, text.append("  ").append(summary(alert)).toString());
    }

    /** By the site's clock, which says how far from UTC it is; of another day with the date. */
    private String time(Instant instant) {
        ZonedDateTime at = instant.atZone(zone);
        boolean today = at.toLocalDate().equals(now.atZone(zone).toLocalDate());
        return at.format(today ? TIME : DAY_AND_TIME);
    }

    private static String summary(AlertTransition alert) {
        return alert.annotations().getOrDefault("summary", alert.rule());
    }

    private static String severity(AlertTransition alert) {
        return alert.labels().getOrDefault("severity", "");
    }

    private static boolean watchdog(AlertTransition alert) {
        return severity(alert).equals(OF_NO_FAULT) && !alert.labels().containsKey("hall");
    }

    /** The worst first, then the newest. */
    private static List<AlertTransition> faults(List<AlertTransition> alerts) {
        return alerts.stream()
                .filter(alert -> !watchdog(alert))
                .sorted(Comparator.comparingInt(AlertLines::rank)
                        .thenComparing(Comparator.comparing(AlertTransition::at).reversed()))
                .toList();
    }

    private static int rank(AlertTransition alert) {
        int known = SEVERITIES.indexOf(severity(alert));
        return known < 0 ? SEVERITIES.size() : known;
    }
}
