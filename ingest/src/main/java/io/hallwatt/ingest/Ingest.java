package io.hallwatt.ingest;

import io.hallwatt.contract.Reading;
import io.hallwatt.contract.Rejected;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Site;
import io.hallwatt.ingest.publish.Publisher;
import io.hallwatt.ingest.publish.RetentionCheck;
import io.hallwatt.ingest.validate.Validator;
import io.hallwatt.ingest.validate.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ingest stage: source → validation → Kafka. Every item of the source becomes a record: an accepted reading on its topic, or a refused one with its
 * reason. The source waits while Kafka does not keep up.
 */
public final class Ingest implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Ingest.class);

    /** A stop takes at most twice this long: once for the batch at hand, once for Kafka to acknowledge it. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** Between looks whether some more readings have arrived: a fraction of the time that Kafka takes for it. */
    private static final Duration LOOK = Duration.ofMillis(1);

    private final Source source;
    private final Validator validator;
    private final Publisher publisher;
    private final RetentionCheck retention;
    private final InstantSource clock;
    private final Consumer<Rejected> onRejected;
    private final LongSupplier counted;
    private final Stop stop = new Stop();
    private volatile long sent;
    private boolean retentionChecked;

    public Ingest(
            IngestConfig config,
            KafkaSettings kafka,
            Site site,
            Source source,
            MeterRegistry meters,
            InstantSource clock) {
        this(config, kafka, site, source, meters, clock, rejected -> {});
    }

    /** As below, where all that Kafka has acknowledged has arrived. */
    public Ingest(
            IngestConfig config,
            KafkaSettings kafka,
            Site site,
            Source source,
            MeterRegistry meters,
            InstantSource clock,
            Consumer<Rejected> onRejected) {
        this(config, kafka, site, source, meters, clock, onRejected, () -> Long.MAX_VALUE);
    }

    /**
     * @param onRejected told of each reading that validation refuses, on the stage's thread; what the source itself refuses, the source tells
     * @param counted    of the accepted readings those that the next stage has counted; asked for again and again
     */
    public Ingest(
            IngestConfig config,
            KafkaSettings kafka,
            Site site,
            Source source,
            MeterRegistry meters,
            InstantSource clock,
            Consumer<Rejected> onRejected,
            LongSupplier counted) {
        this.source = source;
        this.validator = new Validator(site, config.skewLimit());
        this.publisher = new Publisher(config, kafka, meters);
        this.retention = new RetentionCheck(kafka);
        this.clock = clock;
        this.onRejected = onRejected;
        this.counted = counted;
    }

    /**
     * Works until the source has given all, and then marks the end of a finite one; or until {@link #close}. All that was taken is acknowledged when it
     * returns.
     *
     * @throws io.hallwatt.contract.config.InvalidInput           before anything is sent, if topics are missing or would not keep the source's past
     * @throws io.hallwatt.ingest.publish.PublishFailed if Kafka refuses a record for good, or does not answer at the start
     * @throws InterruptedException                     if somebody else than {@link #close} interrupts
     */
    public void run() throws InterruptedException {
        if (!stop.begin()) {
            return;
        }
        try {
            retention.requireTopics();
            for (Batch batch = stop.orNull(this::next); batch != null; batch = stop.orNull(this::next)) {
                publish(batch);
            }
            if (source.finite() && !stop.told()) {
                publisher.endOfInput();
            }
            publisher.flush();
        } catch (InterruptedException e) {
            if (!stop.told()) {
                throw e;
            }
        } finally {
            source.close();
            publisher.close(PATIENCE);
            tellOfTheUnacknowledged();
            stop.end();
        }
    }

    private @Nullable Batch next() throws InterruptedException {
        while (underWay() > source.mostUnderWay()) {
            Thread.sleep(LOOK);
        }
        return source.next();
    }

    private void publish(Batch batch) throws InterruptedException {
        long now = clock.millis();
        for (Batch.Item item : batch.items()) {
            switch (item) {
                case Batch.Read read -> publish(read.reading(), read.origin(), now);
                case Batch.Refused refused -> {
                    countSent();
                    publisher.reject(refused.rejected());
                }
            }
        }
    }

    private void publish(Reading reading, Origin origin, long now) throws InterruptedException {
        Verdict verdict = validator.judge(reading, now);
        if (verdict instanceof Verdict.Refusal refusal) {
            countSent();
            onRejected.accept(publisher.reject(reading, origin, refusal));
            return;
        }
        if (!retentionChecked) {
            retention.requireKept(reading.at(), Instant.ofEpochMilli(now)); // sources give the oldest first
            retentionChecked = true;
        }
        countSent();
        publisher.accept(reading, origin);
    }

    /** So far; may be asked by any thread. */
    public IngestCounts counts() {
        return new IngestCounts(sent, publisher.accepted(), publisher.rejected());
    }

    /** Ends {@link #run} after the batch at hand, or breaks it off where Kafka does not answer; returns when it has ended. */
    @Override
    public void close() {
        try {
            stop.now(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        publisher.close(Duration.ZERO);
    }

    /** One thread writes. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void countSent() {
        sent++;
    }

    private long underWay() {
        return Math.max(unacknowledged(), publisher.accepted() - counted.getAsLong());
    }

    private long unacknowledged() {
        IngestCounts counts = counts();
        return counts.sent() - counts.accepted() - counts.rejectedInAll();
    }

    private void tellOfTheUnacknowledged() {
        long unacknowledged = unacknowledged();
        if (unacknowledged > 0) {
            log.atWarn()
                    .addKeyValue("records", unacknowledged)
                    .log("Stopped before Kafka acknowledged all: these may or may not have arrived");
        }
    }
}
