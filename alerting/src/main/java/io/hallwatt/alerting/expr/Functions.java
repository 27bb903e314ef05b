package io.hallwatt.alerting.expr;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of PromQL's functions (prometheus/prometheus docs/querying/functions.md), so that those outside the subset are told from typing errors. */
final class Functions {
    static final Set<String> PROMQL = Set.of(
            "abs",
            "absent",
            "absent_over_time",
            "avg_over_time",
            "ceil",
            "changes",
            "clamp",
            "clamp_max",
            "clamp_min",
            "count_over_time",
            "day_of_month",
            "day_of_week",
            "day_of_year",
            "days_in_month",
            "delta",
            "deriv",
            "exp",
            "floor",
            "histogram_quantile",
            "holt_winters",
            "double_exponential_smoothing",
            "hour",
            "idelta",
            "increase",
            "irate",
            "label_join",
            "label_replace",
            "last_over_time",
            "ln",
            "log10",
            "log2",
            "max_over_time",
            "min_over_time",
            "minute",
            "month",
            "predict_linear",
            "present_over_time",
            "quantile_over_time",
            "rate",
            "resets",
            "round",
            "scalar",
            "sgn",
            "sort",
            "sort_desc",
            "sqrt",
            "stddev_over_time",
            "stdvar_over_time",
            "sum_over_time",
            "time",
            "timestamp",
            "vector",
            "year");

    /** Those of the subset. */
    static final Set<String> HERE = Stream.of(
                    Stream.of("absent", "vector"),
                    Arrays.stream(RangeFunction.values()).map(RangeFunction::text),
                    Arrays.stream(ElementFunction.values()).map(ElementFunction::text))
            .flatMap(names -> names)
            .collect(Collectors.toUnmodifiableSet());

    private Functions() {}
}
