package io.hallwatt.app.terminal;

import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.catalogue.Metric;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Values of alerts as people say them, rounded, with their unit or with what they are of: a transition has the bare number, its rule knows the rest. */
public final class AlertValues {
    /** Ratios that nobody says in per cent. */
    private static final Set<Metric> PLAIN = EnumSet.of(
            Metric.HALL_PARTIAL_PUE,
            Metric.HALL_CER,
            Metric.HALL_COOLING_REDUNDANCY,
            Metric.HALL_RTI,
            Metric.SITE_POWER_RATIO,
            Metric.SITE_PUE);

    private static final Pattern ACRONYMS = Pattern.compile("\\b(pue|cer|rti)\\b");

    private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;

    private final Map<String, Metric> metricOfAlert = new TreeMap<>();

    /** @param rules that run */
    public AlertValues(RuleSet rules) {
        Set<String> several = new HashSet<>();
        for (Rule rule : rules.rules()) {
            Optional<Metric> metric = measured(rule.condition());
            Metric before = metric.isEmpty() ? null : metricOfAlert.put(rule.alert(), metric.get());
            if (metric.isEmpty() || (before != null && before != metric.get())) {
                several.add(rule.alert());
            }
        }
        metricOfAlert.keySet().removeAll(several);
    }

    private static Optional<Metric> measured(Condition condition) {
        return switch (condition) {
            case Condition.Watched watched -> Optional.of(watched.watched());
            case Condition.Computed computed -> computed.formula().measured();
            case Condition.Absence absence -> Optional.empty();
            case Condition.Always always -> Optional.empty();
        };
    }

    /** Empty where it has none; {@code value 3} where it is not known what it is of. */
    public String text(AlertTransition alert) {
        Double value = alert.value();
        if (value == null) {
            return "";
        }
        Metric metric = metricOfAlert.get(alert.rule());
        return metric == null ? "value " + number(value) : text(metric, value);
    }

    private static String text(Metric metric, double value) {
        return switch (metric.unit()) {
            case RATIO -> PLAIN.contains(metric) ? words(metric) + form(" %.2f", value) : form("%.1f %%", value * 100);
            case WATTS -> scaled(value, "W");
            case MILLIWATT_HOURS -> scaled(value / JOULES_PER_KILOWATT_HOUR * 1000, "Wh");
            case CELSIUS -> form("%.1f °C", value);
            case KELVIN -> form("%.1f K", value);
            case AMPERES -> form("%.1f A", value);
            case VOLTS -> form("%.1f V", value);
            case MILLILITRES -> form("%.0f L", value);
            case LITRES_PER_SECOND -> form("%.1f L/s", value);
            case GRAMS_PER_SECOND -> form("%.1f g/s", value);
            case LITRES_PER_KILOWATT_HOUR -> form("%.2f L/kWh", value * JOULES_PER_KILOWATT_HOUR);
            case GRAMS_PER_KILOWATT_HOUR -> form("%.0f g/kWh", value * JOULES_PER_KILOWATT_HOUR);
            case COUNT -> counted(metric, value);
        };
    }

    /** {@code 12 racks silent}. */
    private static String counted(Metric metric, double value) {
        String of = words(metric);
        return number(value) + " " + (value == 1 ? of.replaceAll("\\b(rack|unit)s\\b", "$1") : of);
    }

    /** The metric's Prometheus name, {@code hallwatt_hall_racks_silent}, in words without its scope and unit. */
    private static String words(Metric metric) {
        String name = metric.prometheusName().replaceFirst("^hallwatt_(rack|hall|site)_", "");
        return ACRONYMS.matcher(name.replaceFirst("_ratio$", "").replace('_', ' '))
                .replaceAll(acronym -> acronym.group().toUpperCase(Locale.ROOT));
    }

    private static String scaled(double value, String unit) {
        double size = Math.abs(value);
        return size >= 1e6
                ? form("%.2f M" + unit, value / 1e6)
                : size >= 1e3 ? form("%.1f k" + unit, value / 1e3) : form("%.0f " + unit, value);
    }

    /** Three decimals at most. */
    private static String number(double value) {
        return form("%.3f", value).replaceFirst("\\.?0+$", ""); // there is always a point
    }

    private static String form(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }
}
