package io.hallwatt.benchmarks.micro;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.evaluate.AlertWatcher;
import io.hallwatt.alerting.evaluate.Evaluation;
import io.hallwatt.alerting.evaluate.HeapMemory;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rules and closed seconds of the reference site's size, made of one real hall's. */
final class ManyRules {
    static final int HALLS = 40;

    private static final SiteId SITE = new SiteId("bench");
    private static final Instant START = Instant.parse("2026-01-15T12:00:00Z");
    /** Seconds that are there before: as far as ranges reach. */
    private static final int PAST = 300;

    private static final double FAR_ABOVE = 1e9;

    private final Evaluation evaluation;
    private final List<HallSeconds> halls = new ArrayList<>();
    private int second = PAST;
    private int told;

    private ManyRules(RuleSet rules, List<HallSeconds> halls) {
        this.halls.addAll(halls);
        HeapMemory memory = new HeapMemory();
        this.evaluation = new Evaluation(rules, memory, new Unwatched());
        for (HallSeconds hall : halls) {
            for (int past = 0; past < PAST; past++) {
                Sight sight = hall.at(past);
                memory.evaluatedTo(
                        sight.scope(),
                        Resolution.SECOND,
                        sight.row(),
                        sight.window().end());
                evaluation.prime(sight);
            }
        }
    }

    /** @param breach percent of the rules (of racks: of the racks) that are in breach all the while */
    static ManyRules of(RulesBenchmark.Of of, RulesBenchmark.Kind kind, int breach) {
        HallSample sample = HallSample.make();
        List<HallSeconds> halls = new ArrayList<>();
        for (int hall = 1; hall <= HALLS; hall++) {
            HallId id = new HallId("h%02d".formatted(hall));
            halls.add(
                    switch (of) {
                        case HALLS -> new OfHall(id, sample.metrics);
                        case RACKS -> new OfRacks(id, sample.frame.racks().size() * breach / 100, sample.frame);
                    });
        }
        Sight calm = switch (of) {
            case HALLS -> Sight.of(sample.metrics);
            case RACKS -> Sight.of(sample.frame);
        };
        int rulesInBreach = of == RulesBenchmark.Of.HALLS ? of.rules * breach / 100 : 0;
        return new ManyRules(RuleSet.read("bench.yaml", text(of, kind, calm, rulesInBreach)), halls);
    }

    /** @return transitions told so far */
    int nextSecond() {
        for (HallSeconds hall : halls) {
            evaluation.close(hall.at(second), transition -> told++);
        }
        second++;
        return told;
    }

    private static String text(RulesBenchmark.Of of, RulesBenchmark.Kind kind, Sight calm, int inBreach) {
        List<Metric> metrics = Arrays.stream(Metric.values())
                .filter(metric -> metric.scope() == calm.scope())
                .filter(metric -> metric.dimensions().size() == (kind == RulesBenchmark.Kind.BY_FEED ? 1 : 0))
                .filter(metric -> !Double.isNaN(most(calm, metric)))
                .toList();
        StringBuilder text = new StringBuilder("groups:\n- name: bench\n  rules:\n");
        for (int i = 0; i < of.rules; i++) {
            Metric a = metrics.get(i % metrics.size());
            Metric b = metrics.get((i + 1) % metrics.size());
            // In breach: below all that there is.
            double limit = i < inBreach ? -FAR_ABOVE : FAR_ABOVE / 2 + i;
            text.append("  - alert: Bench%d%n    expr: '%s'%n".formatted(i, expr(of, kind, i, a, b, limit)));
        }
        return text.toString();
    }

    private static String expr(
            RulesBenchmark.Of of, RulesBenchmark.Kind kind, int i, Metric a, Metric b, double limit) {
        String left = a.prometheusName();
        String right = b.prometheusName();
        return switch (kind) {
            case THRESHOLD, BY_FEED -> "%s > %s".formatted(left, limit);
            case MATCHED ->
                of == RulesBenchmark.Of.HALLS
                        ? "%s{hall=~\"h(0|1|2)[0-9]\"} > %s".formatted(left, limit)
                        : "%s{rack=~\"r(0|1)[0-9]+\"} > %s".formatted(left, limit);
            case COMPUTED ->
                i % 2 == 0
                        ? "%s + 2 * %s > %s".formatted(left, right, limit)
                        : "%s > %s and %s > %s".formatted(left, limit, right, -FAR_ABOVE);
            case RANGE ->
                switch (i % 3) {
                    case 0 -> "avg_over_time(%s[5m]) > %s".formatted(left, limit);
                    case 1 -> "max_over_time(%s[5m]) > %s".formatted(left, limit);
                    default -> "delta(%s[1m]) > %s".formatted(left, limit);
                };
        };
    }

    private static double most(Sight calm, Metric metric) {
        double[] most = {Double.NaN};
        calm.each(metric, (index, key, value) -> {
            most[0] = Double.isNaN(most[0]) ? value : Math.max(most[0], value);
        });
        return most[0];
    }

    private static Window window(int second) {
        return new Window(START.plusSeconds(second), Resolution.SECOND);
    }

    /** The windows of one hall, second by second. */
    private interface HallSeconds {
        Sight at(int second);
    }

    private record OfHall(HallId hall, HallMetrics like) implements HallSeconds {
        @Override
        public Sight at(int second) {
            return Sight.of(new HallMetrics(SITE, hall, window(second), 0, like.completeness(), like.quantities()));
        }
    }

    /** The first racks in breach of everything. */
    private record OfRacks(HallId hall, Map<RackFrame.Column, double[]> columns, RackFrame like)
            implements HallSeconds {
        OfRacks(HallId hall, int inBreach, RackFrame like) {
            this(hall, new TreeMap<>(like.columns()), like);
            columns.replaceAll((column, values) -> {
                double[] changed = values.clone();
                Arrays.fill(changed, 0, inBreach, FAR_ABOVE);
                return changed;
            });
        }

        @Override
        public Sight at(int second) {
            return Sight.of(new RackFrame(SITE, hall, window(second), 0, like.racks(), columns));
        }
    }

    private static final class Unwatched implements AlertWatcher {
        @Override
        public void stands(Alert alert) {}

        @Override
        public void ended(Alert alert) {}

        @Override
        public void limited(Rule rule, String row, int alerts) {}
    }
}
