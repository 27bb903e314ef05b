package io.hallwatt.ingest.publish;

import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.config.Said;
import io.hallwatt.contract.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * Whether the topics are there and keep what is about to come. Kafka deletes by a record's own time: last year's readings in a topic that keeps seven days
 * are gone within minutes, without a word; so it is asked before the first one is sent.
 */
public final class RetentionCheck {
    private static final int PATIENCE_MILLIS = 30_000;

    private final KafkaSettings kafka;

    public RetentionCheck(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * @throws InvalidInput  naming each topic that ingest writes to and that does not exist
     * @throws PublishFailed if Kafka does not answer
     */
    public void requireTopics() throws InterruptedException {
        try (Admin admin = admin()) {
            Set<String> existing = admin.listTopics().names().get();
            Faults faults = new Faults("kafka");
            List<Topic> written = new ArrayList<>(Publisher.READINGS);
            written.add(Topic.READINGS_REJECTED);
            for (Topic topic : written) {
                String name = topic.name(kafka.topicPrefix());
                faults.unless(
                        existing.contains(name),
                        "topic %s does not exist at %s; create the topics first (hallwatt topics apply)",
                        name,
                        kafka.bootstrapServers());
            }
            faults.throwIfAny();
        } catch (ExecutionException e) {
            throw unanswered(e);
        }
    }

    /**
     * @param oldest event time of the first reading
     * @throws InvalidInput  naming each topic that would not keep a record of that time, and how to mend it
     * @throws PublishFailed if Kafka does not answer
     */
    public void requireKept(Instant oldest, Instant now) throws InterruptedException {
        try (Admin admin = admin()) {
            Set<String> existing = admin.listTopics().names().get();
            Collection<ConfigResource> asked = Arrays.stream(Topic.values())
                    // Refused records carry the time of their refusal.
                    .filter(topic -> topic.cleanup() == Topic.Cleanup.DELETE && topic != Topic.READINGS_REJECTED)
                    .map(topic -> topic.name(kafka.topicPrefix()))
                    .filter(existing::contains)
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList();
            Map<ConfigResource, Config> configs =
                    admin.describeConfigs(asked).all().get();
            Faults faults = new Faults("kafka");
            for (ConfigResource topic : asked) {
                check(topic.name(), TopicTimes.of(configs.get(topic)), oldest, now, faults);
            }
            faults.throwIfAny();
        } catch (ExecutionException e) {
            throw unanswered(e);
        }
    }

    /** Pure: what one topic's settings do to records of that time. */
    static void check(String topic, TopicTimes times, Instant oldest, Instant now, Faults faults) {
        Duration age = Duration.between(oldest, now);
        faults.unless(
                !times.deletes() || times.retentionMillis() < 0 || age.toMillis() < times.retentionMillis(),
                "topic %s keeps %s (retention.ms=%d), but the first reading is of %s, %s ago: Kafka would delete it unseen. Set retention.ms=-1 on it (bound it by retention.bytes), or use topics of another prefix",
                topic,
                Durations.format(Duration.ofMillis(Math.max(0, times.retentionMillis()))),
                times.retentionMillis(),
                oldest,
                Durations.format(age.isNegative() ? Duration.ZERO : age));
        faults.unless(
                age.toMillis() < times.oldestTakenMillis(),
                "topic %s takes records of at most %s of age (message.timestamp.before.max.ms=%d), but the first reading is of %s. Set it higher",
                topic,
                Durations.format(Duration.ofMillis(times.oldestTakenMillis())),
                times.oldestTakenMillis(),
                oldest);
        faults.unless(
                !times.logAppendTime(),
                "topic %s replaces event times by the time of arrival (message.timestamp.type=LogAppendTime). Set it to CreateTime",
                topic);
    }

    /** What of a topic's settings concerns time. */
    record TopicTimes(boolean deletes, long retentionMillis, long oldestTakenMillis, boolean logAppendTime) {
        static TopicTimes of(@Nullable Config config) {
            return new TopicTimes(
                    text(config, TopicConfig.CLEANUP_POLICY_CONFIG, "delete").contains("delete"),
                    Long.parseLong(text(config, TopicConfig.RETENTION_MS_CONFIG, "-1")),
                    Long.parseLong(text(
                            config, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE))),
                    text(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime")
                            .equals("LogAppendTime"));
        }

        private static String text(@Nullable Config config, String name, String standIn) {
            ConfigEntry entry = config == null ? null : config.get(name);
            String value = entry == null ? null : entry.value();
            return value == null ? standIn : value;
        }
    }

    private Admin admin() {
        Map<String, Object> settings = kafka.client(KafkaSettings.Kind.ADMIN);
        settings.putIfAbsent("default.api.timeout.ms", PATIENCE_MILLIS);
        settings.putIfAbsent("request.timeout.ms", PATIENCE_MILLIS / 3);
        return Admin.create(settings);
    }

    private PublishFailed unanswered(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new PublishFailed(
                "Kafka at %s did not say which topics it has: %s. Check that it runs and that --bootstrap-servers names it"
                        .formatted(kafka.bootstrapServers(), Said.by(cause)),
                cause);
    }
}
