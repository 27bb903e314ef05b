package io.hallwatt.ingest.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.Rejected;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Headers;
import io.hallwatt.contract.wire.Topic;
import io.hallwatt.ingest.IngestConfig;
import io.hallwatt.ingest.Origin;
import io.hallwatt.ingest.validate.Verdict.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Readings and refused records to their topics, each once and in the order given. Used by one thread; counts may be asked by any. */
public final class Publisher implements AutoCloseable {
    /** The topics in which a finite source marks its end. */
    public static final List<Topic> READINGS =
            List.of(Topic.READINGS_RACK, Topic.READINGS_COOLING, Topic.READINGS_SUPPLY);

    private static final byte[] EMPTY_OBJECT = "{}".getBytes(UTF_8);

    private final PatientSender sender;
    private final Tally tally;
    private final Map<Topic, String> names = new EnumMap<>(Topic.class);
    private final Map<String, List<Header>> sourceHeaders = new HashMap<>();
    private final Map<Object, byte[]> keys = new HashMap<>();
    private final Callback onAccepted;
    private final Callback onMarked;
    private final Map<RejectCode, Callback> onRejected = new EnumMap<>(RejectCode.class);
    private final Abreast abreast = new Abreast();
    private @Nullable Long newest;

    public Publisher(IngestConfig config, KafkaSettings kafka, MeterRegistry meters) {
        sender = new PatientSender(config, kafka);
        tally = new Tally(meters);
        for (Topic topic : Topic.values()) {
            names.put(topic, topic.name(kafka.topicPrefix()));
        }
        onAccepted = sender.acknowledged(tally::accepted);
        onMarked = sender.acknowledged(() -> {});
        for (RejectCode code : RejectCode.values()) {
            onRejected.put(code, sender.acknowledged(() -> tally.rejected(code)));
        }
    }

    /**
     * Sends a believed reading, its event time as the record's time. Waits while Kafka has no room.
     *
     * @throws PublishFailed if Kafka refused this or an earlier record for good
     */
    public void accept(Reading reading, Origin origin) throws InterruptedException {
        long at = reading.at().toEpochMilli();
        newest = newest == null ? at : Math.max(newest, at);
        if (abreast.waitBefore(at)) {
            sender.awaitAcknowledged();
        }
        ProducerRecord<byte[], byte[]> record = switch (reading) {
            case RackReading r ->
                record(Topic.READINGS_RACK, at, key(r, r.hall()), Codecs.RACK_READING.write(r), origin);
            case CoolingReading c ->
                record(Topic.READINGS_COOLING, at, key(c, c.hall()), Codecs.COOLING_READING.write(c), origin);
            case SupplyReading s ->
                record(Topic.READINGS_SUPPLY, at, key(s, s.site()), Codecs.SUPPLY_READING.write(s), origin);
        };
        sender.send(record, onAccepted);
    }

    /** Sends a reading that cannot be believed to where people look for it; gives what was sent. */
    @CanIgnoreReturnValue
    public Rejected reject(Reading reading, Origin origin, Refusal refusal) throws InterruptedException {
        byte[] original = origin.original();
        if (original == null) {
            original = switch (reading) {
                case RackReading r -> Codecs.RACK_READING.write(r);
                case CoolingReading c -> Codecs.COOLING_READING.write(c);
                case SupplyReading s -> Codecs.SUPPLY_READING.write(s);
            };
        }
        Rejected rejected = new Rejected(original, origin.place(), refusal.code(), refusal.reason());
        reject(reading.key().getBytes(UTF_8), rejected);
        return rejected;
    }

    /** Sends what never was a reading; without key, as it came. */
    public void reject(Rejected rejected) throws InterruptedException {
        reject(null, rejected);
    }

    private void reject(byte @Nullable [] key, Rejected rejected) throws InterruptedException {
        List<Header> headers = List.of(
                header(Headers.REJECT_CODE, rejected.code().name()),
                header(Headers.REJECT_REASON, rejected.reason()),
                header(Headers.REJECT_ORIGIN, rejected.origin()));
        // The time is when it was refused: its own may be what is wrong with it.
        sender.send(
                new ProducerRecord<>(name(Topic.READINGS_REJECTED), null, null, key, rejected.original(), headers),
                onRejected(rejected.code()));
    }

    /** Marks the end of a finite source in every partition of {@link #READINGS}, at the newest event time sent. */
    public void endOfInput() throws InterruptedException {
        List<Header> headers = List.of(header(Headers.END_OF_INPUT, "true"));
        for (Topic topic : READINGS) {
            int partitions = sender.partitions(name(topic));
            for (int partition = 0; partition < partitions; partition++) {
                sender.send(
                        new ProducerRecord<>(name(topic), partition, newest, null, EMPTY_OBJECT, headers), onMarked);
            }
        }
    }

    /** Returns when Kafka has acknowledged all. */
    public void flush() throws InterruptedException {
        sender.flush();
    }

    public long accepted() {
        return tally.acceptedCount();
    }

    /** Acknowledged refusals by code, those not 0. */
    public Map<RejectCode, Long> rejected() {
        return tally.rejectedCounts();
    }

    /** Gives Kafka this long for the rest; what it has not acknowledged by then is not counted. */
    public void close(Duration patience) {
        sender.close(patience);
    }

    @Override
    public void close() {
        sender.close();
    }

    private ProducerRecord<byte[], byte[]> record(Topic topic, long at, byte[] key, byte[] value, Origin origin) {
        return new ProducerRecord<>(name(topic), null, at, key, value, sourceHeader(origin.source()));
    }

    /** {@code by} determines the key; its bytes are made once. */
    private byte[] key(Reading reading, Object by) {
        byte[] key = keys.get(by);
        if (key == null) {
            key = reading.key().getBytes(UTF_8);
            keys.put(by, key);
        }
        return key;
    }

    private List<Header> sourceHeader(String source) {
        List<Header> headers = sourceHeaders.get(source);
        if (headers == null) {
            headers = List.of(header(Headers.SOURCE, source));
            sourceHeaders.put(source, headers);
        }
        return headers;
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    private String name(Topic topic) {
        return requireNonNull(names.get(topic));
    }

    private Callback onRejected(RejectCode code) {
        return requireNonNull(onRejected.get(code));
    }
}
