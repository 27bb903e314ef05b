package io.hallwatt.aggregate.streams;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Readings that stand side by side in a partition, as one record on their way through Kafka Streams: what Streams does for a record, it does once for all of
 * them. They come out key by key, those of one key in the order of their offsets: what is kept of a hall is then still in the processor's cache. A pack never
 * leaves the process. One object goes through one pack after the other, with no garbage but the keys; confined to one thread.
 */
final class Pack {
    /** A pack's key; a reading that comes by itself has none of that length, since all readings with a key are packed. */
    private static final byte[] KEY = {};

    private static final int HEAD_BYTES = Long.BYTES + Long.BYTES + Integer.BYTES + Integer.BYTES;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private ByteBuffer rest = NOTHING;
    private boolean alone;
    private long offset;
    private long timestamp;
    private byte @Nullable [] key;
    private byte[] bytes = {};
    private int valueFrom;
    private int valueTo;

    /** @param readings at least one, of one partition, each with key and value, in the order of their offsets; headers are left behind */
    static ConsumerRecord<byte[], byte[]> of(List<ConsumerRecord<byte[], byte[]>> readings) {
        int length = 0;
        Map<Bytes, List<ConsumerRecord<byte[], byte[]>>> byKey = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> reading : readings) {
            length += bytes(reading);
            byKey.computeIfAbsent(Bytes.wrap(reading.key()), none -> new ArrayList<>())
                    .add(reading);
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        byKey.values().forEach(ofHall -> ofHall.forEach(reading -> put(reading, out)));
        // Streams commits the offset of the first record that it has not processed: a pack stands where its first
        // reading does.
        ConsumerRecord<byte[], byte[]> first = readings.getFirst();
        return new ConsumerRecord<>(
                first.topic(),
                first.partition(),
                first.offset(),
                first.timestamp(),
                first.timestampType(),
                KEY.length,
                length,
                KEY,
                out.array(),
                new RecordHeaders(),
                first.leaderEpoch());
    }

    private static void put(ConsumerRecord<byte[], byte[]> reading, ByteBuffer out) {
        out.putLong(reading.offset())
                .putLong(reading.timestamp())
                .putInt(reading.key().length)
                .putInt(reading.value().length)
                .put(reading.key())
                .put(reading.value());
    }

    /** What a reading takes of a pack. */
    static int bytes(ConsumerRecord<byte[], byte[]> reading) {
        return HEAD_BYTES + reading.key().length + reading.value().length;
    }

    /**
     * Before the first reading of a record that has a value.
     *
     * @param at    the record's offset
     * @param packs whether it is of a topic whose readings are packed; else it is one reading by itself, whatever its key
     */
    void open(Record<byte[], byte[]> record, long at, boolean packs) {
        byte[] value = record.value();
        boolean pack = packs && isPack(record, at);
        rest = pack ? ByteBuffer.wrap(value) : NOTHING;
        alone = !pack;
        if (alone) {
            bytes = value;
            key = record.key();
            offset = at;
            timestamp = record.timestamp();
            valueFrom = 0;
            valueTo = value.length;
        }
    }

    /** A reading whose key is as short is packed itself; were it not, its bytes would not begin with its own offset. */
    private static boolean isPack(Record<byte[], byte[]> record, long at) {
        return record.key() != null
                && record.key().length == KEY.length
                && record.value().length > HEAD_BYTES
                && ByteBuffer.wrap(record.value()).getLong() == at;
    }

    /** Goes on to the next reading; one of the same key has the very same array for it. @return false behind the last one */
    boolean next() {
        if (alone) {
            alone = false;
            return true;
        }
        if (!rest.hasRemaining()) {
            return false;
        }
        offset = rest.getLong();
        timestamp = rest.getLong();
        int keyLength = rest.getInt();
        int length = rest.getInt();
        bytes = rest.array();
        valueFrom = rest.position() + keyLength;
        valueTo = valueFrom + length;
        if (key == null || !Arrays.equals(bytes, rest.position(), valueFrom, key, 0, key.length)) {
            key = Arrays.copyOfRange(bytes, rest.position(), valueFrom);
        }
        rest.position(valueTo);
        return true;
    }

    long offset() {
        return offset;
    }

    long timestamp() {
        return timestamp;
    }

    byte @Nullable [] key() {
        return key;
    }

    byte[] value() {
        return Arrays.copyOfRange(bytes, valueFrom, valueTo);
    }

    /** What the value stands in, from {@link #valueFrom} up to {@link #valueTo}. */
    byte[] bytes() {
        return bytes;
    }

    int valueFrom() {
        return valueFrom;
    }

    int valueTo() {
        return valueTo;
    }
}
