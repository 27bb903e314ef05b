package io.hallwatt.alerting.webhook;

import io.hallwatt.alerting.links.Links;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One webhook: a thread that reads transitions, posts each until it is accepted or given up, and commits what is done with. */
final class Endpoint {
    private static final Logger log = LoggerFactory.getLogger(Endpoint.class);
    /** Whoever does not ask Kafka for longer than max.poll.interval.ms (5 min) counts as dead. */
    private static final Duration LONGEST_TURN = Duration.ofMinutes(1);

    private static final Duration POLL = Duration.ofMillis(500);
    /** A new group begins with what happened about now, not with the topic's 400 days. */
    private static final Duration LOOK_BACK = Duration.ofMinutes(1);

    private final String name;
    private final WebhookConfig config;
    private final Post post;
    private final Links links;
    private final KafkaSettings kafka;
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
            EndpointMeters meters,
            InstantSource clock) {
        this.name = name;
        this.config = config;
        this.post = post;
        this.links = links;
        this.kafka = kafka;
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

    /** Ends with a fault, or when it is closed. Whether it went well before that: then its fault is the first of its kind. */
    private boolean round() {
        boolean well = false;
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            waking = consumer;
            Round round = new Round(consumer);
            round.subscribe();
            while (!closed) {
                round.turn();
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

    /** Whether this is one of the transitions that are told. */
    private boolean told(AlertTransition transition) {
        return switch (config.tell()) {
            case ALL -> transition.audible();
            case ENDS -> transition.beginsOrEnds();
        };
    }

    private Outcome attempt(AlertTransition transition) {
        byte[] body = Payload.write(transition, name, links, clock.instant());
        long began = System.nanoTime();
        Outcome outcome = post.send(
                body,
                Map.of(
                        Signature.HEADER,
                        Signature.of(body, config.secret()),
                        "X-Hallwatt-Delivery",
                        DeliveryId.of(transition).toString(),
                        "User-Agent",
                        "Hallwatt"));
        meters.latency(System.nanoTime() - began);
        return outcome;
    }

    /** One consumer's life. */
    private final class Round implements ConsumerRebalanceListener {
        private final KafkaConsumer<String, byte[]> consumer;
        private final Instant begun = clock.instant();
        /** Where to go on, by partition; of partitions that are ours. */
        private final Map<TopicPartition, Long> done = new HashMap<>();

        /** What is left of the records at hand is to be read again: a partition came or went, or they took too long. */
        private boolean reread;

        Round(KafkaConsumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        void subscribe() {
            consumer.subscribe(List.of(Topic.ALERTS.name(kafka.topicPrefix())), this);
        }

        void turn() {
            reread = false;
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            long began = System.nanoTime();
            for (ConsumerRecord<String, byte[]> record : records) {
                if (closed || reread || !handle(record)) {
                    break; // what is left is read again, by us or by who has the partition now
                }
                done.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                reread |= System.nanoTime() - began > LONGEST_TURN.toNanos();
            }
            commit();
            if (reread) {
                seekToDone();
            }
        }

        /** False if it was neither delivered nor given up. */
        private boolean handle(ConsumerRecord<String, byte[]> record) {
            AlertTransition transition;
            try {
                transition = Codecs.ALERT_TRANSITION.read(record.value());
            } catch (Malformed e) {
                log.atWarn()
                        .addKeyValue("partition", record.partition())
                        .addKeyValue("offset", record.offset())
                        .addKeyValue("reason", e.reason())
                        .log("A record on the alerts topic is no transition: passed over");
                return true;
            }
            return !told(transition) || deliver(transition, record);
        }

        private boolean deliver(AlertTransition transition, ConsumerRecord<String, byte[]> record) {
            long began = System.nanoTime();
            for (int failures = 1; !closed && !reread; failures++) {
                switch (attempt(transition)) {
                    case Outcome.Accepted accepted -> {
                        meters.delivered();
                        return true;
                    }
                    case Outcome.Rejected rejected -> {
                        meters.failed();
                        giveUp(transition, record, rejected.why());
                        return true;
                    }
                    case Outcome.TryAgain again -> {
                        meters.failed();
                        Duration spent = Duration.ofNanos(System.nanoTime() - began);
                        Optional<Duration> wait = Retry.after(failures, spent, config.giveUpAfter());
                        if (wait.isEmpty()) {
                            giveUp(transition, record, again.why());
                            return true;
                        }
                        if (failures == 1) {
                            log.atWarn()
                                    .addKeyValue("webhook", name)
                                    .addKeyValue("why", again.why())
                                    .log("A webhook does not accept posts: tried again");
                        }
                        await(wait.get());
                    }
                }
            }
            return false;
        }

        /** Stays a member of the group meanwhile: polls, and gets nothing. */
        private void await(Duration wait) {
            commit();
            long end = System.nanoTime() + wait.toNanos();
            consumer.pause(consumer.assignment());
            for (long left = wait.toNanos(); left > 0 && !closed && !reread; left = end - System.nanoTime()) {
                Duration part = Duration.ofNanos(left);
                int records =
                        consumer.poll(part.compareTo(POLL) < 0 ? part : POLL).count();
                reread |= records > 0; // of a partition that came meanwhile: to be read again, in its turn
                consumer.pause(consumer.assignment());
            }
            consumer.resume(consumer.assignment());
        }

        private void giveUp(AlertTransition transition, ConsumerRecord<String, byte[]> record, String why) {
            meters.givenUp();
            log.atError()
                    .addKeyValue("webhook", name)
                    .addKeyValue("why", why)
                    .addKeyValue("alertname", transition.rule())
                    .addKeyValue("fingerprint", transition.fingerprint())
                    .addKeyValue("to", transition.to())
                    .addKeyValue("at", transition.at())
                    .addKeyValue("delivery", DeliveryId.of(transition))
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log(
                            "A transition could not be delivered to a webhook and is given up; it stays on the alerts topic");
        }

        private void commit() {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            done.forEach((partition, next) -> offsets.put(partition, new OffsetAndMetadata(next)));
            if (!offsets.isEmpty()) {
                consumer.commitSync(offsets);
            }
        }

        private void seekToDone() {
            for (TopicPartition partition : consumer.assignment()) {
                Long next = done.get(partition);
                if (next != null) {
                    consumer.seek(partition, next);
                }
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(assigned));
            Map<TopicPartition, Long> fresh = new HashMap<>();
            for (TopicPartition partition : assigned) {
                OffsetAndMetadata offset = committed.get(partition);
                if (offset == null) {
                    fresh.put(partition, begun.minus(LOOK_BACK).toEpochMilli());
                } else {
                    done.put(partition, offset.offset());
                }
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(fresh.keySet());
            consumer.offsetsForTimes(fresh).forEach((partition, found) -> {
                long first = start(found, ends.getOrDefault(partition, 0L));
                done.put(partition, first);
                consumer.seek(partition, first);
            });
        }

        private static long start(@Nullable OffsetAndTimestamp found, long end) {
            return found == null ? end : found.offset();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            reread |= !revoked.isEmpty();
            commit();
            done.keySet().removeAll(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            reread = true;
            done.keySet().removeAll(lost);
        }
    }
}
