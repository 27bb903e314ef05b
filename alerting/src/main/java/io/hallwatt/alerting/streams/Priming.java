package io.hallwatt.alerting.streams;

import io.hallwatt.alerting.evaluate.Evaluation;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.contract.wire.Malformed;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives an evaluation the windows that its ranges look back to, out of the topics that they came from. What is on the heap only would otherwise be forgotten by a
 * restart, and writing it down would cost a changelog as large as the topics. How far each row has been evaluated is written down with the alerts, in one
 * transaction: windows up to there are past, later ones come by themselves.
 */
final class Priming {
    private static final Logger log = LoggerFactory.getLogger(Priming.class);

    /** A row that is further behind the newest is one that fell silent: no range reaches back to its last windows. */
    private static final Duration SILENT = Duration.ofHours(1);

    private final Past past;

    Priming(Past past) {
        this.past = past;
    }

    /** @param partition of all the topics: they have their keys in the same places */
    void prime(Evaluation evaluation, AlertStore store, Map<String, WindowTopic> topics, int partition) {
        topics.forEach((name, topic) -> {
            Duration reach = evaluation.reach(topic.scope(), topic.resolution());
            Map<String, Instant> rows = new HashMap<>(store.evaluatedTo(topic.scope(), topic.resolution()));
            if (reach.isZero() || rows.isEmpty()) {
                return;
            }
            Instant awake = Collections.max(rows.values()).minus(SILENT);
            rows.values().removeIf(evaluated -> evaluated.isBefore(awake));
            // A record's time is within its window: one window more holds those that end right after.
            Instant from = Collections.min(rows.values())
                    .minus(reach)
                    .minus(topic.resolution().length());
            long shown = past.replay(name, partition, from, value -> show(evaluation, topic, value, rows));
            log.atDebug() // one for each topic and partition at every start
                    .addKeyValue("topic", name)
                    .addKeyValue("partition", partition)
                    .addKeyValue("from", from)
                    .addKeyValue("windows", shown)
                    .log("Read the past again that rules with ranges look back to");
        });
    }

    /** @return whether there is a row whose past is not all there yet */
    private static boolean show(Evaluation evaluation, WindowTopic topic, byte[] value, Map<String, Instant> rows) {
        Sight sight;
        try {
            sight = topic.reader().read(value);
        } catch (Malformed e) {
            return true; // was counted and told when it was to be evaluated
        }
        evaluation.prime(sight);
        Instant evaluated = rows.get(sight.row());
        if (evaluated != null && !sight.window().end().isBefore(evaluated)) {
            rows.remove(sight.row());
        }
        return !rows.isEmpty();
    }
}
