package io.hallwatt.alerting.judge;

import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.expr.ExprFault;
import io.hallwatt.alerting.judge.Case.Element;
import io.hallwatt.alerting.judge.Case.Family;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.config.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes up rules of the whole subset, and series that come near their bounds, cross them, reset, and have gaps. All of one seed. */
final class Cases {
    private static final List<Element> ONE = List.of(new Element("", ""));
    private static final List<Element> FEEDS = List.of(new Element("", "A"), new Element("", "B"));
    private static final List<Element> RACKS =
            List.of(new Element("r001", ""), new Element("r002", ""), new Element("r003", ""));
    private static final List<Element> RACK_FEEDS = List.of(
            new Element("r001", "A"), new Element("r001", "B"), new Element("r002", "A"), new Element("r002", "B"));
    private static final List<Family> FAMILIES = List.of(
            new Family(
                    Scope.HALL, List.of(Metric.HALL_IT_POWER, Metric.HALL_COOLING_POWER, Metric.HALL_INLET_MAX), ONE),
            new Family(
                    Scope.HALL,
                    List.of(Metric.HALL_FEED_POWER, Metric.HALL_FEED_LOAD_MAX, Metric.HALL_BREAKER_HEADROOM),
                    FEEDS),
            new Family(Scope.RACK, List.of(Metric.RACK_POWER, Metric.RACK_INLET, Metric.RACK_OUTLET), RACKS),
            new Family(
                    Scope.RACK,
                    List.of(Metric.RACK_FEED_POWER, Metric.RACK_FEED_LOAD, Metric.RACK_FEED_CURRENT),
                    RACK_FEEDS),
            new Family(
                    Scope.SITE,
                    List.of(Metric.SITE_IT_POWER, Metric.SITE_COOLING_POWER, Metric.SITE_GRID_IMPORT),
                    ONE));
    private static final double[] BOUNDS = {0, 1, 2.5, 10, 0.1};
    private static final String[] NUMBERS = {"0", "1", "2", "0.5", "-1", "10", "1e1", "0x2", "3 * 2", "Inf", "2 - -1"};
    private static final String[] COMPARISONS = {">", ">=", "<", "<=", "==", "!="};

    private final Random seeded;
    private final int number;
    private final Resolution resolution;
    private final Family family;
    private final double bound;
    private final Map<Metric, Map<Element, double[]>> series = new LinkedHashMap<>();

    private Cases(int number, long seed, Resolution resolution) {
        this.seeded = new Random(seed);
        this.number = number;
        this.resolution = resolution;
        this.family = FAMILIES.get(seeded.nextInt(FAMILIES.size()));
        this.bound = BOUNDS[seeded.nextInt(BOUNDS.length)];
    }

    static Case of(int number, long seed, Resolution resolution) {
        return new Cases(number, seed, resolution).made(seed);
    }

    private Case made(long seed) {
        String expr = condition(seeded.nextInt(3));
        boolean tells = family.elements().size() == 1 && seeded.nextBoolean();
        List<String> rule = new ArrayList<>();
        rule.add("alert: C%05d".formatted(number));
        rule.add("expr: '%s'".formatted(expr.replace("'", "''")));
        if (seeded.nextInt(3) > 0) {
            rule.add("for: " + windows(seeded.nextInt(5)));
        }
        if (seeded.nextInt(2) > 0) {
            rule.add("keep_firing_for: " + windows(seeded.nextInt(5)));
        }
        if (canBeMissing(expr)) {
            rule.add("on_missing: resolve");
        }
        switch (seeded.nextInt(3)) {
            case 0 ->
                rule.add("labels: {severity: critical, where: '{{ $labels.site }}-{{ $labels.hall }}x'}"
                        .replace(family.scope() == Scope.SITE ? "-{{ $labels.hall }}" : "\0", ""));
            case 1 -> rule.add("labels: {team: \"{{ $labels.site | toUpper }}\", nothing: \"\"}");
            default -> {}
        }
        rule.add("annotations: {summary: '%s of {{ $labels.site }}'}".formatted(tells ? text() : "something"));
        return new Case(number, seed, resolution, family, rule, series, tells);
    }

    private static boolean canBeMissing(String expr) {
        try {
            return Condition.parse(expr).canBeMissing();
        } catch (ExprFault fault) {
            throw new AssertionError(expr + ": " + fault.sentence(), fault);
        }
    }

    private String text() {
        String[] texts = {
            "{{ $value }}",
            "{{ printf \"%.2f\" $value }}",
            "{{ $value | humanize }}",
            "{{ humanizePercentage $value }}",
            "{{ $value | humanize1024 }}B",
            "{{ humanizeDuration $value }}"
        };
        return texts[seeded.nextInt(texts.length)];
    }

    private String windows(int count) {
        return Durations.format(resolution.length().multipliedBy(count));
    }

    /** What lets through only now and then. */
    private String condition(int depth) {
        if (depth > 0 && seeded.nextInt(3) == 0) {
            String[] joins = {"and", "or", "unless"};
            return "(%s) %s (%s)".formatted(condition(depth - 1), joins[seeded.nextInt(3)], condition(depth - 1));
        }
        String comparison = COMPARISONS[seeded.nextInt(COMPARISONS.length)];
        return switch (seeded.nextInt(8)) {
            case 0 -> "%s %s %s".formatted(vector(depth), comparison, vector(depth));
            case 1 -> "%s %s %s".formatted(limit(), comparison, vector(depth));
            case 2 -> "%s %s bool %s == 1".formatted(vector(depth), comparison, limit());
            case 3 -> absence(comparison);
            default -> "%s %s %s".formatted(vector(depth), comparison, limit());
        };
    }

