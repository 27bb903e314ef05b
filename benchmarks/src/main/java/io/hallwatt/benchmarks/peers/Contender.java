package io.hallwatt.benchmarks.peers;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Who can be measured on a full topic, beside ingest, which fills it. */
public enum Contender {
    PRODUCER("producer", "kafka-producer-perf-test"),
    CONSUMER("consumer", "kafka-consumer-perf-test"),
    READER("reader", "kafka-consumer-reading-json"),
    DSL("dsl", "kafka-streams-dsl"),
    SAME_METRICS("same-metrics", "kafka-streams-dsl-same-metrics"),
    AGGREGATE("aggregate", "hallwatt-aggregate");

    private final String word;
    private final String title;

    Contender(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** In reports. */
    public String title() {
        return title;
    }

    /** All of them. */
    public static Set<Contender> all() {
        return EnumSet.allOf(Contender.class);
    }

    /**
     * Those of a list as it is typed: {@code dsl,aggregate}.
     *
     * @throws IllegalArgumentException with a sentence, where a word is none of them
     */
    public static Set<Contender> of(String words) {
        Set<Contender> named = EnumSet.noneOf(Contender.class);
        for (String word : words.split(",", -1)) {
            named.add(Arrays.stream(values())
                    .filter(one -> one.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("\"%s\" is no peer; give some of %s"
                            .formatted(
                                    word,
                                    Arrays.stream(values()).map(one -> one.word).collect(Collectors.joining(","))))));
        }
        return named;
    }
}
