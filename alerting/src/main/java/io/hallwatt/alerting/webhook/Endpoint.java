package io.hallwatt.alerting.webhook;

import io.hallwatt.alerting.links.Links;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One webhook: a thread that reads transitions and delivers them, whatever happens, until it is closed. */
final class Endpoint {
    private static final Logger log = LoggerFactory.getLogger(Endpoint.class);

    private final String name;
    private final Delivery delivery;
    private final KafkaSettings kafka;
    private final BooleanSupplier behind;
    private final EndpointMeters meters;
    private final InstantSource clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable KafkaConsumer<String, byte[]> waking;

    Endpoint(
            String name,
            WebhookConfig config,
            Post post,
            Links links,
            KafkaSettings kafka,
            BooleanSupplier behind,
            EndpointMeters meters,
            InstantSource clock) {
        this.name = name;
        this.delivery = new Delivery(name, config, post, links, meters, clock);
        this.kafka = kafka;
        this.behind = behind;
        this.meters = meters;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("webhook " + name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void finish() {
        closed = true;
        closing.countDown();
        KafkaConsumer<String, byte[]> consumer = waking;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    void awaitEnd(Duration longest) throws InterruptedException {
        if (!thread.join(longest)) {
            thread.interrupt(); // what was not committed is posted again by the next start, under the same id
        }
    }

    /** Goes on whatever happens: a webhook that cannot read is no reason to evaluate no rules. */
    private void run() {
        try {
            int failures = 0;
            while (!closed) {
                failures = round() ? 1 : failures + 1;
                closed |= closing.await(waitAfter(failures).toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed by force
        }
    }

    /** One consumer's life; ends with a fault, or when it is closed. Whether it went well before that: then its fault is the first of its kind. */
    private boolean round() {
        boolean well = false;
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            waking = consumer;
            AlertFeed feed = new AlertFeed(consumer, clock.instant(), () -> closed);
            feed.subscribe(Topic.ALERTS.name(kafka.topicPrefix()));
            while (!closed) {
                feed.read(alert -> delivery.deliver(alert, feed));
                delivery.deliverKeptBack(feed, feed.atEnd() && !behind.getAsBoolean());
                well = true;
            }
        } catch (WakeupException e) {
            log.atDebug().addKeyValue("webhook", name).log("Woken, to end");
        } catch (RuntimeException e) {
            meters.failed();
            log.atError()
                    .setCause(e)
                    .addKeyValue("webhook", name)
                    .log("Alerts cannot be read for a webhook: tried again");
        }
        return well;
    }

    private static Duration waitAfter(int failures) {
        return Retry.after(failures, Duration.ZERO, Duration.ofMinutes(1)).orElseThrow();
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> properties = kafka.client(KafkaSettings.Kind.CONSUMER);
        properties.put("group.id", kafka.topicPrefix() + "alerting.webhook." + name);
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        properties.put("allow.auto.create.topics", false);
        properties.put("auto.offset.reset", "earliest"); // what was committed and is deleted since: the oldest left
        properties.put("max.poll.records", 100);
        properties.putIfAbsent("metadata.max.age.ms", 10_000); // until the topic is there
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