    /** Prometheus gives absence the labels that its matchers name: all of them, where there is one element only. */
    private String absence(String comparison) {
        if (family.elements().size() > 1) {
            return "%s %s %s".formatted(selector(), comparison, limit());
        }
        String name = metric().prometheusName();
        String all = family.scope() == Scope.SITE
                ? "{site=\"s%05d\"}".formatted(number)
                : "{site=\"s1\",hall=\"h%05d\"}".formatted(number);
        return "absent(" + name + all + ")";
    }

    private String limit() {
        return seeded.nextInt(4) > 0 ? Double.toString(bound) : NUMBERS[seeded.nextInt(NUMBERS.length)];
    }

    private String vector(int depth) {
        if (depth == 0) {
            return seeded.nextBoolean() ? range() : selector();
        }
        String number = NUMBERS[seeded.nextInt(NUMBERS.length)];
        return switch (seeded.nextInt(11)) {
            case 0 -> "(%s %s %s)".formatted(vector(depth - 1), arithmetic(), vector(depth - 1));
            case 1 -> "(%s %s %s)".formatted(number, arithmetic(), vector(depth - 1));
            case 2 -> "(%s %s (%s))".formatted(vector(depth - 1), arithmetic(), number);
            case 3 -> "-" + vector(depth - 1);
            case 4 -> "abs(" + vector(depth - 1) + ")";
            case 5 -> "clamp_min(" + vector(depth - 1) + ", " + number + ")";
            case 6 -> "clamp_max(ceil(" + vector(depth - 1) + "), " + number + ")";
            case 7 -> "(" + condition(depth - 1) + ")";
            case 8 -> vector(depth - 1) + " ^ 2";
            default -> vector(0);
        };
    }

    private String arithmetic() {
        String[] operators = {"+", "-", "*", "/", "%"};
        return operators[seeded.nextInt(operators.length)];
    }

    private String range() {
        String[] functions = {
            "avg_over_time",
            "min_over_time",
            "max_over_time",
            "sum_over_time",
            "count_over_time",
            "last_over_time",
            "rate",
            "increase",
            "delta",
            "deriv",
            "predict_linear"
        };
        String function = functions[seeded.nextInt(functions.length)];
        // Ranges are open on the left here and in Prometheus 3, closed in 2.42: a millisecond less holds the same
        // windows in both.
        Duration length =
                resolution.length().multipliedBy(2 + seeded.nextInt(7)).minusMillis(1);
        String more = function.equals("predict_linear")
                ? ", " + 3 * resolution.length().toSeconds()
                : "";
        return "%s(%s[%s]%s)".formatted(function, selector(), Durations.format(length), more);
    }

    private String selector() {
        List<String> matchers = new ArrayList<>();
        matchers.add(
                family.scope() == Scope.SITE
                        ? "site=\"s%05d\"".formatted(number)
                        : "hall=~\"h%05d\"".formatted(number));
        if (family.scope() == Scope.RACK && seeded.nextInt(4) == 0) {
            matchers.add(seeded.nextBoolean() ? "rack!=\"r001\"" : "rack=~\"r00[12]\"");
        }
        boolean feeds = !family.elements().getFirst().key().isEmpty();
        if (feeds && seeded.nextInt(4) == 0) {
            matchers.add(seeded.nextBoolean() ? "feed=\"A\"" : "feed!~\"A|C\"");
        }
        return metric().prometheusName() + "{" + String.join(",", matchers) + "}";
    }

    private Metric metric() {
        Metric metric = family.metrics().get(seeded.nextInt(family.metrics().size()));
        series.computeIfAbsent(metric, m -> {
            Map<Element, double[]> elements = new HashMap<>();
            family.elements().forEach(element -> elements.put(element, values()));
            return new LinkedHashMap<>(elements);
        });
        return metric;
    }

    /** NaN where there is no value. Steps of a quarter: sums of them are exact in any order. */
    private double[] values() {
        double[] values = new double[Case.STEPS];
        int kind = seeded.nextInt(4);
        double value = bound + (seeded.nextInt(9) - 4) * 0.25;
        int gap = 0;
        for (int i = 0; i < values.length; i++) {
            value = switch (kind) {
                case 0 -> bound + (seeded.nextInt(9) - 4) * 0.25;
                case 1 -> value + (seeded.nextInt(3) - 1) * 0.25;
                case 2 -> seeded.nextInt(8) == 0 ? 0 : value + seeded.nextInt(4) * 0.5;
                default -> seeded.nextInt(6) == 0 ? bound + (seeded.nextInt(5) - 2) * 0.25 : value;
            };
            if (gap == 0 && seeded.nextInt(8) == 0) {
                gap = 1 + seeded.nextInt(5);
            }
            values[i] = gap > 0 ? Double.NaN : value;
            gap = Math.max(0, gap - 1);
        }
        return values;
    }
}
