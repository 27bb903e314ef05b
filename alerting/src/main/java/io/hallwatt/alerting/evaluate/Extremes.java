package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.expr.Bound;
import io.hallwatt.contract.catalogue.Metric;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The least and the largest value of each metric in one window. One pass over a metric's series serves all rules on it, and most rules need to know no more
 * (RulesBenchmark: without it, 200 rules on 8,000 racks cost four times as much).
 */
final class Extremes {
    private final Map<Metric, Span> spans = new EnumMap<>(Metric.class);

    /** Another window is looked at from now on. */
    void begin() {
        for (Span span : spans.values()) {
            span.known = false;
        }
    }

    /**
     * Whether any value of the metric may be within all bounds: false is certain, true is not.
     *
     * @param sight the window that was begun with
     */
    boolean mayHold(Sight sight, Metric metric, List<Bound> bounds) {
        Span span = spans.get(metric);
        if (span == null) {
            span = new Span();
            spans.put(metric, span);
        }
        if (!span.known) {
            span.begin();
            sight.each(metric, span);
        }
        if (span.least > span.most) {
            return false; // there is no value
        }
        for (int i = 0; i < bounds.size(); i++) {
            if (!bounds.get(i).mayHold(span.least, span.most)) {
                return false;
            }
        }
        return true;
    }

    private static final class Span implements Sight.Look {
        private boolean known;
        private double least;
        private double most;

        void begin() {
            known = true;
            least = Double.POSITIVE_INFINITY;
            most = Double.NEGATIVE_INFINITY;
        }

        @Override
        public void at(int index, String key, double value) {
            if (value < least) {
                least = value;
            }
            if (value > most) {
                most = value;
            }
        }
    }
}
