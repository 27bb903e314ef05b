package io.hallwatt.app.terminal;

import io.hallwatt.app.summary.Glimpse;
import io.hallwatt.app.terminal.Picture.Line;
import io.hallwatt.app.terminal.Picture.Tone;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.HallId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The alerts of one moment in words: what fires, what is about to, what has just ended. A watchdog is none of them: it fires while all is well. Pure. */
final class AlertLines {
    /** Alerts named where there is one line for all. */
    private static final int NAMED = 3;

    private static final List<String> SEVERITIES = List.of("critical", "warning", "info");
    private static final String OF_NO_FAULT = "none";

    private final List<AlertTransition> firing;
    private final List<AlertTransition> pending;
    private final List<AlertTransition> resolved;
    private final boolean watched;
    private final AlertValues values;
    private final Instant now;

    AlertLines(Glimpse glimpse, AlertValues values, Instant now) {
        this.firing = faults(glimpse.firing());
        this.pending = faults(glimpse.pending());
        this.resolved = faults(glimpse.resolved());
        this.watched = glimpse.firing().stream().anyMatch(AlertLines::watchdog);
        this.values = values;
        this.now = now;
    }

    /** {@code 1 alert firing: RackFeedOverload h03/r017 feed A 86.4 % since 12:29:48Z}, the worst of several. */
    String firing() {
        String count = firing.size() == 1 ? "1 alert firing" : firing.size() + " alerts firing";
        if (firing.isEmpty()) {
            return count;
        }
        String named = firing.stream()
                .limit(NAMED)
                .map(alert -> String.join(" ", what(alert)) + " since " + UtcTime.text(alert.since(), now))
                .collect(Collectors.joining(", "));
        int more = firing.size() - NAMED;
        return count + ": " + named + (more > 0 ? " and %d more".formatted(more) : "");
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
                        firing.stream().map(this::firingLine),
                        pending.stream().map(this::pendingLine),
                        resolved.stream().map(this::resolvedLine))
                .flatMap(group -> group)
                .toList();
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(firing.isEmpty() ? Tone.GREEN : Tone.YELLOW, inShort()));
        int places = Math.max(0, rows - 1);
        int shown = all.size() <= places ? all.size() : Math.max(0, places - 1);
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

    private Line firingLine(AlertTransition alert) {
        return line(Tone.RED, severity(alert), alert, "since " + time(alert.since()));
    }

    /** That it does not fire yet comes first: its texts speak as if it did. */
    private Line pendingLine(AlertTransition alert) {
        String since = "since " + time(alert.since()) + ofSeverity(alert);
        Instant fires = alert.fires();
        return line(
                Tone.YELLOW,
                "pending",
                alert,
                fires == null ? since : "fires at " + time(fires) + " if it lasts, " + since);
    }

    private Line resolvedLine(AlertTransition alert) {
        return line(Tone.FAINT, "resolved", alert, "at " + time(alert.at()) + ofSeverity(alert));
    }

    private Line line(Tone tone, String word, AlertTransition alert, String when) {
        return new Line(
                tone, "  %-8s  %s  %s  %s".formatted(word, String.join("  ", what(alert)), when, summary(alert)));
    }

    /** Name, place, and the value where there is one. */
    private List<String> what(AlertTransition alert) {
        String value = values.text(alert);
        List<String> what = new ArrayList<>(List.of(alert.rule(), AlertPlace.of(alert.labels())));
        if (!value.isEmpty()) {
            what.add(value);
        }
        return what;
    }

    private String time(Instant instant) {
        return UtcTime.text(instant, now);
    }

    private static String ofSeverity(AlertTransition alert) {
        return severity(alert).isEmpty() ? "" : ", " + severity(alert);
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
