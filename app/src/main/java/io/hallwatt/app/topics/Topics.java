package io.hallwatt.app.topics;

import io.hallwatt.app.Unavailable;
import io.hallwatt.app.topics.TopicStep.Change;
import io.hallwatt.app.topics.TopicStep.Conflict;
import io.hallwatt.app.topics.TopicStep.Create;
import io.hallwatt.app.topics.TopicStep.Keep;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.config.Said;
import io.hallwatt.contract.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Makes the topics of the catalogue be what a {@link TopicLayout} says. */
public final class Topics {
    private static final int PATIENCE_SECONDS = 30;
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Admin admin;
    private final String bootstrapServers;
    private final String prefix;

    public Topics(Admin admin, KafkaSettings kafka) {
        this.admin = admin;
        this.bootstrapServers = kafka.bootstrapServers();
        this.prefix = kafka.topicPrefix();
    }

    /** What is to be done, in the catalogue's order; looks only. */
    public List<TopicStep> plan(TopicLayout layout) {
        Map<String, Integer> existing = partitions();
        Map<String, Config> settings = settings(existing.keySet());
        List<TopicStep> steps = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            String name = topic.name(prefix);
            Integer partitions = existing.get(name);
            if (partitions == null) {
                steps.add(new Create(name, layout.partitions(topic), layout.replication(), layout.settings(topic)));
            } else if (partitions != layout.partitions(topic)) {
                steps.add(new Conflict(name, partitions, layout.partitions(topic)));
            } else {
                steps.add(keepOrChange(name, partitions, layout.settings(topic), settings.get(name)));
            }
        }
        return steps;
    }

    /**
     * Does what the plan says; does nothing at all if there is a conflict in it. New topics take records when it returns.
     *
     * @throws InvalidInput with all conflicts
     * @throws Unavailable  if Kafka does not answer
     */
    public void apply(List<TopicStep> plan) {
        List<NewTopic> missing = new ArrayList<>();
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        List<String> conflicts = new ArrayList<>();
        for (TopicStep step : plan) {
            switch (step) {
                case Create create ->
                    missing.add(new NewTopic(create.topic(), create.partitions(), create.replication())
                            .configs(create.settings()));
                case Change change ->
                    changes.put(new ConfigResource(ConfigResource.Type.TOPIC, change.topic()), operations(change.to()));
                case Conflict conflict -> conflicts.add(conflict.sentence());
                case Keep keep -> {}
            }
        }
        if (!conflicts.isEmpty()) {
            throw new InvalidInput(conflicts);
        }
        // Two stages that start together may both create; whoever comes second finds what it wanted.
        for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
            answer(created, TopicExistsException.class);
        }
        answer(admin.incrementalAlterConfigs(changes).all(), null);
        awaitLeaders(missing);
    }

    /**
     * Returns when the leaders of all partitions answer, which they do as soon as they take records. Whoever writes before that, with several requests under way, may have the first refused and a
     * later one taken as the partition's beginning; an idempotent producer then sends the first for ever, and the leader refuses it as out of order.
     */
    private void awaitLeaders(List<NewTopic> topics) {
        long began = System.nanoTime();
        // A broker that has not heard of a topic yet says that there is none.
        while (answer(admin.listOffsets(ends(topics)).all(), UnknownTopicOrPartitionException.class)
                .isEmpty()) {
            if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw away(new TimeoutException("the new topics have no leaders after " + PATIENCE_SECONDS + " s"));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("Interrupted while waiting for the leaders of new topics.", e);
        }
    }

    private static Map<TopicPartition, OffsetSpec> ends(List<NewTopic> topics) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (NewTopic topic : topics) {
            for (int partition = 0; partition < topic.numPartitions(); partition++) {
                ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        return ends;
    }

    private static TopicStep keepOrChange(
            String name, int partitions, Map<String, String> wanted, @Nullable Config actual) {
        Map<String, String> from = new TreeMap<>();
        Map<String, String> to = new TreeMap<>();
        wanted.forEach((setting, value) -> {
            ConfigEntry entry = actual == null ? null : actual.get(setting);
            String is = entry == null || entry.value() == null ? "" : entry.value();
            if (!is.equals(value)) {
                from.put(setting, is);
                to.put(setting, value);
            }
        });
        return to.isEmpty() ? new Keep(name, partitions) : new Change(name, from, to);
    }

    private static List<AlterConfigOp> operations(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                .toList();
    }

    /** Partitions of those topics of the catalogue that are there. */
    private Map<String, Integer> partitions() {
        List<String> names =
                Arrays.stream(Topic.values()).map(topic -> topic.name(prefix)).toList();
        Map<String, Integer> found = new HashMap<>();
        admin.describeTopics(names)
                .topicNameValues()
                .forEach((name, description) -> answer(description, UnknownTopicOrPartitionException.class)
                        .ifPresent(there -> found.put(name, there.partitions().size())));
        return found;
    }

    private Map<String, Config> settings(Collection<String> names) {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Config> settings = new HashMap<>();
        answer(admin.describeConfigs(resources).all(), null)
                .ifPresent(configs -> configs.forEach((resource, config) -> settings.put(resource.name(), config)));
        return settings;
    }

    /** What Kafka answered; empty where it was nothing or the one refusal that is no fault. */
    private <T> Optional<T> answer(KafkaFuture<T> future, @Nullable Class<? extends ApiException> tolerated) {
        try {
            return Optional.ofNullable(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            if (tolerated != null && tolerated.isInstance(e.getCause())) {
                return Optional.empty();
            }
            throw away(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("Interrupted while waiting for Kafka's answer about topics.", e);
        }
    }

    private Unavailable away(Throwable cause) {
        return new Unavailable(
                "Kafka at %s did not do what topics need: %s. Check --bootstrap-servers, and that the broker runs."
                        .formatted(bootstrapServers, Said.by(cause)),
                cause);
    }
}
