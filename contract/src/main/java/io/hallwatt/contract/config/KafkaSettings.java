package io.hallwatt.contract.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to reach Kafka, the same for every stage.
 *
 * @param bootstrapServers {@code host:port,…}
 * @param topicPrefix      what every topic's name starts with
 * @param properties       client properties passed through unchanged: {@code security.protocol}, {@code producer.linger.ms} …
 */
public record KafkaSettings(
        @Doc("Brokers to ask first, host:port, comma between")
        String bootstrapServers,

        @Doc("What every topic's name starts with") String topicPrefix,

        @Doc("Any Kafka client property; producer., consumer., admin. or streams. before it limits it to those")
        Map<String, String> properties) {
    public static final String DEFAULT_PREFIX = "hallwatt.";

    public KafkaSettings {
        properties = Map.copyOf(new TreeMap<>(properties));
        new Faults("kafka")
                .unless(
                        !bootstrapServers.isBlank(),
                        "bootstrap-servers is empty; give the broker's address, as --bootstrap-servers localhost:9092")
                .unless(
                        topicPrefix.matches("[a-z0-9.-]{0,64}"),
                        "topic-prefix \"%s\": lower-case letters, digits, dots and dashes only",
                        topicPrefix)
                .throwIfAny();
    }

    /** The default prefix and nothing passed through. */
    public static KafkaSettings at(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, DEFAULT_PREFIX, Map.of());
    }

    /** Properties for one kind of client: those without a kind, then those of this kind, then {@code bootstrap.servers}. */
    public Map<String, Object> client(Kind kind) {
        Map<String, Object> client = new LinkedHashMap<>();
        properties.forEach((name, value) -> {
            if (Kind.of(name) == null) {
                client.put(name, value);
            }
        });
        properties.forEach((name, value) -> {
            if (Kind.of(name) == kind) {
                client.put(name.substring(kind.prefix().length()), value);
            }
        });
        client.put("bootstrap.servers", bootstrapServers);
        return client;
    }

    /** Kinds of clients. */
    public enum Kind {
        PRODUCER,
        CONSUMER,
        ADMIN,
        STREAMS;

        String prefix() {
            return name().toLowerCase(java.util.Locale.ROOT) + ".";
        }

        static @org.jspecify.annotations.Nullable Kind of(String property) {
            for (Kind kind : values()) {
                if (property.startsWith(kind.prefix())) {
                    return kind;
                }
            }
            return null;
        }
    }
}
