package io.hallwatt.app.pipeline;

import io.hallwatt.app.broker.EmbeddedBroker;
import io.hallwatt.app.topics.SiteTopic;
import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.app.topics.Topics;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Site;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/** The embedded broker with Hallwatt's topics and a site on it: all that stages need. */
public final class LocalKafka implements AutoCloseable {
    /** One process is all there is: what its predecessor left open need not be waited for long. */
    private static final Map<String, String> QUICKLY_BACK = Map.of(
            "streams.session.timeout.ms", "3000",
            "streams.heartbeat.interval.ms", "1000",
            "streams.producer.transaction.timeout.ms", "10000");

    private final EmbeddedBroker broker;
    private final KafkaSettings settings;

    private LocalKafka(EmbeddedBroker broker, KafkaSettings settings) {
        this.broker = broker;
        this.settings = settings;
    }

    /**
     * Starts the broker, lays out the topics and publishes the site.
     *
     * @param site asked for after the broker has started, so that it may be read meanwhile
     * @throws io.hallwatt.app.Unavailable if the directory cannot be used
     */
    public static LocalKafka start(Path directory, TopicLayout layout, Supplier<Site> site) {
        boolean again = EmbeddedBroker.hasRunIn(directory);
        EmbeddedBroker broker = EmbeddedBroker.start(directory);
        try {
            KafkaSettings settings =
                    new KafkaSettings(broker.bootstrapServers(), KafkaSettings.DEFAULT_PREFIX, QUICKLY_BACK);
            try (Admin admin = Admin.create(settings.client(KafkaSettings.Kind.ADMIN))) {
                Topics topics = new Topics(admin, settings);
                topics.apply(topics.plan(layout));
                SiteTopic.publish(site.get(), settings);
                if (again) { // by now the broker knows of its own topics, and so of what is open on them
                    OpenTransactions.abort(admin);
                }
            }
            return new LocalKafka(broker, settings);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    public KafkaSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        broker.close();
    }
}
