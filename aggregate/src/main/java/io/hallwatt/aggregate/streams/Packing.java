package io.hallwatt.aggregate.streams;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;

/** Between Kafka's consumer and Streams: packs racks' reports, which are nearly all that is read (ADR 16). Everything else passes as it came. */
public final class Packing implements ConsumerInterceptor<byte[], byte[]> {
    /** The consumer's property that names the topic of racks' reports. */
    static final String TOPIC = "hallwatt.packed.topic";

    /** A pack's readings lie in one such span of event time: Streams takes records of two topics in the order of their times, and a pack is one record to it. */
    private static final long SPAN_MILLIS = 100;

    /** A pack stays in the processor's cache, and Streams' buffer small; and it holds several readings of each hall in it. */
    private static final int MOST_BYTES = 256 * 1024;

    private String topic = "";

    /**
     * Has the records of a topic packed, behind whatever a deployment has intercept them: that still sees each by itself.
     *
     * @param properties of Kafka Streams
     */
    public static void join(Properties properties, String topic) {
        String ofMain = StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        String ofAll = StreamsConfig.consumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        String ofClients = properties.getProperty(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, "");
        String others = properties.getProperty(ofMain, properties.getProperty(ofAll, ofClients));
        String own = Packing.class.getName();
        properties.put(ofMain, others.isBlank() ? own : others + "," + own);
        properties.put(StreamsConfig.mainConsumerPrefix(TOPIC), topic);
    }

    @Override
    public void configure(Map<String, ?> properties) {
        topic = String.valueOf(properties.get(TOPIC));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> read) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> passed = new LinkedHashMap<>();
        for (TopicPartition partition : read.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = read.records(partition);
            passed.put(partition, partition.topic().equals(topic) ? packed(records) : records);
        }
        return new ConsumerRecords<>(passed, read.nextOffsets());
    }

    private static List<ConsumerRecord<byte[], byte[]>> packed(List<ConsumerRecord<byte[], byte[]>> records) {
        List<ConsumerRecord<byte[], byte[]>> packs = new ArrayList<>();
        int from = 0;
        while (from < records.size()) {
            int to = packEnd(records, from);
            if (to == from) {
                packs.add(records.get(from));
                from++;
            } else {
                packs.add(Pack.of(records.subList(from, to)));
                from = to;
            }
        }
        return packs;
    }

    /** Behind the last record that goes into the pack that begins there; {@code from} where that record is none for a pack. */
    private static int packEnd(List<ConsumerRecord<byte[], byte[]>> records, int from) {
        long span = span(records.get(from));
        int bytes = 0;
        int to = from;
        while (to < records.size()
                && isReading(records.get(to))
                && span(records.get(to)) == span
                && bytes < MOST_BYTES) {
            bytes += Pack.bytes(records.get(to));
            to++;
        }
        return to;
    }

    private static boolean isReading(ConsumerRecord<byte[], byte[]> record) {
        return record.key() != null && record.value() != null;
    }

    private static long span(ConsumerRecord<byte[], byte[]> record) {
        return Math.floorDiv(record.timestamp(), SPAN_MILLIS);
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // nothing is kept of what was read
    }

    @Override
    public void close() {
        // holds nothing
    }
}
