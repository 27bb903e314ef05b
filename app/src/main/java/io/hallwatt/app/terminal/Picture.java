package io.hallwatt.app.terminal;

import io.hallwatt.alerting.reload.LiveRules;
import io.hallwatt.app.summary.Glimpse;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.catalogue.Metric;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One moment of a run, in words. Pure.
 *
 * @param title            what runs, and where its metrics are
 * @param zone             the site's: how late it is there
 * @param values           says what alerts' values are of
 * @param refusal          that the alert rules that were read last do not run; absent where they do
 * @param readingsPerSecond accepted, over the last second or so
 * @param rejected         since the beginning
 * @param lag              records not yet read by aggregate
 */
public record Picture(
        String title,
        ZoneId zone,
        AlertValues values,
        LiveRules.@Nullable Refusal refusal,
        Glimpse glimpse,
        double readingsPerSecond,
        long rejected,
        long lag) {
    private static final int WORST = 5;
    /** Rows that a fault of the rules may take. */
    private static final int FAULT_ROWS = 3;

    private static final double ALARMING = 0.8;
    private static final String INDENT = "        ";
    private static final String GAP = "   ";

    /** How a line is shown where there are colours. */
    enum Tone {
        PLAIN,
        BOLD,
        FAINT,
        GREEN,
        YELLOW,
        RED
    }

    /** One row on the screen: text without escape sequences or control characters. */
    record Line(Tone tone, String text) {
        int length() {
            return text.codePointCount(0, text.length());
        }

        Line cut(int width) {
            String shown = text.replaceAll("\\p{Cntrl}", "?"); // names and labels come from files of other people
            if (shown.codePointCount(0, shown.length()) <= width) {
                return new Line(tone, shown);
            }
            return new Line(tone, shown.substring(0, shown.offsetByCodePoints(0, width - 1)) + "…");
        }

        String in(Terminal terminal) {
            return switch (tone) {
                case PLAIN -> text;
                case BOLD -> terminal.bold(text);
                case FAINT -> terminal.faint(text);
                case GREEN -> terminal.green(text);
                case YELLOW -> terminal.yellow(text);
                case RED -> terminal.red(text);
            };
        }
    }

    /** Everything on one line, for logs. */
    String line(Instant now) {
        List<String> parts = new ArrayList<>();
        parts.add("site " + megawatts(site(Metric.SITE_FACILITY_POWER), false));
        parts.add("IT " + megawatts(site(Metric.SITE_IT_POWER), silentRacks() > 0));
        parts.add("renewable " + percent(site(Metric.SITE_RENEWABLE_SHARE)));
        parts.addAll(silence());
        String rules = refusal == null ? "" : "; rules refused since " + UtcTime.text(refusal.since(), now);
        return "%s; %s; %s%s"
                .formatted(String.join(", ", parts), flow(), alerts(now).firing(), rules);
    }

    /** A block that fits into the window, with one row left for the cursor. */
    List<Line> lines(Instant now, WindowSize window) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(Tone.BOLD, title));
        lines.addAll(siteLines(window.columns()));
        lines.add(new Line(Tone.PLAIN, "flow    " + flow()));
        lines.add(new Line(Tone.FAINT, "time    " + UtcTime.withThatOf(zone, now)));
        lines.addAll(refused(now, window.columns()));
        lines.add(new Line(Tone.FAINT, INDENT + "hall        IT power   inlet max   breaker max   racks silent"));
        AlertLines alerts = alerts(now);
        worst(alerts).forEach(hall -> lines.add(hall(hall)));
        int more = glimpse.halls().size() - WORST;
        if (more > 0) {
            lines.add(new Line(
                    Tone.FAINT, INDENT + (more == 1 ? "… and 1 more hall" : "… and %d more halls".formatted(more))));
        }
        lines.addAll(alerts.lines(window.rows() - 1 - lines.size()));
        return lines.stream()
                .limit(Math.max(1, window.rows() - 1))
                .map(line -> line.cut(window.columns()))
                .toList();
    }

    /** On as many rows as they need. */
    private List<Line> siteLines(int width) {
        List<String> parts = new ArrayList<>();
        parts.add(megawatts(site(Metric.SITE_FACILITY_POWER), false));
        parts.add("IT " + megawatts(site(Metric.SITE_IT_POWER), silentRacks() > 0));
        parts.addAll(silence());
        parts.add("ratio " + number(site(Metric.SITE_POWER_RATIO), 1, "%.3f"));
        parts.add("renewable " + percent(site(Metric.SITE_RENEWABLE_SHARE)));
        parts.add("grid " + megawatts(site(Metric.SITE_GRID_IMPORT), false));
        Tone tone = silentRacks() > 0 ? Tone.YELLOW : Tone.PLAIN;
        List<Line> lines = new ArrayList<>();
        StringBuilder row = new StringBuilder("site    ").append(parts.getFirst());
        for (String part : parts.subList(1, parts.size())) {
            if (row.length() + GAP.length() + part.length() > width) {
                lines.add(new Line(tone, row.toString()));
                row = new StringBuilder(INDENT).append(part);
            } else {
                row.append(GAP).append(part);
            }
        }
        lines.add(new Line(tone, row.toString()));
        return lines;
    }

    /** Until good rules are read: whoever edits them looks here, not into the log. */
    private List<Line> refused(Instant now, int width) {
        List<Line> lines = new ArrayList<>();
        if (refusal != null) {
            int faults = refusal.faults().size();
            lines.add(new Line(
                    Tone.RED,
                    "rules   refused since %s, the old ones go on%s"
                            .formatted(
                                    UtcTime.text(refusal.since(), now),
                                    faults == 1 ? ":" : "; the first of %d faults:".formatted(faults))));
            String left = refusal.faults().isEmpty() ? "" : refusal.faults().getFirst();
            int place = Math.max(1, width - INDENT.length());
            while (!left.isEmpty() && lines.size() <= FAULT_ROWS) {
                boolean last = lines.size() == FAULT_ROWS || left.length() <= place;
                int space = left.lastIndexOf(' ', place);
                int end = last ? left.length() : space > 0 ? space : place;
                lines.add(new Line(Tone.RED, INDENT + left.substring(0, end)));
                left = left.substring(end).strip();
            }
        }
        return lines;
    }

    /** What the site's sums lack. */
    private List<String> silence() {
        long racks = silentRacks();
        long halls = glimpse.halls().stream().filter(Picture::allSilent).count();
        List<String> parts = new ArrayList<>();
        if (halls > 0) {
            parts.add(halls == 1 ? "1 hall silent" : halls + " halls silent");
        }
        if (racks > 0) {
            parts.add(racks == 1 ? "1 rack silent" : String.format(Locale.ROOT, "%,d racks silent", racks));
        }
        return parts;
    }

    private long silentRacks() {
        return (long) glimpse.halls().stream().mapToDouble(Picture::silent).sum();
    }

    private static boolean allSilent(HallMetrics hall) {
        OptionalDouble expected = hall.quantities().value(Metric.HALL_RACKS_EXPECTED);
        return expected.isPresent() && expected.getAsDouble() > 0 && silent(hall) >= expected.getAsDouble();
    }

    private static double silent(HallMetrics hall) {
        return hall.quantities().value(Metric.HALL_RACKS_SILENT).orElse(0);
    }

    private String flow() {
        return String.format(Locale.ROOT, "%,.0f readings/s, %,d rejected, lag %,d", readingsPerSecond, rejected, lag);
    }

    private AlertLines alerts(Instant now) {
        return new AlertLines(glimpse, values, now);
    }

    /** What cannot be seen first, then what alerts speak of, then what is loaded most. */
    private List<HallMetrics> worst(AlertLines alerts) {
        return glimpse.halls().stream()
                .sorted(Comparator.comparingDouble(Picture::silent)
                        .thenComparingLong(hall -> alerts.firingIn(hall.hall()))
                        .thenComparingDouble(hall -> breaker(hall.quantities()))
                        .reversed())
                .limit(WORST)
                .toList();
    }

    private static Line hall(HallMetrics hall) {
        Quantities quantities = hall.quantities();
        double breaker = breaker(quantities);
        String text = INDENT
                + "%-8s %11s %11s   %11s %14s"
                        .formatted(
                                hall.hall().text(),
                                megawatts(quantities.get(Metric.HALL_IT_POWER), silent(hall) > 0),
                                number(quantities.get(Metric.HALL_INLET_MAX), 1, "%.1f °C"),
                                breaker < 0 ? "?" : percent(Quantity.measured(breaker)),
                                number(quantities.get(Metric.HALL_RACKS_SILENT), 1, "%.0f"));
        return new Line(breaker > ALARMING || silent(hall) > 0 ? Tone.RED : Tone.PLAIN, text);
    }

    /** Load of the hall's worst breaker; −1 where it is not known. */
    private static double breaker(Quantities quantities) {
        return quantities.of(Metric.HALL_FEED_LOAD_MAX).values().stream()
                .mapToDouble(quantity -> switch (quantity) {
                    case Quantity.Measured measured -> measured.value();
                    case Quantity.Estimated estimated -> estimated.value();
                    case Quantity.Unknown unknown -> -1;
                })
                .max()
                .orElse(-1);
    }

    private @Nullable Quantity site(Metric metric) {
        return glimpse.site() == null ? null : glimpse.site().quantities().get(metric);
    }

    /** @param partial whether what is estimated is a sum of which parts are missing: it is at least that much */
    private static String megawatts(@Nullable Quantity watts, boolean partial) {
        String text = number(watts, 1e-6, "%.2f MW");
        return partial ? text.replace('≈', '≥') : text;
    }

    private static String percent(@Nullable Quantity ratio) {
        return number(ratio, 100, "%.1f %%");
    }

    private static String number(@Nullable Quantity quantity, double factor, String form) {
        return switch (quantity) {
            case null -> "?";
            case Quantity.Measured measured -> String.format(Locale.ROOT, form, measured.value() * factor);
            case Quantity.Estimated estimated -> "≈ " + String.format(Locale.ROOT, form, estimated.value() * factor);
            case Quantity.Unknown unknown -> "?";
        };
    }
}
