package io.hallwatt.app.terminal;

import io.hallwatt.app.summary.Glimpse;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.catalogue.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One moment of a run, in words.
 *
 * @param title            what runs, and where its metrics are
 * @param readingsPerSecond accepted, over the last second or so
 * @param rejected         since the beginning
 * @param lag              records not yet read by aggregate
 */
public record Picture(String title, Glimpse glimpse, double readingsPerSecond, long rejected, long lag) {
    private static final int WORST = 5;
    private static final int MOST_ALERTS = 6;
    private static final double ALARMING = 0.8;

    /** Everything on one line, for logs. */
    String line() {
        return "site %s, IT %s, renewable %s; %s; %d alerts firing"
                .formatted(
                        megawatts(site(Metric.SITE_FACILITY_POWER)),
                        megawatts(site(Metric.SITE_IT_POWER)),
                        percent(site(Metric.SITE_RENEWABLE_SHARE)),
                        flow(),
                        glimpse.firing().size());
    }

    /** A block of at most 80 columns. */
    List<String> lines(Terminal terminal) {
        List<String> lines = new ArrayList<>();
        lines.add(terminal.bold(title));
        lines.add("site    %s   IT %s   ratio %s   renewable %s   grid %s"
                .formatted(
                        megawatts(site(Metric.SITE_FACILITY_POWER)),
                        megawatts(site(Metric.SITE_IT_POWER)),
                        number(site(Metric.SITE_POWER_RATIO), "%.3f"),
                        percent(site(Metric.SITE_RENEWABLE_SHARE)),
                        megawatts(site(Metric.SITE_GRID_IMPORT))));
        lines.add("flow    " + flow());
        lines.add(terminal.faint("        hall        IT power   inlet max   breaker max   racks silent"));
        worst().forEach(hall -> lines.add(hall(hall, terminal)));
        lines.add(alertsInShort(terminal));
        glimpse.firing().stream()
                .sorted(Comparator.comparing(AlertTransition::at).reversed())
                .limit(MOST_ALERTS)
                .forEach(alert -> lines.add(alert(alert, terminal)));
        return lines;
    }

    private String flow() {
        return String.format(Locale.ROOT, "%,.0f readings/s, %,d rejected, lag %,d", readingsPerSecond, rejected, lag);
    }

    private List<HallMetrics> worst() {
        return glimpse.halls().stream()
                .sorted(Comparator.comparingDouble((HallMetrics hall) -> breaker(hall.quantities()))
                        .reversed())
                .limit(WORST)
                .toList();
    }

    private static String hall(HallMetrics hall, Terminal terminal) {
        Quantities quantities = hall.quantities();
        double breaker = breaker(quantities);
        String load = "%11s".formatted(breaker < 0 ? "?" : percent(OptionalDouble.of(breaker)));
        return "        %-8s %11s %11s   %s %14s"
                .formatted(
                        hall.hall().text(),
                        megawatts(quantities.value(Metric.HALL_IT_POWER)),
                        number(quantities.value(Metric.HALL_INLET_MAX), "%.1f °C"),
                        breaker > ALARMING ? terminal.red(load) : load,
                        number(quantities.value(Metric.HALL_RACKS_SILENT), "%.0f"));
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

    private String alertsInShort(Terminal terminal) {
        int firing = glimpse.firing().size();
        String text = firing + " firing";
        return "alerts  " + (firing == 0 ? terminal.green(text) : terminal.yellow(text));
    }

    private static String alert(AlertTransition alert, Terminal terminal) {
        StringBuilder labels = new StringBuilder();
        alert.labels().forEach((name, value) -> {
            if (!name.equals("alertname") && !name.equals("severity")) {
                labels.append(' ').append(name).append('=').append(value);
            }
        });
        String text = "%s%s since %s".formatted(alert.rule(), labels, alert.since());
        String plain = text.replaceAll("\\p{Cntrl}", "?"); // labels come from files of other people
        return "        " + terminal.red(plain.length() > 72 ? plain.substring(0, 71) + "…" : plain);
    }

    private OptionalDouble site(Metric metric) {
        return glimpse.site() == null
                ? OptionalDouble.empty()
                : glimpse.site().quantities().value(metric);
    }

    private static String megawatts(OptionalDouble watts) {
        return watts.isEmpty() ? "?" : String.format(Locale.ROOT, "%.2f MW", watts.getAsDouble() / 1e6);
    }

    private static String percent(OptionalDouble ratio) {
        return ratio.isEmpty() ? "?" : String.format(Locale.ROOT, "%.1f %%", ratio.getAsDouble() * 100);
    }

    private static String number(OptionalDouble value, String form) {
        return value.isEmpty() ? "?" : String.format(Locale.ROOT, form, value.getAsDouble());
    }
}
