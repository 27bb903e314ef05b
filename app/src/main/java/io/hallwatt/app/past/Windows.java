package io.hallwatt.app.past;

import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.Topic;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Closed windows of the past, those that the rules look at, oldest first as far as the sequences they lie in allow. A row's own windows keep the order in
 * which they were published; what rules make of one row does not depend on any other.
 */
public final class Windows {
    private Windows() {}

    /** @throws InvalidInput where a record is no window */
    public static void each(Past past, RuleSet rules, Consumer<Sight> see) {
        since(Instant.EPOCH, past, rules, see);
    }

    /** The same, from some time before {@code from} on; of a partition that has nothing newer, all. */
    public static void since(Instant from, Past past, RuleSet rules, Consumer<Sight> see) {
        PriorityQueue<Sequence> heads = new PriorityQueue<>(Comparator.comparing(
                        (Sequence sequence) -> sequence.head().window().end())
                .thenComparingInt(sequence -> sequence.number));
        int number = 0;
        for (Topic topic : topics(rules)) {
            for (Iterator<byte[]> records : past.sequences(topic, from)) {
                Sequence sequence = new Sequence(topic, number++, records);
                if (sequence.advance()) {
                    heads.add(sequence);
                }
            }
        }
        for (Sequence next = heads.poll(); next != null; next = heads.poll()) {
            see.accept(next.head());
            if (next.advance()) {
                heads.add(next);
            }
        }
    }

    /** Those whose windows a rule is evaluated on. */
    private static Set<Topic> topics(RuleSet rules) {
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        rules.rules().forEach(rule -> topics.add(topic(rule.condition().scope(), rule.resolution())));
        return topics;
    }

    static Topic topic(Scope scope, Resolution resolution) {
        String name = "metrics.%s.%s".formatted(scope.text(), resolution.text());
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.plainName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no topic " + name));
    }

    static Sight read(Topic topic, byte[] record) {
        try {
            return switch (topic) {
                case METRICS_RACK_1S, METRICS_RACK_1M -> Sight.of(Codecs.RACK_FRAME.read(record));
                case METRICS_HALL_1S, METRICS_HALL_1M, METRICS_HALL_15M -> Sight.of(Codecs.HALL_METRICS.read(record));
                case METRICS_SITE_1S, METRICS_SITE_1M, METRICS_SITE_15M -> Sight.of(Codecs.SITE_METRICS.read(record));
                default -> throw new IllegalStateException(topic.plainName());
            };
        } catch (Malformed e) {
            throw new InvalidInput("%s: a record that is no window: %s".formatted(topic.plainName(), e.reason()));
        }
    }

    /** One sequence and the window that is next in it. */
    private static final class Sequence {
        private final Topic topic;
        private final int number;
        private final Iterator<byte[]> records;
        private @Nullable Sight head;

        Sequence(Topic topic, int number, Iterator<byte[]> records) {
            this.topic = topic;
            this.number = number;
            this.records = records;
        }

        boolean advance() {
            head = records.hasNext() ? read(topic, records.next()) : null;
            return head != null;
        }

        Sight head() {
            if (head == null) {
                throw new IllegalStateException("at the end");
            }
            return head;
        }
    }
}
