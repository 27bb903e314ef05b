package io.hallwatt.app.topics;

import io.hallwatt.contract.config.Count;
import java.util.Map;

/** What is to be done about one topic. */
public sealed interface TopicStep {
    /** The full name, with prefix. */
    String topic();

    /** It is not there. */
    record Create(String topic, int partitions, short replication, Map<String, String> settings) implements TopicStep {
        public Create {
            settings = Map.copyOf(settings);
        }
    }

    /** It is there and as it should be. */
    record Keep(String topic, int partitions) implements TopicStep {}

    /**
     * It is there with other settings.
     *
     * @param from the settings that differ, as they are
     * @param to   the same, as they should be
     */
    record Change(String topic, Map<String, String> from, Map<String, String> to) implements TopicStep {
        public Change {
            from = Map.copyOf(from);
            to = Map.copyOf(to);
        }
    }

    /** It is there with another number of partitions: keys would move, so nothing here may change it. */
    record Conflict(String topic, int partitions, int wanted) implements TopicStep {
        /** For a person: both values, and the two ways out. */
        public String sentence() {
            return "%s has %s, %d wanted. Partitions of a topic in use cannot change without moving its keys: ask for %d, or choose another --topic-prefix."
                    .formatted(topic, Count.of(partitions, "partition"), wanted, partitions);
        }
    }
}
