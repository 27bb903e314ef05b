package io.hallwatt.app.topics;

import io.hallwatt.app.Unavailable;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.config.Said;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Topic;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The compacted topic that tells every stage which site there is. */
public final class SiteTopic {
    /** Before compression; racks resemble each other, so it shrinks to a few percent. */
    private static final String LARGEST_REQUEST = Integer.toString(16 * 1024 * 1024);

    private SiteTopic() {}

    /**
     * Publishes the site, in place of the one of the same id that was there.
     *
     * @throws Unavailable if Kafka does not take it
     */
    public static void publish(Site site, KafkaSettings kafka) {
        Map<String, Object> properties = kafka.client(KafkaSettings.Kind.PRODUCER);
        properties.put("acks", "all");
        properties.put("compression.type", "lz4");
        properties.put("max.request.size", LARGEST_REQUEST);
        properties.putIfAbsent("max.block.ms", "15000");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topic.SITE.name(kafka.topicPrefix()), site.id().text(), Codecs.SITE.write(site)))
                    .get();
        } catch (ExecutionException e) {
            throw new Unavailable(
                    "Kafka at %s did not take the site %s: %s. Check --bootstrap-servers, and lay out the topics first: hallwatt topics apply."
                            .formatted(
                                    kafka.bootstrapServers(),
                                    site.id().text(),
                                    Said.by(e.getCause() == null ? e : e.getCause())),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("Interrupted while publishing the site.", e);
        }
    }
}
