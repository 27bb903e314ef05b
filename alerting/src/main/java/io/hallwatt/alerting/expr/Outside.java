package io.hallwatt.alerting.expr;

import io.hallwatt.contract.catalogue.Metric;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What PromQL has beyond the subset, and what to write in its place. */
final class Outside {
    static final Set<String> AGGREGATIONS = Set.of(
            "sum",
            "avg",
            "count",
            "min",
            "max",
            "group",
            "stddev",
            "stdvar",
            "topk",
            "bottomk",
            "limitk",
            "limit_ratio",
            "count_values",
            "quantile");

    /** The catalogue's own aggregates, by what would be aggregated and how. */
    private static final Map<String, Metric> AGGREGATED = Map.ofEntries(
            Map.entry("sum RACK_POWER", Metric.HALL_IT_POWER),
            Map.entry("sum RACK_FEED_POWER", Metric.HALL_FEED_POWER),
            Map.entry("max RACK_FEED_LOAD", Metric.HALL_FEED_LOAD_MAX),
            Map.entry("max RACK_FEED_LOSS_LOAD", Metric.HALL_FEED_LOSS_LOAD_MAX),
            Map.entry("avg RACK_INLET", Metric.HALL_INLET_MEAN),
            Map.entry("max RACK_INLET", Metric.HALL_INLET_MAX),
            Map.entry("min RACK_INLET_MIN", Metric.HALL_INLET_MIN),
            Map.entry("quantile RACK_INLET", Metric.HALL_INLET_P95),
            Map.entry("min RACK_BREAKER_HEADROOM", Metric.HALL_BREAKER_HEADROOM),
            Map.entry("sum RACK_FEED_LOSS_HEADROOM", Metric.HALL_RACK_HEADROOM),
            Map.entry("avg RACK_COMPLETENESS", Metric.HALL_COMPLETENESS),
            Map.entry("count RACK_POWER", Metric.HALL_RACKS_REPORTING),
            Map.entry("sum RACK_REPORTING", Metric.HALL_RACKS_REPORTING),
            Map.entry("sum RACK_FEED_LOST", Metric.HALL_FEED_LOST_RACKS),
            Map.entry("avg RACK_FEED_LOST", Metric.HALL_FEED_LOST),
            Map.entry("sum HALL_COOLING_UNIT_FAILED", Metric.HALL_COOLING_UNITS_FAILED),
            Map.entry("sum HALL_IT_POWER", Metric.SITE_IT_POWER),
            Map.entry("sum HALL_IT_ENERGY", Metric.SITE_IT_ENERGY),
            Map.entry("sum HALL_COOLING_POWER", Metric.SITE_COOLING_POWER),
            Map.entry("sum HALL_THERMAL_POWER", Metric.SITE_THERMAL_POWER),
            Map.entry("sum HALL_WATER", Metric.SITE_WATER),
            Map.entry("sum HALL_RACKS_EXPECTED", Metric.SITE_RACKS_EXPECTED),
            Map.entry("sum HALL_RACKS_REPORTING", Metric.SITE_RACKS_REPORTING),
            Map.entry("avg HALL_COMPLETENESS", Metric.SITE_COMPLETENESS));

    private Outside() {}

    /**
     * @param operator in lower case
     * @param of       the metric in its parentheses, as far as one can be seen
     */
    static ExprFault aggregation(int offset, String shown, String operator, Optional<Metric> of) {
        Metric known =
                of.map(metric -> AGGREGATED.get(operator + " " + metric.name())).orElse(null);
        return fault(
                offset,
                shown,
                "rules run on one rack, hall or site at a time; "
                        + (known == null
                                ? "the catalogue's hall and site metrics are the sums and extremes of what is in them"
                                : "the catalogue has " + known.prometheusName()));
    }

    static ExprFault function(int offset, String name) {
        String remedy = switch (name) {
            case "irate", "idelta" -> "write " + name.substring(1) + "(…) over a short range";
            case "absent_over_time" -> "write absent(…) with `for`";
            case "present_over_time" -> "write count_over_time(…) > 0";
            case "changes", "resets", "stddev_over_time", "stdvar_over_time", "quantile_over_time" ->
                "min_over_time(…) and max_over_time(…) of the same range tell its width";
            case "holt_winters", "double_exponential_smoothing" -> "write predict_linear(…) or avg_over_time(…)";
            case "label_replace", "label_join" -> "write the label into the rule's `labels`";
            case "scalar" -> "compare the metrics themselves";
            case "histogram_quantile" -> "the catalogue has no histograms";
            case "time", "timestamp", "minute", "hour", "month", "year", "day_of_week", "day_of_month" ->
                "what depends on the hour of the day is a maintenance window, or a time interval of Alertmanager";
            case "sort", "sort_desc" -> "alerts have no order: leave it out";
            case "round" -> "write floor(… + 0.5)";
            default -> "write it with + - * / % ^, abs, ceil, floor, clamp, clamp_min, clamp_max";
        };
        return fault(offset, name + "(…)", remedy);
    }

    /** What stands after a selector, between or around operators. */
    static ExprFault modifier(int offset, String word) {
        String remedy = switch (word) {
            case "offset", "@" -> "rules look at what is now: delta(…) compares with what was before";
            case "on", "ignoring" -> "both sides have the same labels here, and all of them are matched: leave it out";
            case "group_left", "group_right" -> "metrics of one scope match one to one: compare metrics of one scope";
            case "by", "without" -> "there is nothing to group: leave it out";
            default -> "leave it out";
        };
        return fault(offset, word, remedy);
    }

    /** @param remedy what to write instead, without a full stop */
    static ExprFault fault(int offset, String what, String remedy) {
        return new ExprFault(
                offset, "\"%s\" is PromQL, but outside the subset that runs here: %s".formatted(what, remedy));
    }
}
