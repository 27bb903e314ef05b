package io.hallwatt.benchmarks.pipeline;

import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.app.broker.EmbeddedBroker;
import io.hallwatt.app.topics.SiteTopic;
import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.app.topics.Topics;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Site;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** The broker of a run: one inside this process, or one that runs elsewhere, from which everything is removed again. */
public final class KafkaUnderTest implements AutoCloseable {
    private final @Nullable EmbeddedBroker broker;
    private final String bootstrapServers;
    private final String name;

    private KafkaUnderTest(@Nullable EmbeddedBroker broker, String bootstrapServers, String name) {
        this.broker = broker;
        this.bootstrapServers = bootstrapServers;
        this.name = name;
    }

    public static KafkaUnderTest embedded(Path directory, String name) {
        EmbeddedBroker broker = EmbeddedBroker.start(directory);
        return new KafkaUnderTest(broker, broker.bootstrapServers(), name);
    }

    /** @param name what everything that is made there starts with */
    public static KafkaUnderTest elsewhere(String bootstrapServers, String name) {
        return new KafkaUnderTest(null, bootstrapServers, name);
    }

    public boolean isEmbedded() {
        return broker != null;
    }

    /** Of this run: groups and topics start with it. */
    public String name() {
        return name;
    }

    /**
     * Settings for topics of their own.
     *
     * @param part of the run, as {@code live}
     */
    public KafkaSettings settings(String part) {
        return new KafkaSettings(bootstrapServers, "%s.%s.".formatted(name, part), Map.of());
    }

    /**
     * The same under a name of its own: on a Kafka that runs elsewhere there may be a real one.
     *
     * @param part of the run, as {@code live}
     */
    public AggregateConfig named(AggregateConfig config, String part) {
        return new AggregateConfig(
                "hallwatt-aggregate-%s-%s".formatted(name, part),
                config.instanceId(),
                config.stateDir(),
                config.threads(),
                config.grace(),
                config.idleLimit(),
                config.ledgerGrace(),
                config.wallClock(),
                config.commitInterval());
    }

    /** Lays out all topics and publishes the site. */
    public void layOut(KafkaSettings settings, TopicLayout layout, Site site) {
        try (Admin admin = admin()) {
            Topics topics = new Topics(admin, settings);
            topics.apply(topics.plan(layout));
        }
        SiteTopic.publish(site, settings);
    }

    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** Stops the embedded broker; removes from another what this run made there. */
    @Override
    public void close() {
        if (broker != null) {
            broker.close();
            return;
        }
        try (Admin admin = admin()) {
            Pattern ours = Pattern.compile("(.*[-.])?" + Pattern.quote(name) + "[-.].*");
            admin.deleteTopics(admin.listTopics().names().get().stream()
                            .filter(topic -> ours.matcher(topic).matches())
                            .toList())
                    .all()
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("topics of %s could not be removed: %s".formatted(name, e.getCause()), e);
        }
    }
}
