package io.hallwatt.ingest.publish;

import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.ingest.IngestConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer that waits: while Kafka is away or its buffer is full, {@link #send} does not return, and so the source is held back. What Kafka refuses for
 * good stops the next call. One thread sends.
 */
final class PatientSender implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PatientSender.class);

    private static final Duration LOOK = Duration.ofMillis(1);
    private static final Duration LONG_WAIT = Duration.ofSeconds(2);

    private final KafkaProducer<byte[], byte[]> producer;
    /** Records sent and not yet acknowledged or refused. */
    private final AtomicLong underWay = new AtomicLong();

    private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();

    /** The thread that is inside {@link #send} at this moment. */
    private volatile @Nullable Thread sending;

    /** Set by the producer inside {@link #send}, on the sender's own thread: the record was not taken. */
    private @Nullable Exception notTaken;

    private boolean waiting;

    PatientSender(IngestConfig config, KafkaSettings kafka) {
        producer = new KafkaProducer<>(
                ProducerSettings.of(config, kafka), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** What the producer is to call; make one for each purpose, not one for each record. */
    Callback acknowledged(Runnable then) {
        return (metadata, exception) -> {
            underWay.decrementAndGet();
            if (exception == null) {
                then.run();
            } else if (Thread.currentThread() == sending) {
                notTaken = exception;
            } else {
                refused.compareAndSet(null, exception);
            }
        };
    }

    /**
     * @throws PublishFailed        if Kafka refused this or an earlier record for good
     * @throws InterruptedException if the wait is broken off; this record was not sent
     */
    void send(ProducerRecord<byte[], byte[]> record, Callback callback) throws InterruptedException {
        while (true) {
            failIfRefused();
            @Nullable Exception failed = attempt(record, callback);
            if (failed == null) {
                tookIt();
                return;
            }
            if (!(failed instanceof TimeoutException)) {
                throw failed(record.topic(), failed);
            }
            waits(failed);
        }
    }

    private @Nullable Exception attempt(ProducerRecord<byte[], byte[]> record, Callback callback)
            throws InterruptedException {
        notTaken = null;
        sending = Thread.currentThread();
        underWay.incrementAndGet();
        try {
            var unused = producer.send(record, callback);
            return notTaken;
        } catch (InterruptException e) {
            underWay.decrementAndGet();
            throw interrupted(e);
        } finally {
            sending = null;
        }
    }

    /** How many partitions the topic has; waits while Kafka is away. */
    int partitions(String topic) throws InterruptedException {
        while (true) {
            try {
                return producer.partitionsFor(topic).size();
            } catch (TimeoutException e) {
                waits(e);
            } catch (InterruptException e) {
                throw interrupted(e);
            }
        }
    }

    /** As {@link #flush}, in the middle of a source: says so where Kafka does not answer. */
    void awaitAcknowledged() throws InterruptedException {
        long began = System.nanoTime();
        while (underWay.get() > 0) {
            failIfRefused();
            if (System.nanoTime() - began > LONG_WAIT.toNanos()) {
                waits(new TimeoutException("no acknowledgement for more than " + LONG_WAIT.toSeconds() + " s"));
            }
            Thread.sleep(LOOK);
        }
        tookIt();
    }

    /** Returns when all that was sent is acknowledged. */
    void flush() throws InterruptedException {
        try {
            producer.flush();
        } catch (InterruptException e) {
            throw interrupted(e);
        }
        failIfRefused();
    }

    /** Gives Kafka this long to acknowledge the rest. */
    void close(Duration patience) {
        producer.close(patience);
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }

    private void failIfRefused() {
        Exception exception = refused.get();
        if (exception != null) {
            throw failed("a topic", exception);
        }
    }

    private static PublishFailed failed(String topic, Exception exception) {
        return new PublishFailed(
                "Kafka refused a record for %s: %s (%s). Stopped, so that nothing is lost unseen: mend it and start again"
                        .formatted(
                                topic,
                                exception.getMessage(),
                                exception.getClass().getSimpleName()),
                exception);
    }

    private static InterruptedException interrupted(InterruptException cause) {
        Thread.interrupted(); // the exception says it from here on
        InterruptedException exception = new InterruptedException("told to stop while Kafka was waited for");
        exception.initCause(cause);
        return exception;
    }

    private void waits(Exception why) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("told to stop while Kafka was waited for");
        }
        if (!waiting) {
            waiting = true;
            log.atWarn().addKeyValue("cause", why.getMessage()).log("Kafka does not take records: the source waits");
        }
    }

    private void tookIt() {
        if (waiting) {
            waiting = false;
            log.atInfo().log("Kafka takes records again");
        }
    }
}
