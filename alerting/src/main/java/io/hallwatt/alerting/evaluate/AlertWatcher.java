package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.rule.Rule;
import java.util.List;

/** Told of what the evaluation does, for what is shown of it. */
public interface AlertWatcher {
    /** Nobody looks. */
    AlertWatcher NOBODY = new AlertWatcher() {
        @Override
        public void stands(Alert alert) {}

        @Override
        public void ended(Alert alert) {}

        @Override
        public void limited(Rule rule, String row, int alerts) {}
    };

    /** The alert is new, was taken up from memory, or changed its standing. */
    void stands(Alert alert);

    /** The alert is over; also said of those that memory says ended of late. */
    void ended(Alert alert);

    /** The rule has more alerts in the row than its group's limit allows: it was not evaluated, and its alerts stay as they are. */
    void limited(Rule rule, String row, int alerts);

    /** An alert of the rule fired once too often: it is held firing, or was already. */
    default void flapped(Rule rule) {}

    /** Tells each of them, in this order. */
    static AlertWatcher of(AlertWatcher... watchers) {
        List<AlertWatcher> all = List.of(watchers);
        return new AlertWatcher() {
            @Override
            public void stands(Alert alert) {
                all.forEach(watcher -> watcher.stands(alert));
            }

            @Override
            public void ended(Alert alert) {
                all.forEach(watcher -> watcher.ended(alert));
            }

            @Override
            public void limited(Rule rule, String row, int alerts) {
                all.forEach(watcher -> watcher.limited(rule, row, alerts));
            }

            @Override
            public void flapped(Rule rule) {
                all.forEach(watcher -> watcher.flapped(rule));
            }
        };
    }
}
